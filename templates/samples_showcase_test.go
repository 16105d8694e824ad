package templates

import (
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

var (
	sampleRegion = territory.Region{Code: "16", Slug: "monteregie", Name: "Montérégie", Short: "MTÉ", Column: 2, Row: 4}
	sampleMRC    = territory.MRC{Code: "580", Slug: "acton", Name: "Acton", RegionCode: "16"}
)

// sampleLocality is a territory of that many parts.
func sampleLocality(text string, parts, signed int) Localities {
	region := workflow.RegionCoverage{Name: text}
	for range parts {
		region.Parts = append(region.Parts, workflow.PartCoverage{Name: text, Slug: "acton", Tally: workflow.Tally{Signed: signed, Total: 17}})
		region.Tally.Signed += signed
		region.Tally.Total += 17
	}
	return Localities{Since: 2013, Until: 2026, Locality: workflow.Locality{
		Counts:   workflow.RegisterCounts{Total: 1_234, ByYear: map[int]int{2014: 1, 2019: 812, 2026: 3}},
		Coverage: workflow.Coverage{Tally: region.Tally, Regions: []workflow.RegionCoverage{region}},
		Found:    workflow.RegisterPage{Commitments: sampleCommitments(text), Total: 3}}}
}

func showcaseSamples() []Page {
	regions := []RegionLine{{Region: sampleRegion, Count: 12}, {}}
	pages := []Page{&Home{}, &Home{Regions: regions[:1]}, &Region{Region: sampleRegion}, &MRC{MRC: sampleMRC, Region: sampleRegion},
		&Pole{Pole: workflow.Pole{Name: "Pôle", Slug: "pole"}}}
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		ceremonies := []workflow.AnnouncedCeremony{{Campaign: workflow.Campaign{Name: text, Place: text, CeremonyAt: sampleTime}, Pole: samplePole},
			{Campaign: workflow.Campaign{Name: text, CeremonyAt: sampleTime}, Pole: samplePole}}
		lone := sampleLocality(text, 1, 1)
		lone.Locality.Coverage.Regions[0].Parts[0] = workflow.PartCoverage{Name: text, Municipality: true, Tally: workflow.Tally{Total: 1}}
		pages = append(pages,
			&Home{Regions: regions, Showcase: workflow.Showcase{Counts: workflow.RegisterCounts{Total: 1_234_567}, Covered: workflow.Tally{Signed: 812, Total: 1127},
				Latest: sampleCommitments(text), Ceremonies: ceremonies}},
			&Region{Localities: sampleLocality(text, 13, 7), Region: sampleRegion, Poles: []workflow.Pole{samplePole}},
			&MRC{Localities: sampleLocality(text, 1, 17), MRC: sampleMRC, Region: sampleRegion, Poles: []workflow.Pole{samplePole},
				Towns: []workflow.Town{{Label: text, Commitment: sampleCommitments(text)[0]}, {Label: text}}},
			&Pole{Localities: lone, Pole: samplePole, Areas: []TerritoryPart{{text, "/regions/monteregie"}, {"B", ""}}, Ceremonies: ceremonies},
			&Pole{Localities: sampleLocality(text, 2, 0), Pole: samplePole, Areas: []TerritoryPart{{text, ""}}})
	}
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		paper := sampleCommitments(text)[1]
		paper.Number, paper.Announced, paper.ResolutionNumber = "ESJ-2026-7KQ4-M2XD", "before 2017-02", text
		gone := workflow.Commitment{Number: paper.Number, Mode: workflow.ModePaper, Status: workflow.CommitmentWithdrawn, StatusOn: "2026-11-22"}
		active := paper
		active.Status = workflow.CommitmentActive
		after := sampleCommitments(text)[0]
		for _, v := range []workflow.Verification{{Commitment: paper, ReplacedBy: after, Pole: samplePole}, {Commitment: active, Pole: workflow.Pole{Slug: "pole", Name: text}},
			{Commitment: gone}, {Commitment: gone, ReplacedBy: after}} {
			pages = append(pages, &PaperNumber{Verification: v})
		}
	}
	return pages
}

// Every number falls into the shade whose range the legend gives for it, and the
// ranges leave no gap.
func TestMapAndItsLegendAgree(t *testing.T) {
	for _, most := range []int{0, 1, 2, 3, 4, 5, 7, 27, 100, 1_001} {
		home := &Home{}
		for count := range most + 1 {
			home.Regions = append(home.Regions, RegionLine{Count: count})
		}
		m := home.Map()
		for _, tile := range m.Tiles {
			i := slices.IndexFunc(m.Legend, func(s Shade) bool { return s.From <= tile.Count && tile.Count <= s.Until })
			if i < 0 || m.Legend[i].Shade != tile.Shade {
				t.Errorf("%d of %d has shade %d, the legend %v", tile.Count, most, tile.Shade, m.Legend)
			}
		}
		if last := m.Legend[len(m.Legend)-1]; last.Until != most {
			t.Errorf("the legend of %d ends with %d", most, last.Until)
		}
	}
}

// The name of a link of the map begins with what is seen on it (WCAG 2.5.3).
func TestMapIsReadable(t *testing.T) {
	page := &Home{Frame: Frame{Lang: workflow.French}, Regions: []RegionLine{{Region: sampleRegion, Count: 1}}}
	out, err := Render(page)
	if err != nil || !strings.Contains(string(out), `<a href="/regions/monteregie" aria-label="1 MTÉ, Montérégie">`) {
		t.Errorf("%v\n%s", err, out)
	}
}

// A timeline begins with the first signature and has no gap after it.
func TestYearsHaveNoGap(t *testing.T) {
	l := sampleLocality("a", 1, 1)
	years := l.Years()
	if len(years) != 13 || years[0] != (Year{2014, 1, 2}) || years[5] != (Year{2019, 812, barLength}) || years[1].Bar != 0 {
		t.Errorf("%v", years)
	}
	if empty := (&Localities{Since: 2013, Until: 2026}).Years(); empty != nil {
		t.Errorf("%v of nothing", empty)
	}
}
