package web

import (
	"strings"
	"testing"
)

// A council decides first: the answers are kept, the page says what comes, and
// the same link leads back to where it was left.
func TestWaitingForACouncil(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.open(waitingPath).must(t, 401)
	b.post(link).leadsTo(t, "/signature")
	b.open(waitingPath).leadsTo(t, "/signature")
	b.post("/signature").leadsTo(t, "/signature/organisation")
	b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "greffière").leadsTo(t, "/signature/resolution")

	refused := b.post("/signature/resolution", "needed", "later", "meeting", "2020-01-01", "council", "Conseil municipal").must(t, 422)
	refused.says(t, "Date de la séance\u00a0: cette date est passée")
	if !strings.Contains(refused.body, `value="2020-01-01"`) || !strings.Contains(refused.body, `value="later" checked`) {
		t.Error("what was typed is lost")
	}
	b.post("/signature/resolution", "needed", "later", "meeting", "2026-12-07", "council", "Conseil municipal").leadsTo(t, waitingPath)
	b.open(waitingPath).must(t, 200).says(t, "Séance du 7\u00a0décembre\u00a02026\u00a0: Conseil municipal", "Rien n’est signé")

	elsewhere := x.browser()
	elsewhere.post(link).leadsTo(t, waitingPath)
	page := elsewhere.open("/signature/resolution").must(t, 200)
	for _, kept := range []string{`value="2026-12-07"`, `value="Conseil municipal"`, `value="yes" checked`} {
		if !strings.Contains(page.body, kept) {
			t.Errorf("the page does not hold %s", kept)
		}
	}
	elsewhere.post("/signature/resolution", "needed", "yes", "number", "2026-118", "date", "2026-11-17", "body", "Conseil municipal").leadsTo(t, "/signature/verification")
	elsewhere.open(waitingPath).leadsTo(t, "/signature/verification")
}
