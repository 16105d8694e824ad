package templates

import "jachete/workflow"

// Steps of a tile: how many there are, how far apart and how far from its edge,
// in units of its drawing.
const (
	tileSteps  = 4
	tileStride = 22
	tileEdge   = 5
)

// Tile is a part of a territory as it is drawn: under its number, steps fill with
// the share that signed.
type Tile struct {
	Name  string
	Words string // on it: « 3/12 »
	Said  string // its accessible name
	Steps []TileStep
}

// TileStep is one step of a tile.
type TileStep struct {
	X    int
	Full bool
}

// Tile draws a part of the territory.
func (p *TeamDashboard) Tile(part workflow.PartCoverage) Tile {
	t := Tile{Name: part.Name, Words: p.Count(part.Signed) + "/" + p.Count(part.Total)}
	for k := range tileSteps {
		t.Steps = append(t.Steps, TileStep{X: tileEdge + k*tileStride, Full: k < tileStep(part.Signed, part.Total)})
	}
	if part.Municipality {
		t.Words = p.T("coverage.tile-" + standing(part.Tally))
		t.Said = p.T("coverage.tile-said", "Name", part.Name, "Standing", p.T("coverage.standing-"+standing(part.Tally)))
		return t
	}
	t.Said = p.T("coverage.tile-said-count", "Name", part.Name, "Signed", p.Count(part.Signed), "Total", p.Count(part.Total))
	return t
}

// tileStep is how many of the steps are filled: none and all are told apart
// from the thirds between, however large the part.
func tileStep(signed, total int) int {
	switch {
	case signed <= 0 || total <= 0:
		return 0
	case signed >= total:
		return tileSteps
	}
	return (signed*(tileSteps-1) + total - 1) / total
}

// standing is where one municipality stands.
func standing(t workflow.Tally) string {
	switch {
	case t.Signed > 0:
		return "signed"
	case t.Invited > 0:
		return "invited"
	}
	return "none"
}
