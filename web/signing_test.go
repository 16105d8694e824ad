package web

import (
	"net/http"
	"strings"
	"testing"

	"jachete/workflow"
)

// From the link to the file, as a person does it.
func TestSigningFromLinkToFile(t *testing.T) {
	x := newSite(t)
	_, link := x.invite(func(r *workflow.InviteRequest) { r.Message = "Bienvenue!" })
	b := x.browser()
	b.open(link).must(t, 200).says(t, "Une invitation pour Ville de Rivière-Exemple", "Bienvenue!", "c…@example.org", "Lire la déclaration et continuer")
	b.post(link).leadsTo(t, "/signature")
	b.open("/signature").must(t, 200).says(t, "Étape 1 sur 5", "Nous, Ville de Rivière-Exemple , constatons que", "We, Ville de Rivière-Exemple")
	b.post("/signature").leadsTo(t, "/signature/organisation")
	b.open("/signature/organisation").must(t, 200).says(t, "Étape 2 sur 5")
	b.post("/signature/organisation", "organisation", "Saint-Louis-du-Ha! Ha!", "name", "Nguyễn L’Œuvre", "function", "mairesse").leadsTo(t, "/signature/resolution")
	b.open("/signature/resolution").must(t, 200).says(t, "Étape 3 sur 5", "Je peux signer maintenant")
	b.post("/signature/resolution", "needed", "yes", "number", "2019-118", "date", "2026-11-17", "body", "conseil municipal").leadsTo(t, "/signature/verification")
	b.open("/signature/verification").must(t, 200).says(t, "Étape 4 sur 5", "c…@example.org")
	b.confirm()
	summary := b.open("/signature/signer").must(t, 200)
	summary.says(t, "Étape 5 sur 5", "Saint-Louis-du-Ha! Ha!", "Nguyễn L’Œuvre", "Résolution no\u00a02019-118, adoptée le 17\u00a0novembre\u00a02026", "confirmé à 14\u00a0h\u00a003")
	if strings.Contains(summary.body, " checked") {
		t.Error("a box is ticked in advance")
	}
	b.post("/signature/signer", "review", b.review(), "typed", "nguyen l'oeuvre", "consent", "1").leadsTo(t, "/signature/merci")
	thanks := b.open("/signature/merci").must(t, 200)
	thanks.says(t, "C’est signé, merci!", "22\u00a0novembre\u00a02026", "14\u00a0h\u00a003")
	number := numberIn(t, thanks.body)
	file := b.open("/signature/attestation.pdf").must(t, 200)
	if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="attestation-`+number+`.pdf"; filename*=UTF-8''attestation-`+number+`.pdf` {
		t.Error(got)
	}
	if !strings.HasPrefix(file.body, "%PDF-") || !strings.HasPrefix(file.Header.Get("Content-Security-Policy"), "sandbox") || file.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%.20q %v", file.body, file.Header)
	}
}

// A scanner that fetches the link a hundred times leaves no trace.
func TestGetAndHeadChangeNothing(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	before := x.state(inv)
	b := x.browser()
	for _, agent := range []string{"curl/8", "Mozilla/5.0 SafeLinks", "Proofpoint", ""} {
		b.headers["User-Agent"] = agent
		for range 5 {
			a := b.open(link).must(t, 200)
			if len(a.Cookies()) > 0 {
				t.Errorf("a cookie: %v", a.Cookies())
			}
			if h := b.send(http.MethodHead, link, ""); h.StatusCode != 200 || h.body != "" {
				t.Errorf("HEAD: %d %q", h.StatusCode, h.body)
			}
		}
	}
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
	// Inside the path too.
	b.ready(link)
	before = x.state(inv)
	for path := range map[string]bool{"/signature": true, "/signature/organisation": true, "/signature/resolution": true,
		"/signature/verification": true, "/signature/signer": true, "/signature/merci": true, "/signature/attestation.pdf": true} {
		b.open(path)
		b.send(http.MethodHead, path, "")
	}
	if after := x.state(inv); after != before || len(x.courier.Codes()) != 1 {
		t.Errorf("%s became %s; %d codes", before, after, len(x.courier.Codes()))
	}
}

func TestStepsGoInOrder(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.post(link).leadsTo(t, "/signature")
	for _, path := range []string{"/signature/organisation", "/signature/resolution", "/signature/verification", "/signature/signer", "/signature/merci", "/signature/attestation.pdf"} {
		b.open(path).leadsTo(t, "/signature")
	}
	for path, pairs := range map[string][]string{
		"/signature/organisation": {"organisation", "a", "name", "b", "function", "c"},
		"/signature/resolution":   {"needed", "no"},
		"/signature/verification": {"do", "send"},
		"/signature/signer":       {"consent", "1", "typed", "Camille Exemple"},
	} {
		a := b.post(path, pairs...).must(t, http.StatusConflict)
		a.says(t, "Une étape précédente n’est pas terminée", "Reprendre où j’en étais")
		if !strings.Contains(a.body, `href="/signature"`) {
			t.Errorf("%s: no way back to the step", path)
		}
	}
	b.post("/signature/verification", "do", "confirm", "code", "123456").must(t, http.StatusConflict)
	if len(x.courier.Codes()) != 0 || !strings.HasPrefix(x.state(inv), "consulted") {
		t.Errorf("%d codes, %s", len(x.courier.Codes()), x.state(inv))
	}
}

func TestBackKeepsAnswersAndReturnsToTheSummary(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	first := b.ready(link)
	page := b.open("/signature/organisation").must(t, 200)
	page.says(t, "Enregistrer et revenir au résumé")
	if !strings.Contains(page.body, `value="Ville de Rivière-Exemple"`) {
		t.Error("the answer is lost")
	}
	b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "greffière").leadsTo(t, "/signature/signer")
	b.post("/signature/signer", "review", first, "typed", "Camille Exemple", "consent", "1").must(t, http.StatusConflict).
		says(t, "Quelque chose a changé\u00a0: relisez.", "Rien n’est signé")
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
}

func TestSigningAgain(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	first, second := x.browser(), x.browser()
	review := first.ready(link)
	x.clock.Move(2 * 60e9)
	second.post(link).leadsTo(t, "/signature/verification")
	second.confirm()
	third := x.browser()
	third.post(link).leadsTo(t, "/signature/verification")

	act := []string{"review", review, "typed", "Camille Exemple", "consent", "1"}
	first.post("/signature/signer", act...).leadsTo(t, "/signature/merci")
	number := numberIn(t, first.open("/signature/merci").body)
	first.post("/signature/signer", act...).leadsTo(t, "/signature/merci") // the answer was lost
	if again := numberIn(t, first.open("/signature/merci").body); again != number {
		t.Errorf("%s became %s", number, again)
	}
	for name, b := range map[string]*browser{"confirmed": second, "unconfirmed": third} {
		a := b.post("/signature/signer", act...).must(t, http.StatusConflict)
		if strings.Contains(a.body, "Camille") || strings.Contains(a.body, "example.org") || strings.Contains(a.body, number) {
			t.Errorf("%s: the page says who signed", name)
		}
	}
	third.open("/signature/attestation.pdf").must(t, http.StatusConflict)
	page := x.browser().open(link).must(t, 200)
	page.says(t, "La déclaration est signée")
	if strings.Contains(page.body, "<form") || strings.Contains(page.body, "Camille") {
		t.Error("the signed link still offers something")
	}
	x.browser().post(link).must(t, http.StatusGone)
}

func TestWithoutSession(t *testing.T) {
	x := newSite(t)
	for _, cookie := range []string{"", "x", strings.Repeat("A", 43)} {
		b := x.browser()
		if cookie != "" {
			b.cookies["signature"] = cookie
		}
		for _, r := range Routes() {
			if r.Access != AccessSigning {
				continue
			}
			a := b.send(r.Method, r.Path, map[bool]string{true: "do=send&needed=no"}[r.Method == post]).must(t, http.StatusUnauthorized)
			a.says(t, "Votre session est terminée", "Rouvrez le lien")
		}
	}
}

// A browser that already holds a value gets another one.
func TestSessionIsNotChosenByTheBrowser(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.cookies["signature"] = strings.Repeat("A", 43)
	a := b.post(link)
	a.leadsTo(t, "/signature")
	c := a.Cookies()[0]
	if c.Value == strings.Repeat("A", 43) || len(c.Value) < 43 || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure {
		t.Errorf("%+v", c)
	}
	other := x.browser()
	other.cookies["signature"] = strings.Repeat("A", 43)
	other.open("/signature").must(t, http.StatusUnauthorized)
}
