package web

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// twoLetters is a mailbox with two letters.
type twoLetters struct{}

var letters = []Letter{
	{ID: "b", From: "Pôle <pole@example.org>", To: "camille@example.org", Subject: "<b>Votre attestation</b>", Date: startTime,
		Text:        "Voir http://" + testHost + "/c/a.b.c\net https://evil.example/x <script>",
		Attachments: []Attachment{{Name: "attestation é\"\r\n.pdf", Type: "application/pdf", Data: []byte("%PDF-")}}},
	{ID: "a", From: "Pôle <pole@example.org>", To: "camille@example.org", Subject: "Une invitation", Date: startTime},
}

func (twoLetters) List(limit int) ([]Letter, error) { return letters[:min(limit, len(letters))], nil }

func (twoLetters) Letter(id string) (Letter, error) {
	for _, l := range letters {
		if l.ID == id {
			return l, nil
		}
	}
	return Letter{}, refusal(workflow.NotFound, "request.not-found")
}

func TestMailboxOfTheDemonstration(t *testing.T) {
	x := newSite(t, func(c *Config) { c.Mailbox = twoLetters{} })
	x.get("/").must(t, 200).says(t, "Démonstration", "Ouvrir la boîte de courriel")
	list := x.get("/demo/courriel").must(t, 200)
	list.says(t, "<b>Votre attestation</b>", "Une invitation")
	if strings.Index(list.body, "Votre attestation") > strings.Index(list.body, "Une invitation") {
		t.Error("not the latest first")
	}
	a := x.get("/demo/courriel/b").must(t, 200)
	if !strings.Contains(a.body, `<a href="http://`+testHost+`/c/a.b.c">`) {
		t.Error("our own address cannot be followed")
	}
	if strings.Contains(a.body, `href="https://evil`) || strings.Contains(a.body, "<script>") {
		t.Error("the letter is live")
	}
	file := x.get("/demo/courriel/b/0").must(t, 200)
	if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="attestation______.pdf"; filename*=UTF-8''attestation%20%C3%A9%22%0D%0A.pdf` {
		t.Error(got)
	}
	for _, path := range []string{"/demo/courriel/x", "/demo/courriel/b/1", "/demo/courriel/b/-1", "/demo/courriel/b/x", "/demo/courriel/%2e%2e"} {
		x.get(path).must(t, 404)
	}
}
