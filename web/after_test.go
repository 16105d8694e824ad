package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// certified signs, and gives the path of the page behind the certificate's link
// and the number.
func (x *site) certified(change ...func(*workflow.InviteRequest)) (page, number string) {
	x.t.Helper()
	inv, link := x.invite(change...)
	b := x.browser()
	number = b.sign(link)
	sig, err := x.service.Store.SignatureOfInvitation(x.t.Context(), inv.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	token, err := x.links.Mint(workflow.LinkCertificate, workflow.Link{Subject: sig.ID, Expires: x.clock.Now().AddDate(1, 0, 0)}, x.clock.Now())
	if err != nil {
		x.t.Fatal(err)
	}
	x.clock.Move(time.Hour) // codes to one mailbox are counted by the hour
	return "/c/" + token, number
}

// confirms gives the code that a page behind a certificate's link asks for.
func (b *browser) confirms(page, part string) answer {
	b.t.Helper()
	b.post(page+"/code", "do", "send", "pour", part).leadsTo(b.t, page+"/code?pour="+part+"&envoye=1")
	return b.post(page+"/code", "do", "confirm", "pour", part, "code", b.courier.Last(b.t))
}

// personalPages are the pages behind a certificate's link.
var personalPages = []string{"", "/code", "/publication", "/correction", "/retrait", "/donnees.json", "/attestation.pdf"}

// Scanners fetch everything behind the link: nothing changes, nothing is
// mailed, no cookie is set, and no cache or address keeps it.
func TestScannersChangeNothingAfterSigning(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	head := func() int64 {
		h, err := x.service.Store.JournalHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return h.Seq
	}
	before, codes := head(), len(x.courier.Codes())
	for _, part := range personalPages {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := x.browser().send(method, page+part, "")
			if a.StatusCode >= 400 || len(a.Cookies()) > 0 || a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("%s %s: %d %v", method, part, a.StatusCode, a.Header)
			}
			if method == http.MethodGet && a.StatusCode == 200 && part != "/attestation.pdf" && !strings.Contains(a.body, `<meta name="robots" content="noindex, nofollow">`) {
				t.Errorf("%s may be indexed", part)
			}
		}
	}
	c, err := x.service.Store.CommitmentByNumber(t.Context(), number)
	if head() != before || len(x.courier.Codes()) != codes || c.Status != workflow.CommitmentActive || err != nil {
		t.Errorf("the journal went from %d to %d, %d codes, %s, %v", before, head(), len(x.courier.Codes()), c.Status, err)
	}
}

