package templates

import (
	"time"

	"jachete/workflow"
)

func samplePaper(text string, scanned bool) workflow.Paper {
	p := workflow.Paper{Commitment: workflow.Commitment{ID: "ABC", Slug: "a", Organisation: workflow.Snapshot{Name: text, Kind: workflow.KindCompany, NEQ: "1199999906"},
		Mode: workflow.ModePaper, Status: workflow.CommitmentActive, SignedOn: "before 2009-02", Announced: "2019-05-28", ResolutionNumber: text,
		PublishedAt: sampleTime, PoleSlug: "estrie", Replaces: "DEF"},
		Signatory: workflow.Signatory{Name: text, Function: text}, Source: "https://example.org/" + text, Batch: "L", EnteredAt: sampleTime}
	if scanned {
		p.Scan = workflow.PaperScan{MediaType: "image/jpeg", SHA256: sampleHash, Size: 9 << 20, ScannedBy: text, ScannedOn: "2026-11-22", AttachedAt: sampleTime}
	}
	return p
}

// paperSamples are the pages of the paper register.
func paperSamples(team TeamFrame, refused Frame) []Page {
	options := []Option{{"a", long, true}, {"b", "B", false}}
	wrong := TeamFrame{Frame: Frame{Problems: []Problem{{"scan", long}, {"scanner", long}, {"scannedon", long}, {"reason", long}}}, Writer: true}
	page := func(f TeamFrame, p workflow.Paper) *TeamPaper {
		return &TeamPaper{TeamFrame: f, Found: workflow.PaperPage{Paper: p, Pole: samplePole, By: workflow.Staff{Name: long}}, Place: long,
			Public: "/signataires/a", Before: "/equipe/signataires/papier/DEF", Events: []TeamEvent{{At: sampleTime, Type: "paper.entered", Actor: "you"}}}
	}
	out := samplePaper(long, true)
	out.Commitment.Status, out.Reason, out.WithdrawnAt = workflow.CommitmentWithdrawn, long, sampleTime
	corrected := samplePaper("A", false)
	corrected.Commitment.Status, corrected.WithdrawnAt = workflow.CommitmentWithdrawn, sampleTime.Add(time.Hour)
	done := page(team, samplePaper(long, true))
	done.Done = "entered"
	form := TeamInvite{TeamFrame: TeamFrame{Frame: only(refused, "organisation", "kind", "municipality", "pole", "name", "function")}, Poles: options,
		Kinds: options, MRCs: options, Regions: options, Places: []string{long}, Form: InviteForm{Organisation: long, Source: long}}
	form.Problems = append(form.Problems, Problem{"signed", long}, Problem{"announced", long}, Problem{"number", long}, Problem{"proof", long}, Problem{"scan", long})
	form.Past = form.TeamFrame.Past(workflow.OrganisationPast{Commitments: sampleCommitments(long)})
	empty := TeamInvite{}
	empty.Past = empty.TeamFrame.Past(workflow.OrganisationPast{})
	return []Page{
		&TeamSignatories{}, &TeamSignatories{TeamFrame: TeamFrame{Writer: true}},
		&TeamSignatories{TeamFrame: team, Query: long, Kinds: options, Years: options, Modes: options, Poles: options, Chips: []Chip{{"État", long, "/equipe/signataires"}},
			Found: workflow.RegisterPage{Commitments: append(sampleCommitments(long), out.Commitment), Total: 12345}, Page: 2, Pages: 3, Previous: "/equipe/signataires", Next: "/equipe/signataires?page=3"},
		&TeamSignatories{TeamFrame: team, Chips: []Chip{{"État", long, "/equipe/signataires"}}},
		&TeamFindOrganisation{TeamFrame: team, Paper: true, Path: "/equipe/signataires/papier", Query: long, Matches: []OrganisationLine{{"/a", long, long, long}}},
		&TeamPaperForm{TeamInvite: empty}, &TeamPaperForm{TeamInvite: form, SignedOn: long, Announced: long, Number: long, Scanner: long, ScannedOn: long, Corrects: "ABC", Mended: samplePaper(long, true)},
		done, page(wrong, samplePaper("Coopérative Gabarit", false)), page(team, out), page(TeamFrame{}, corrected),
	}
}

// paperFamilies are the families of keys of these pages.
func paperFamilies() map[string][]string {
	return map[string][]string{"paper-list.": entryWords(), "paper-column.": workflow.PaperColumns, "paper.done-": {"entered", "scanned", "withdrawn"},
		"paper-find.": {"title", "step", "query", "other-help", "other"}, "find.": {"title", "step", "query", "other-help", "other"}, "scan.type-": {"application/pdf", "image/png", "image/jpeg"}}
}
