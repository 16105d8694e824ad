package templates

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

func TestCoverageSentenceAgrees(t *testing.T) {
	for _, c := range []struct {
		signed, total         int
		cities, agglomeration bool
		fr, en                string
	}{
		{4, 5, true, true, "4 des 5 villes de l’agglomération ont signé", "4 of the 5 cities of the agglomeration have signed"},
		{1, 5, true, true, "1 des 5 villes de l’agglomération a signé", "1 of the 5 cities of the agglomeration has signed"},
		{0, 5, true, true, "Aucune des 5 villes de l’agglomération n’a encore signé", "None of the 5 cities of the agglomeration has signed yet"},
		{5, 5, true, true, "Les 5 villes de l’agglomération ont signé", "All 5 cities of the agglomeration have signed"},
		{1000, 1127, false, false, "1\u00a0000 des 1\u00a0127 municipalités du territoire ont signé", "1,000 of the 1,127 municipalities of the territory have signed"},
		{1, 1, true, false, "La ville du territoire a signé", "The city of the territory has signed"},
		{0, 1, false, false, "La municipalité du territoire n’a pas encore signé", "The municipality of the territory has not signed yet"},
	} {
		coverage := workflow.Coverage{Tally: workflow.Tally{Signed: c.signed, Total: c.total}, Cities: c.cities, Agglomeration: c.agglomeration}
		for lang, want := range map[workflow.Language]string{workflow.French: c.fr, workflow.English: c.en} {
			p := TeamDashboard{TeamFrame: TeamFrame{Frame: Frame{Lang: lang}}, Dashboard: workflow.Dashboard{Coverage: coverage}}
			if got := p.CoverageSentence(); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
	}
}

// None and all are never shown as something between, nor the other way round.
func TestStepsOfATile(t *testing.T) {
	for _, c := range [][3]int{{0, 12, 0}, {1, 12, 1}, {4, 12, 1}, {5, 12, 2}, {8, 12, 2}, {9, 12, 3}, {11, 12, 3}, {12, 12, 4}, {1, 1000, 1},
		{999, 1000, 3}, {1, 1, 4}, {0, 1, 0}, {1, 2, 2}, {0, 0, 0}} {
		if got := tileStep(c[0], c[1]); got != c[2] {
			t.Errorf("%d/%d: %d steps, want %d", c[0], c[1], got, c[2])
		}
	}
	p := TeamDashboard{TeamFrame: TeamFrame{Frame: Frame{Lang: workflow.French}}}
	tile := p.Tile(workflow.PartCoverage{Name: "Le Granit", Tally: workflow.Tally{Signed: 3, Total: 12}})
	if tile.Words != "3/12" || tile.Said != "Le Granit\u00a0: 3 sur 12" || len(tile.Steps) != 4 || !tile.Steps[0].Full || tile.Steps[1].Full {
		t.Errorf("%+v", tile)
	}
	if last := tile.Steps[tileSteps-1]; last.X+20 > 96-tileEdge {
		t.Errorf("the last step ends at %d", last.X+20)
	}
	for standing, want := range map[workflow.Tally]string{{Signed: 1, Invited: 1, Total: 1}: "a signé", {Invited: 1, Total: 1}: "invitée", {Total: 1}: "—"} {
		if got := p.Tile(workflow.PartCoverage{Municipality: true, Tally: standing}).Words; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTopOfTheChart(t *testing.T) {
	for n, want := range map[int]int{0: 2, 1: 2, 2: 2, 3: 4, 5: 10, 10: 10, 11: 20, 99: 100, 101: 200, 350: 400, 401: 1000, 100_000: 100_000} {
		if got := roundUp(n); got != want {
			t.Errorf("%d: %d, want %d", n, got, want)
		}
	}
}

func TestLinesOfTheChart(t *testing.T) {
	c := drawProgress([]workflow.Week{{Monday: "2026-11-09", Invitations: 1}, {Monday: "2026-11-16", Invitations: 4}, {Monday: "2026-11-23", Invitations: 4, Signatures: 2}})
	if got := c.Lines[0].Points; got != "50,136 156,14 262,14" {
		t.Errorf("invitations: %s", got)
	}
	if got := c.Lines[1].Points; got != "50,176 156,176 262,95" {
		t.Errorf("signatures: %s", got)
	}
	if c.Lines[1].Last != 2 || c.First().Monday != "2026-11-09" || c.Latest().Monday != "2026-11-23" || !c.Several() {
		t.Errorf("%+v", c)
	}
	if want := []ChartTick{{0, 176}, {2, 95}, {4, 14}}; !slices.Equal(c.Ticks, want) {
		t.Errorf("%v", c.Ticks)
	}
	one := drawProgress([]workflow.Week{{Invitations: 1, Signatures: 1}})
	if one.Lines[0].Points != "262,95" || one.Several() {
		t.Errorf("%+v", one)
	}
}

// Whatever the numbers, no name covers the other or leaves the drawing.
func TestNamesOfTheLinesStayApart(t *testing.T) {
	for invitations := range 41 {
		for signatures := range 41 {
			c := drawProgress([]workflow.Week{{Invitations: invitations, Signatures: signatures}})
			a, b := c.Lines[0].LabelY, c.Lines[1].LabelY
			if max(a, b)-min(a, b) < chartLabel || min(a, b) < chartTop || max(a, b)+14 > chartFoot+6 {
				t.Errorf("%d and %d: names at %d and %d", invitations, signatures, a, b)
			}
		}
	}
}

// The page holds neither style nor handler, and its pictures have names.
func TestDashboardPicturesAreNamedAndPlain(t *testing.T) {
	p := TeamDashboard{TeamFrame: TeamFrame{Frame: Frame{Lang: workflow.French}}, Dashboard: workflow.Dashboard{Pole: samplePole, Total: 1,
		Coverage: sampleCoverage(), Progress: sampleWeeks(26)}, Needs: []AttentionList{{workflow.AttentionList{Reason: workflow.AttentionEnding,
		InvitationList: workflow.InvitationList{Invitations: sampleViews("x")[:1], Total: 6}}, "/equipe/invitations?fin=7"}}}
	page, err := Render(&p)
	if err != nil {
		t.Fatal(err)
	}
	html := string(page)
	if n := strings.Count(html, `<svg viewBox="0 0 96 46" role="img" aria-label="`); n != 5 {
		t.Errorf("%d tiles", n)
	}
	for _, want := range []string{`aria-labelledby="progress-title progress-desc"`, `<title id="progress-title">Invitations et signatures`, `class="invitations" points="50,176 `,
		"Voir les 6", `href="/equipe/invitations?fin=7"`, "Voir l’invitation\u00a0: x", fmt.Sprintf("%d", 625)} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	for _, wrong := range []string{" style=", " onclick", "Prolonger\u00a0: x"} {
		if strings.Contains(html, wrong) {
			t.Errorf("the page holds %s", wrong)
		}
	}
}
