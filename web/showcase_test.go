package web

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// A ceremony is shown when its pôle announced it, and until it is held.
func TestOnlyAnnouncedCeremoniesAreShown(t *testing.T) {
	x := newTeam(t)
	at := workflow.LocalTimeOf(x.world.Clock.Now().Add(48 * time.Hour))
	x.campaign(func(r *workflow.CampaignRequest) { r.Name, r.Ceremony = "Fête secrète", at })
	x.campaign(func(r *workflow.CampaignRequest) { r.Name, r.Ceremony, r.Announce = "Fête ouverte", at, true })
	for _, path := range []string{"/", "/poles/estrie"} {
		page := x.get(path).must(t, 200)
		page.says(t, "Prochaine cérémonie", "Fête ouverte")
		if strings.Contains(page.body, "Fête secrète") {
			t.Errorf("%s tells of a ceremony nobody announced", path)
		}
	}
	if page := x.get("/poles/montreal").must(t, 200); strings.Contains(page.body, "Fête ouverte") {
		t.Error("another pôle shows it")
	}
	x.world.Clock.Move(49 * time.Hour)
	if page := x.get("/").must(t, 200); strings.Contains(page.body, "Fête ouverte") {
		t.Error("it is still to come after it was held")
	}
}

// An MRC's page tells its municipalities apart, and an organisation's page names
// those of the same MRC that have signed.
func TestTerritoryOfAnMRC(t *testing.T) {
	x := newTeam(t)
	enter := func(name string, kind workflow.OrganisationKind, code string) string {
		p, err := x.world.EnterPaper(t.Context(), workflow.Operator(), workflow.PaperRequest{Pole: "estrie", Organisation: name, Kind: kind,
			Place: territory.Place{MunicipalityCode: code}, Signed: "2019", Source: "Essai"})
		must(t, err)
		return p.Commitment.Slug
	}
	magog := enter("Ville de Magog", workflow.KindMunicipality, "45072")
	coop := enter("Coopérative Gabarit", workflow.KindCooperative, "45072")
	mrc := x.get("/mrc/memphremagog").must(t, 200)
	mrc.says(t, "1 des 17 municipalités du territoire a signé", "Coopérative Gabarit", "Stukely-Sud")
	if !strings.Contains(mrc.body, `<li><a href="/signataires/`+magog+`">Magog</a>`) || strings.Count(mrc.body, `class="status good">a signé`) != 1 {
		t.Error("not Magog alone is said to have signed")
	}
	page := x.get("/signataires/"+magog).must(t, 200)
	page.says(t, "Dans la même MRC", "Coopérative Gabarit")
	if !strings.Contains(page.body, `href="/signataires/`+coop+`"`) || !strings.Contains(page.body, `href="/mrc/memphremagog"`) {
		t.Error("the neighbours or the MRC are not linked")
	}
	x.get("/regions/estrie").must(t, 200).says(t, "Memphrémagog", "1 sur 17")
	x.get("/mrc/atlantide").must(t, 404)
}
