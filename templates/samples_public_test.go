package templates

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

func sampleCommitments(text string) []workflow.Commitment {
	organisation := workflow.Snapshot{Name: text, Kind: workflow.KindMunicipality, RegionCode: "16", RegionName: text, MRCName: text}
	paper := workflow.Commitment{ID: "paper", Slug: "mrc-du-haut-essai", Organisation: organisation, Version: "1.0", Mode: workflow.ModePaper,
		Status: workflow.CommitmentSuperseded, SignedOn: "2019-11-15", PoleSlug: "x"}
	return []workflow.Commitment{
		{ID: "new", Replaces: "paper", Slug: "ville-de-riviere-exemple", Organisation: organisation, Version: "1.0", Mode: workflow.ModeElectronic, Number: "ESJ-2026-7KQ4-M2XD",
			Status: workflow.CommitmentActive, SignedOn: "2026-11-22", PoleSlug: "longueuil", PublicName: text, PublicFunction: text,
			ResolutionNumber: text, ResolutionDate: "2026-11-17", PublicQuote: text, PublicLogo: sampleHash},
		paper,
		{ID: "withdrawn", Slug: "a", Organisation: workflow.Snapshot{}, Status: workflow.CommitmentWithdrawn, Mode: workflow.ModeElectronic},
		{ID: "renewed", Slug: "b", Organisation: organisation, Status: workflow.CommitmentRenewed, Mode: workflow.ModeElectronic, PublicName: text},
	}
}

func publicSamples() []Page {
	declarations, err := Declarations()
	must(err)
	pages := []Page{
		&DeclarationPage{Declaration: declarations[0]}, &UnknownNumber{}, &VerifyFile{}, &VerifyFile{Number: long, Frame: Frame{Problems: []Problem{{Field: "numero", Text: long}, {Field: "fichier", Text: long}}}},
		&Text{Name: "privacy", Poles: []workflow.Pole{samplePole}}, &Text{Name: "accessibility"},
		&Text{Name: "privacy", Pole: samplePole, Poles: []workflow.Pole{{Slug: "x", Name: long, Contact: workflow.PoleContact{Privacy: long}}},
			Cookies: []Cookie{{Name: "__Host-langue", Use: "language", Lives: []time.Duration{0, time.Minute, 365 * 24 * time.Hour}}}},
		&Journal{}, &Journal{Keys: []string{"jachete/journal+0+x", "jachete/journal+1+y"}, Checkpoint: journal.Checkpoint{Size: 1, At: sampleTime, Note: "jachete/journal\n1\nroot\n\n— a b\n"}},
		&Journal{Keys: []string{"jachete/journal+0+x"}, Checkpoint: journal.Checkpoint{Size: 1_234, At: sampleTime, Note: "a\n"}, Number: "ESJ-2026-7KQ4-M2XD", Site: "https://example.org",
			Inclusion: &workflow.Inclusion{Number: "ESJ-2026-7KQ4-M2XD", Latest: journal.Checkpoint{Size: 1_234}, Entry: journal.Entry{Seq: 12, At: sampleTime}}},
		&Journal{Keys: []string{"jachete/journal+0+x"}, Checkpoint: journal.Checkpoint{Size: 1, At: sampleTime, Note: "a\n"}, Number: long, Frame: Frame{Problems: []Problem{{Field: "numero", Text: long}}}},
		&Register{},
	}
	for _, text := range []string{"Ville de Rivière-Exemple", long} {
		found := workflow.RegisterPage{Commitments: sampleCommitments(text), Total: 1}
		option := []Option{{Value: "a", Label: text, Chosen: true}, {Value: "b", Label: "B"}}
		pages = append(pages,
			&Register{Query: text, Region: option, MRC: option, Kind: option, Year: option, Pole: option, Mode: option, Status: option, Order: option, Found: found, Page: 2, Pages: 3,
				Previous: "/signataires", Next: "/signataires?page=3", CSV: "/a.csv", JSON: "/a.json",
				Chips: []Chip{{Name: "Nom", Value: text, Without: "/signataires"}}},
			&Register{Query: text, Chips: []Chip{{Name: "Nom", Value: text, Without: "/signataires"}}, Page: 1},
			&Organisation{Commitments: sampleCommitments(text), Poles: map[string]string{"longueuil": text}},
			&Organisation{Commitments: sampleCommitments(text), Region: sampleRegion, MRC: sampleMRC, InMRC: true, Neighbours: sampleCommitments(text)},
			&Organisation{Commitments: sampleCommitments(text), Region: sampleRegion, Neighbours: sampleCommitments(text)})
		for _, c := range sampleCommitments(text) {
			var replacement workflow.Commitment
			if c.ID == "paper" {
				replacement = sampleCommitments(text)[0]
			}
			for _, level := range []string{"B-B", "B-T", "B-LT", "B-LTA"} {
				record := workflow.Certificate{Number: c.Number, Content: sampleContent(text), Sealed: workflow.Sealed{SHA256: sampleHash,
					UnsealedSHA256: sampleHash, Level: level, SealedAt: sampleTime, StampedAt: sampleTime, StampedBy: text,
					StampedOwn: c.Status == workflow.CommitmentActive}}
				if level == "B-B" {
					record.StampedAt, record.StampedOwn, record.Content.Resolution = time.Time{}, false, workflow.Resolution{}
				}
				pages = append(pages, &Verified{Declaration: declarations[0],
					Verification: workflow.Verification{Commitment: c, ReplacedBy: replacement, Pole: samplePole, Record: record, Awaited: text == long}})
			}
			pages = append(pages, verdictSamples(c)...)
		}
	}
	return append(pages, showcaseSamples()...)
}

// Whoever reads an old commitment is led to the one that holds, and back.
func TestReplacedCommitmentsLeadToEachOther(t *testing.T) {
	page := &Organisation{Frame: Frame{Lang: workflow.French}, Commitments: sampleCommitments("MRC du Haut-Essai")[:2]}
	out, err := Render(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"Remplacé par</dt><dd><a href=\"#engagement-1\">", "Remplace</dt><dd><a href=\"#engagement-2\">"} {
		if strings.Count(string(out), link) != 1 {
			t.Errorf("%s stands %d times", link, strings.Count(string(out), link))
		}
	}
}

func TestPaperNeverLooksElectronic(t *testing.T) {
	paper := sampleCommitments("MRC du Haut-Essai")[1:2]
	page := &Organisation{Frame: Frame{Lang: workflow.French}, Commitments: paper}
	out, err := Render(page)
	if err != nil {
		t.Fatal(err)
	}
	html := string(out)
	if !strings.Contains(html, "Sur papier") || strings.Contains(html, "lectronique") || strings.Contains(html, "/v/") {
		t.Error(html)
	}
	list := &Region{Frame: Frame{Lang: workflow.French}, Localities: Localities{Locality: workflow.Locality{Found: workflow.RegisterPage{Commitments: paper, Total: 1}}}}
	if out, err = Render(list); err != nil || !strings.Contains(string(out), "sur papier") {
		t.Errorf("%v %s", err, out)
	}
}
