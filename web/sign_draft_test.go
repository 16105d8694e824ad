package web

import (
	"net/http"
	"strings"
	"testing"
)

// The draft is for whoever holds the link, until it is signed; asking for it
// changes nothing.
func TestDraftForTheCouncil(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	x.get("/signature/projet.pdf").must(t, http.StatusUnauthorized)
	b := x.browser()
	b.post(link).leadsTo(t, "/signature")
	for _, path := range []string{"/signature", "/signature/resolution"} {
		if path != "/signature" {
			b.post("/signature").leadsTo(t, "/signature/organisation")
			b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "mairesse")
		}
		if page := b.open(path).must(t, 200); !strings.Contains(page.body, `href="/signature/projet.pdf"`) {
			t.Errorf("%s does not offer the draft", path)
		}
	}
	before := x.state(inv)
	a := b.open("/signature/projet.pdf").must(t, 200)
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
	if a.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(a.Header.Get("Content-Disposition"), `attachment; filename="projet-de-declaration.pdf"`) ||
		a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Content-Security-Policy") != policyFile {
		t.Error(a.Header)
	}
	if !strings.HasPrefix(a.body, "%PDF-") || !strings.Contains(a.body, "mairesse") {
		t.Errorf("%.300s", a.body)
	}
	b.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	b.confirm()
	b.post("/signature/signer", "review", b.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
	b.open("/signature/projet.pdf").must(t, http.StatusConflict)
}
