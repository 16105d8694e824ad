package web

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// asked takes a browser to the question of its authority.
func (b *browser) asked(link string) {
	b.t.Helper()
	b.post(link).leadsTo(b.t, "/signature")
	b.post("/signature").leadsTo(b.t, "/signature/organisation")
	b.post("/signature/organisation", "organisation", "Ville de L’Exemple", "name", "Camille Exemple", "function", "greffière").leadsTo(b.t, "/signature/resolution")
}

// The model is a file to keep, with an ASCII name and the name the organisation
// gave itself, as long as nothing is signed.
func TestModelResolutionFiles(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.asked(link)
	for path, c := range map[string]struct{ media, name string }{
		"/signature/resolution.docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "modele-de-resolution.docx"},
		"/signature/resolution.txt":  {"text/plain; charset=utf-8", "modele-de-resolution.txt"},
	} {
		for _, page := range []string{"/signature", "/signature/resolution"} {
			if !strings.Contains(b.open(page).must(t, 200).body, `href="`+path+`" download`) {
				t.Errorf("%s does not offer %s", page, path)
			}
		}
		a := b.open(path).must(t, 200)
		if a.Header.Get("Content-Type") != c.media || !strings.HasPrefix(a.Header.Get("Content-Disposition"), `attachment; filename="`+c.name+`"`) ||
			a.Header.Get("Content-Security-Policy") != policyFile || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, a.Header)
		}
		if text := plainOf(t, path, a.body); !strings.Contains(text, "au nom de la Ville de L’Exemple;") || !strings.Contains(text, "la greffière ou le greffier") {
			t.Errorf("%s: %s", path, text)
		}
	}
	b.post("/signature/resolution", "needed", "later", "meeting", "2026-12-07", "council", "Conseil").leadsTo(t, waitingPath)
	if !strings.Contains(b.open(waitingPath).body, `href="/signature/resolution.docx"`) {
		t.Error("whoever waits is not offered the model")
	}
	b.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	b.confirm()
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
	b.open("/signature/resolution.docx").must(t, http.StatusConflict)
	b.open("/signature/resolution.txt").must(t, http.StatusConflict)
	for _, path := range []string{laterPath, transferPath, declinePath} {
		b.open(path).leadsTo(t, "/signature/merci")
	}
}

// plainOf is the text of either file.
func plainOf(t *testing.T, path, body string) string {
	t.Helper()
	if strings.HasSuffix(path, ".txt") {
		return body
	}
	r, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for d := xml.NewDecoder(part); ; {
		token, err := d.Token()
		if err == io.EOF {
			return text.String()
		} else if err != nil {
			t.Fatal(err)
		}
		if chars, ok := token.(xml.CharData); ok {
			text.Write(chars)
		}
	}
}

// Every page up to the act offers the three other answers, and none after it.
func TestOtherAnswersAreAtTheFootOfEveryStep(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	offers := func(path string) {
		t.Helper()
		page := b.open(path).must(t, 200)
		for _, way := range []string{laterPath, transferPath, declinePath} {
			if !strings.Contains(page.body, `href="`+way+`"`) {
				t.Errorf("%s does not offer %s", path, way)
			}
		}
	}
	if page := b.open(link).must(t, 200); strings.Contains(page.body, transferPath) {
		t.Error("the link's page offers what needs a session")
	}
	b.asked(link)
	for _, path := range []string{"/signature", "/signature/organisation", "/signature/resolution"} {
		offers(path)
	}
	b.post("/signature/resolution", "needed", "later", "meeting", "2026-12-07", "council", "Conseil").leadsTo(t, waitingPath)
	offers(waitingPath)
	b.open(laterPath).must(t, 200)
	if back := b.open(declinePath).body; !strings.Contains(back, `class="back" href="`+waitingPath+`"`) {
		t.Error("the way back of whoever waits is not the waiting page")
	}
	b.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	offers("/signature/verification")
	b.confirm()
	offers("/signature/signer")
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
	if page := b.open("/signature/merci"); strings.Contains(page.body, declinePath) {
		t.Error("a signed declaration can be declined")
	}
}

