package templates

import (
	"testing"

	"jachete/workflow"
)

// batchSamples are a list in every state, with lines of every verdict.
func batchSamples(team TeamFrame, refused Frame) []Page {
	b := workflow.Batch{ID: "ABC", FileName: long, SHA256: sampleHash, Unknown: []string{long, "B"}, Counts: map[workflow.RowVerdict]int{},
		Made: 1200, Skipped: 3, CreatedAt: sampleTime}
	var lines []BatchLine
	for i, v := range workflow.RowVerdicts {
		b.Counts[v] = 1234 + i
		lines = append(lines, BatchLine{Line: 9998 + i, Organisation: long, Name: long, Email: "camille@example.org", Fate: v, Reasons: []string{long, long}})
	}
	lines[0].Reasons, lines[0].InvitationID = nil, "ABC"
	options := []Option{{"a", long, true}, {"b", "B", false}}
	pages := []Page{
		&TeamImport{}, &TeamImport{TeamFrame: team, Poles: options, Campaigns: options, Latest: []LatestBatch{{b, long}, {workflow.Batch{ID: "D", State: workflow.BatchDone}, ""}},
			NoAddress: []workflow.Pole{samplePole}},
		&TeamImport{TeamFrame: TeamFrame{Frame: only(refused, "file", "pole", "campaign")}, Poles: options, Campaigns: options},
		&TeamBatch{TeamFrame: team, Pole: samplePole, Batch: workflow.Batch{ID: "A", State: workflow.BatchPreview, Counts: map[workflow.RowVerdict]int{workflow.RowAddress: 1}}},
		&TeamBatch{TeamFrame: team, Pole: samplePole, Batch: workflow.Batch{ID: "A", State: workflow.BatchCancelled}, Good: true},
		&TeamBatch{TeamFrame: team, Pole: samplePole, Batch: workflow.Batch{ID: "A", State: workflow.BatchPreview, Counts: map[workflow.RowVerdict]int{workflow.RowGood: 1}}, Good: true},
	}
	for _, state := range batchStates {
		b.State = state
		pages = append(pages, &TeamBatch{TeamFrame: team, Batch: b, Pole: samplePole, Campaign: long, Lines: lines, Page: 2, Pages: 3,
			Previous: "/equipe/invitations/importer/ABC", Next: "/equipe/invitations/importer/ABC?page=3"})
	}
	return pages
}

var batchStates = []workflow.BatchState{workflow.BatchPreview, workflow.BatchConfirmed, workflow.BatchDone, workflow.BatchCancelled}

// batchFamilies are the families of keys of the pages of lists.
func batchFamilies(t *testing.T) map[string][]string {
	var states, verdicts []string
	for _, s := range batchStates {
		states = append(states, string(s))
	}
	for _, v := range workflow.RowVerdicts {
		verdicts = append(verdicts, string(v))
	}
	return map[string][]string{"batch.title-": states, "batch-state.": states, "verdict.": verdicts, "column.": workflow.InvitationColumns,
		"roster.": matches(sources(t, "../workflow/roster/*.go"), `Reason\w+\s+Reason = "([a-z0-9-]+)"`)}
}