// Without the code nothing can be done, whatever the form holds: the browser is
// led to the code.
func TestTheLinkAloneShowsOnly(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	stranger := x.browser()
	for part, pairs := range map[string][]string{"publication": {"publish", "1"}, "correction": {"wrong", "name", "wanted", "x"}, "retrait": {"confirm", "1"}} {
		for _, cookie := range []string{"", "x", strings.Repeat("A", 43)} {
			stranger.cookies[cookieCertificate] = cookie
			stranger.post(page+"/"+part, pairs...).leadsTo(t, page+"/code?pour="+part)
		}
		if body := stranger.open(page+"/"+part).must(t, 200).body; strings.Contains(body, `name="confirm"`) || strings.Contains(body, `name="wanted"`) || strings.Contains(body, `name="publish"`) {
			t.Errorf("%s shows its form", part)
		}
	}
	stranger.open(page+"/donnees.json").leadsTo(t, page+"/code?pour=donnees")
	if shown := stranger.open(page).body; strings.Contains(shown, "camille@example.org") || strings.Contains(shown, "192.0.2") {
		t.Error("the page shows the whole address, or the network's")
	}
	if c, err := x.service.Store.CommitmentByNumber(t.Context(), number); err != nil || c.Status != workflow.CommitmentActive || c.PublicName != "" {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestWithdrawingFromThePage(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	b := x.browser()
	b.open(page).must(t, 200).says(t, number, "Actif", "Retirer l’engagement", "Le badge", "Le texte pour la presse", "Personne ne l’a encore consulté")
	b.open(page+"/retrait").must(t, 200).says(t, "Le retrait prend effet aujourd’hui", "Envoyer le code", "c…@example.org")
	b.post(page+"/code", "do", "send", "pour", "retrait").leadsTo(t, page+"/code?pour=retrait&envoye=1")
	b.open(page+"/code?pour=retrait&envoye=1").must(t, 200).says(t, "6\u00a0chiffres envoyés")
	wrong := "000000"
	if b.courier.Last(t) == wrong {
		wrong = "000001"
	}
	b.post(page+"/code", "do", "confirm", "pour", "retrait", "code", wrong).must(t, 422).says(t, "ce n’est pas le code envoyé")
	b.post(page+"/code", "do", "send", "pour", "retrait").must(t, 429).says(t, "Attendez une minute")
	b.post(page+"/code", "do", "confirm", "pour", "retrait", "code", b.courier.Last(t)).leadsTo(t, page+"/retrait")
	b.post(page+"/retrait").must(t, 422).says(t, "cochez la case")
	b.post(page+"/retrait", "confirm", "1").leadsTo(t, page+"?fait=retrait")
	b.open(page+"?fait=retrait").must(t, 200).says(t, "L’engagement est retiré", "Retiré le 22\u00a0novembre\u00a02026")
	b.post(page+"/retrait", "confirm", "1").must(t, 409).says(t, "déjà retiré")
	b.open(page+"/retrait").must(t, 200).says(t, "déjà retiré")

	x.get("/signataires").says(t, "Ville de Rivière-Exemple", "Retiré le 22\u00a0novembre\u00a02026")
	x.get("/v/"+number).must(t, 200).says(t, "l’engagement a été retiré depuis, le 22\u00a0novembre\u00a02026", "Retiré le 22\u00a0novembre\u00a02026")
	var list struct {
		Total       int
		Signatories []struct {
			Status   string `json:"status"`
			StatusOn string `json:"status_on"`
		}
	}
	if err := json.Unmarshal([]byte(x.get("/api/v1/signatories.json").body), &list); err != nil || list.Total != 1 || list.Signatories[0].Status != "withdrawn" || list.Signatories[0].StatusOn != "2026-11-22" {
		t.Errorf("%+v, %v", list, err)
	}
	if csv := x.get("/api/v1/signatories.csv").body; !strings.Contains(csv, ",withdrawn,") || !strings.Contains(csv, ",2026-11-22,") {
		t.Errorf("%s", csv)
	}
	var stats struct{ Total int }
	if err := json.Unmarshal([]byte(x.get("/api/v1/stats.json").body), &stats); err != nil || stats.Total != 0 {
		t.Errorf("%+v, %v", stats, err)
	}
	x.get("/badge/"+number+".svg").must(t, 200).says(t, "false")
}

func TestPublicationCorrectionAndData(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	b := x.browser()
	b.confirms(page, "publication").leadsTo(t, page+"/publication")
	b.post(page+"/publication", "publish", "1").leadsTo(t, page+"?fait=publication")
	b.open(page+"?fait=publication").must(t, 200).says(t, "déjà appliqués au registre", "paraissent au registre", "confirmée dans ce navigateur jusqu’à")
	x.get("/signataires/ville-de-riviere-exemple").says(t, "Camille Exemple, direction générale")
	b.post(page+"/publication").leadsTo(t, page+"?fait=publication")
	if body := x.get("/signataires/ville-de-riviere-exemple").body + x.get("/v/"+number).body + x.get("/api/v1/signatories.json").body; strings.Contains(body, "Camille") {
		t.Error("the name is still public")
	}
	refused := b.post(page+"/correction", "wrong", "nothing", "wanted", "Mairesse & non greffière").must(t, 422)
	refused.says(t, "choisissez ce qui est inexact")
	if !strings.Contains(refused.body, "Mairesse &amp; non greffière</textarea>") {
		t.Error("what was typed is lost")
	}
	b.post(page+"/correction", "wrong", "function", "wanted", "Mairesse").leadsTo(t, page+"?fait=correction")
	b.open(page+"?fait=correction").must(t, 200).says(t, "transmise au pôle", "La fonction")

	file := b.open(page+"/donnees.json").must(t, 200)
	if !strings.HasPrefix(file.Header.Get("Content-Disposition"), `attachment; filename="donnees-`+number+`.json"`) || !json.Valid([]byte(file.body)) ||
		!strings.Contains(file.body, `"email": "camille@example.org"`) || !strings.Contains(file.body, `"wanted": "Mairesse"`) {
		t.Errorf("%v\n%.300s", file.Header, file.body)
	}
	x.clock.Move(31 * time.Minute)
	b.open(page+"/donnees.json").leadsTo(t, page+"/code?pour=donnees")
	b.post(page+"/publication", "publish", "1").leadsTo(t, page+"/code?pour=publication")
}

// The tokens of other links open none of these pages; nor does the cookie of a
// signature.
func TestOtherTokensAfterSigning(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite(func(r *workflow.InviteRequest) { r.Organisation = "Ville voisine" })
	page, _ := x.certified()
	for _, token := range []string{strings.TrimPrefix(link, "/i/"), x.mint(workflow.LinkUnsubscribe, inv.ID, inv), x.mint(workflow.LinkCeremony, inv.ID, inv), "a.b.c", "x"} {
		x.clock.Move(time.Minute) // strangers who try links are slowed
		for _, part := range personalPages {
			if a := x.get("/c/" + token + part); a.StatusCode != 404 {
				t.Errorf("%s answers %d", part, a.StatusCode)
			}
		}
		for _, part := range []string{"/code", "/publication", "/correction", "/retrait"} {
			if a := x.browser().post("/c/"+token+part, "do", "send", "confirm", "1"); a.StatusCode != 404 {
				t.Errorf("POST %s answers %d", part, a.StatusCode)
			}
		}
	}
	b := x.browser()
	b.confirms(page, "donnees").leadsTo(t, page+"?fait=code")
	b.cookies[cookieSigning] = b.cookies[cookieCertificate]
	b.open("/signature").must(t, 401)
}

// Known or not, the page answers with the same bytes and the same headers.
func TestRetrievalTellsNothing(t *testing.T) {
	x := newSite(t)
	x.certified()
	x.get(retrievePath).must(t, 200).says(t, "Retrouver mon attestation")
	var answers [][2]answer
	for _, email := range []string{"camille@example.org", "personne@example.org", "camille@example.org", "personne@example.org"} {
		b := x.browser()
		posted := b.post(retrievePath, "email", email)
		posted.leadsTo(t, retrievePath+"?envoye=1")
		answers = append(answers, [2]answer{posted, b.open(retrievePath+"?envoye=1").must(t, 200)})
	}
	for _, later := range answers[1:] {
		for i := range later {
			if a, b := answers[0][i], later[i]; a.StatusCode != b.StatusCode || withoutNonce(a) != withoutNonce(b) || headersOf(a) != headersOf(b) {
				t.Errorf("answers differ: %d %s\n%d %s", a.StatusCode, headersOf(a), b.StatusCode, headersOf(b))
			}
		}
	}
	refused := x.browser().post(retrievePath, "email", "pas une adresse").must(t, 422)
	if refused.says(t, "Courriel"); !strings.Contains(refused.body, `value="pas une adresse"`) {
		t.Error("what was typed is lost")
	}
}

// withoutNonce is the body without what changes with every answer.
func withoutNonce(a answer) string {
	if m := nonceShape.FindStringSubmatch(a.Header.Get("Content-Security-Policy")); m != nil {
		return strings.ReplaceAll(a.body, m[1], "")
	}
	return a.body
}

// headersOf are the headers without those that change with every answer.
func headersOf(a answer) string {
	var lines []string
	for name, values := range a.Header {
		if name != "Date" && name != "Content-Security-Policy" {
			lines = append(lines, fmt.Sprint(name, values))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Badges are shown by other sites.
func TestBadgesAreForOtherSites(t *testing.T) {
	x := newSite(t)
	_, number := x.certified()
	for path, kind := range map[string]string{"/badge/" + number + ".svg": "image/svg+xml", "/badge/" + number + ".png": "image/png"} {
		a := x.get(path).must(t, 200)
		h := a.Header
		if h.Get("Content-Type") != kind || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" || h.Get("Cache-Control") != "public, max-age=300" ||
			!strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox; default-src 'none'") || h.Get("Set-Cookie") != "" {
			t.Errorf("%s: %v", path, h)
		}
		b := x.browser()
		b.headers["If-None-Match"] = h.Get("ETag")
		b.open(path).must(t, http.StatusNotModified)
		b.headers["Sec-Fetch-Site"] = "cross-site"
		delete(b.headers, "If-None-Match")
		b.open(path).must(t, 200)
	}
	if got := x.get("/v/" + number).Header.Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
		t.Errorf("the page of the number: %s", got)
	}
	for _, unknown := range []string{"ESJ-2026-AAAA-AAAA", "x", "%00", strings.Repeat("9", 500)} {
		x.get("/badge/"+unknown+".svg").must(t, 404)
	}
}

// What the pages offer to copy leads where it says.
func TestWhatIsOfferedLeadsSomewhere(t *testing.T) {
	x := newSite(t)
	page, number := x.certified()
	shown := x.get(page).must(t, 200)
	for _, want := range []string{`&lt;a href=&#34;http://` + testHost + `/v/` + number + `&#34;&gt;&lt;img src=&#34;http://` + testHost + `/badge/` + number + `.svg&#34;`,
		"Le 22\u00a0novembre\u00a02026, Ville de Rivière-Exemple a signé", `src="/badge/` + number + `.svg"`, copyAddress} {
		if !strings.Contains(shown.body, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	x.get(copyAddress).must(t, 200)
	english := x.get(page+"?lang=en").must(t, 200)
	for _, want := range []string{"a signé la déclaration", "signed the declaration of commitment", `lang="fr-CA"`, `lang="en-CA"`} {
		if !strings.Contains(english.body, want) {
			t.Errorf("in English, the page does not hold %s", want)
		}
	}
}

// Under embargo nothing is offered to be shown, and the badge is unknown.
func TestNothingToShowUnderEmbargo(t *testing.T) {
	x := newTeam(t)
	_, number, _ := underEmbargo(t, x)
	a, unknown := x.get("/badge/"+number+".svg"), x.get("/badge/ESJ-2026-AAAA-AAAA.svg")
	if a.StatusCode != 404 || withoutNonce(a) != withoutNonce(unknown) || a.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
		t.Errorf("%d %v", a.StatusCode, a.Header)
	}
}

// Staff invite anew to correct, from the page of the invitation.
func TestStaffInviteToCorrect(t *testing.T) {
	x := newTeam(t)
	inv := x.signedOne()
	agent := x.as("agent")
	at := "/equipe/invitations/" + inv.ID
	if strings.Contains(agent.open(at).must(t, 200).body, "/reinviter") {
		t.Error("offered before anybody asked")
	}
	err := x.world.Store.Update(t.Context(), func(tx workflow.Tx) error {
		return tx.AddCorrection(t.Context(), workflow.Correction{ID: "c", InvitationID: inv.ID, Field: "function", Wanted: "Mairesse <b>", AskedAt: x.world.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	agent.open(at).must(t, 200).says(t, "Correction demandée", "Mairesse <b>", "Inviter de nouveau à signer (corrigé)")
	if strings.Contains(x.as("reader").open(at).must(t, 200).body, "/reinviter") {
		t.Error("a reader is offered to invite")
	}
	made := agent.post(at + "/reinviter")
	made.must(t, 303)
	agent.open(made.Header.Get("Location")).must(t, 200).says(t, "Sa signature remplacera")
	agent.post(at+"/reinviter").must(t, 409)
}