func TestPuttingOff(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	(&workflowtest.World{Service: x.service}).Deliver(t)
	b := x.browser()
	b.post(link).leadsTo(t, "/signature")
	before := x.state(inv)
	b.open(laterPath).must(t, 200).says(t, "Demain, le 23\u00a0novembre\u00a02026", "Dans une semaine", "Dans un mois, le 22\u00a0décembre\u00a02026", "au plus tard")
	if after := x.state(inv); after != before {
		t.Errorf("looking changed %s to %s", before, after)
	}
	b.post(laterPath).must(t, 422).says(t, "choisissez un jour de la liste")
	refused := b.post(laterPath, "when", "date", "until", "2027-12-01").must(t, 422)
	refused.says(t, "Autre date\u00a0: ce jour vient après l’échéance")
	if !strings.Contains(refused.body, `value="2027-12-01"`) || !strings.Contains(refused.body, `value="date" checked`) {
		t.Error("what was typed is lost")
	}
	b.post(laterPath, "when", "date", "until", "2026-12-12").leadsTo(t, laterPath)
	b.open(laterPath).must(t, 200).says(t, "C’est noté. Nous vous récrirons le 14\u00a0décembre\u00a02026.")
	must(t, x.service.StopReminders(t.Context(), workflow.Operator(), inv.ID))
	b.open(laterPath).must(t, 200).says(t, "Aucun rappel n’est prévu d’ici l’échéance")
}

func TestPassingOn(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.asked(link)
	b.open(transferPath).must(t, 200).says(t, "Votre lien cesse de fonctionner", "Transférer l’invitation")
	refused := b.post(transferPath, "name", "Dominique Gabarit", "function", "mairesse", "email", "camille@example.org", "why", "Elle signe").must(t, 422)
	refused.says(t, "c’est l’adresse déjà invitée")
	for _, kept := range []string{`value="Dominique Gabarit"`, `value="camille@example.org"`, `value="Elle signe"`} {
		if !strings.Contains(refused.body, kept) {
			t.Errorf("lost: %s", kept)
		}
	}
	b.post(transferPath, "name", "Dominique Gabarit", "function", "mairesse", "email", "dominique@example.org", "why", "Elle signe").leadsTo(t, transferPath)
	b.open(transferPath).must(t, 200).says(t, "L’invitation est transférée", "Transférée à Dominique Gabarit, mairesse.")
	page := x.browser().open(link).must(t, http.StatusGone)
	page.says(t, "Transférée à Dominique Gabarit, mairesse.", "Cette invitation a été transférée")
	x.browser().post(link).must(t, http.StatusGone).says(t, "Dominique Gabarit")
	for _, r := range Routes() {
		if r.Access != AccessSigning || r.Path == transferPath && r.Method == get {
			continue
		}
		a := b.send(r.Method, r.Path, map[bool]string{true: "do=send&needed=no"}[r.Method == post]).must(t, http.StatusGone)
		a.says(t, "Transférée à Dominique Gabarit, mairesse.")
		if strings.Contains(a.body, "dominique@") || strings.Contains(a.body, "camille@") {
			t.Errorf("%s %s tells an address", r.Method, r.Path)
		}
	}
	if !strings.HasPrefix(x.state(inv), "transferred") {
		t.Error(x.state(inv))
	}
}

func TestPassingOnTooOften(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	must(t, x.service.Store.Update(t.Context(), func(tx workflow.Tx) error {
		return tx.Suppress(t.Context(), workflow.Suppression{PoleSlug: inv.PoleSlug, Email: "stop@example.org", Reason: workflow.SuppressedByRequest, At: x.clock.Now()})
	}))
	b := x.browser()
	b.asked(link)
	form := []string{"name", "Dominique Gabarit", "function", "mairesse", "email", "stop@example.org"}
	for range 5 {
		b.post(transferPath, form...).must(t, 422).says(t, "nous ne pouvons pas écrire à cette adresse")
	}
	a := b.post(transferPath, form...).must(t, http.StatusTooManyRequests)
	a.says(t, "Plusieurs transferts ont été demandés")
	if a.Header.Get("Retry-After") == "" || !strings.Contains(a.body, `value="stop@example.org"`) {
		t.Error("no wait is told, or what was typed is lost")
	}
}

