package workflow_test

import (
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

func cover(t *testing.T, set string, signed, invited []string) workflow.Coverage {
	t.Helper()
	atlas, err := territory.Load()
	if err != nil {
		t.Fatal(err)
	}
	within, err := territory.ParseSet(set)
	if err != nil {
		t.Fatal(err)
	}
	return workflow.Cover(atlas, within, signed, invited)
}

func names(c workflow.Coverage) (list []string) {
	for _, r := range c.Regions {
		for _, p := range r.Parts {
			list = append(list, p.Name)
		}
	}
	return list
}

func TestCoverageOfTheAgglomerationOfLongueuil(t *testing.T) {
	c := cover(t, "municipality:58227 58033 58007 58037 58012", []string{"58227", "58033", "58007", "58037", "58037", "66023"}, []string{"58012", "58227"})
	if c.Tally != (workflow.Tally{Signed: 4, Invited: 2, Total: 5}) || !c.Cities || !c.Agglomeration || len(c.Regions) != 1 {
		t.Fatalf("%+v", c)
	}
	if parts := c.Regions[0].Parts; len(parts) != 5 || parts[0].Name != "Boucherville" || !parts[0].Municipality || parts[0].Total != 1 {
		t.Errorf("%+v", parts)
	}
}

func TestCoverageByMRCAndRegion(t *testing.T) {
	for set, want := range map[string]struct {
		total, regions, parts int
		agglomeration         bool
	}{
		"region:05": {117, 1, 9, false}, "region:16": {148, 1, 13, false}, "region:06": {16, 1, 16, true}, "mrc:480": {8, 1, 1, false},
		"mrc:480 municipality:58227 48028": {9, 1, 2, false}, "region:10": {29, 1, 29, false}, "region:13": {1, 1, 1, false},
		"region:01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17": {1127, 17, 102, false}, "": {0, 0, 0, false},
	} {
		c := cover(t, set, nil, nil)
		if c.Total != want.total || len(c.Regions) != want.regions || len(names(c)) != want.parts || c.Agglomeration != want.agglomeration {
			t.Errorf("%s: %d municipalities, %d regions, %d parts, %v", set, c.Total, len(c.Regions), len(names(c)), c.Agglomeration)
		}
	}
}

// What lies elsewhere never counts, and a part adds up to its region.
func TestCoverageAddsUp(t *testing.T) {
	c := cover(t, "region:05", []string{"43027", "30045", "30030", "58227"}, []string{"30045"})
	sum := workflow.Tally{}
	for _, p := range c.Regions[0].Parts {
		sum.Signed, sum.Invited, sum.Total = sum.Signed+p.Signed, sum.Invited+p.Invited, sum.Total+p.Total
		if p.Name == "Sherbrooke" && (p.Tally != workflow.Tally{Signed: 1, Total: 1} || !p.Municipality) {
			t.Errorf("%+v", p)
		}
	}
	if sum != c.Tally || c.Tally != c.Regions[0].Tally || c.Signed != 3 || c.Invited != 1 {
		t.Errorf("%+v, %+v, %+v", sum, c.Tally, c.Regions[0].Tally)
	}
}