func TestDeclining(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.asked(link)
	b.open(declinePath).must(t, 200).says(t, "Je décline, au nom de Ville de Rivière-Exemple")
	refused := b.post(declinePath, "reason", "council", "words", "Pas cette année.\nMerci!").must(t, 422)
	refused.says(t, "cochez la case pour confirmer", "Pas cette année.")
	if !strings.Contains(refused.body, `value="council" checked`) {
		t.Error("the reason is lost")
	}
	b.post(declinePath, "reason", "council", "words", "Pas cette année.", "confirmed", "1").leadsTo(t, declinePath)
	done := b.open(declinePath).must(t, 200)
	done.says(t, "Merci de votre réponse", "il peut rouvrir l’invitation", "Longueuil")
	if strings.Contains(done.body, "Pas cette année") {
		t.Error("the words for the pôle are repeated")
	}
	b.open("/signature").must(t, http.StatusGone).says(t, "Cette invitation a été déclinée")
	b.open(transferPath).must(t, http.StatusGone)
	x.browser().open(declinePath).must(t, http.StatusUnauthorized)
	if !strings.HasPrefix(x.state(inv), "declined") {
		t.Error(x.state(inv))
	}
}

// What was typed into a form that came too late is on the page, and nowhere
// else: no secret of it, and nothing that a page could run.
func TestASessionThatEndedGivesBackWhatWasTyped(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.asked(link)
	x.clock.Move(2*time.Hour + time.Second)
	before := x.state(inv)
	for path, c := range map[string]struct{ typed, kept, not []string }{
		"/signature/resolution": {[]string{"needed", "yes", "number", "2026-118", "date", "2026-11-17", "body", "Conseil <b>municipal</b>"},
			[]string{"Numéro de la résolution", "2026-118", "2026-11-17", "Conseil &lt;b&gt;municipal&lt;/b&gt;"}, []string{"<b>municipal", ">yes<"}},
		"/signature/verification": {[]string{"do", "confirm", "code", "123456"}, nil, []string{"123456"}},
		"/signature/signer":       {[]string{"review", strings.Repeat("a", 64), "typed", "Camille", "consent", "1"}, nil, []string{strings.Repeat("a", 64), "Ce que vous veniez"}},
		declinePath:               {[]string{"reason", "council", "words", "Le conseil\npréfère attendre"}, []string{"Le conseil\npréfère attendre"}, []string{"council"}},
		transferPath:              {[]string{"name", "Dominique", "email", "d@example.org"}, []string{"Dominique", "d@example.org"}, nil},
	} {
		a := b.post(path, c.typed...).must(t, http.StatusUnauthorized)
		a.says(t, "Votre session est terminée", "Rouvrez le lien du courriel")
		for _, want := range c.kept {
			if !strings.Contains(a.body, want) {
				t.Errorf("%s: %q is lost", path, want)
			}
		}
		for _, never := range c.not {
			if strings.Contains(a.body, never) {
				t.Errorf("%s: the page holds %q", path, never)
			}
		}
		if strings.Contains(a.body, "<form") || a.Header.Get("Cache-Control") != "no-store" || len(a.Cookies()) > 0 {
			t.Errorf("%s: a form, a cookie or a cached page: %v", path, a.Header)
		}
	}
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
	b.send(http.MethodPost, "/signature/resolution", "body="+strings.Repeat("a", 4001)).must(t, http.StatusUnauthorized)
	if a := x.browser().post(transferPath, "name", "Dominique").must(t, http.StatusUnauthorized); strings.Contains(a.body, "Dominique") {
		t.Error("a stranger's form is repeated")
	}
	if a := b.open("/signature/resolution?body=abc").must(t, http.StatusUnauthorized); strings.Contains(a.body, "<textarea") {
		t.Error("what stands in an address was taken for something typed")
	}
	b.post(link).leadsTo(t, "/signature/resolution")
}
