package templates

import (
	"testing"

	"jachete/workflow"
)

// entrySamples are the lists whose lines are entered at once.
func entrySamples(team TeamFrame, refused Frame) (pages []Page) {
	options := []Option{{"a", long, true}, {"b", "B", false}}
	b := workflow.Batch{ID: "ABC", FileName: long, SHA256: sampleHash, Unknown: []string{long, "B"}, Counts: map[workflow.RowVerdict]int{}, Made: 1200, Skipped: 3, CreatedAt: sampleTime}
	var lines []BatchLine
	var beside []string
	for i, v := range workflow.RowVerdicts {
		b.Counts[v] = 1234 + i
		lines, beside = append(lines, BatchLine{Line: 9998 + i, Organisation: long, Fate: v, Reasons: []string{long}}), append(beside, long)
	}
	lines[0].InvitationID = "ABC"
	for _, list := range []EntryList{PaperList, SupplierList} {
		pages = append(pages, &TeamEntryImport{List: list}, &TeamEntryImport{TeamFrame: team, List: list, Poles: options, Latest: []LatestBatch{{b, long}}},
			&TeamEntryImport{TeamFrame: TeamFrame{Frame: only(refused, "file", "pole")}, List: list, Poles: options},
			&TeamEntryList{TeamBatch: TeamBatch{TeamFrame: team, Pole: samplePole, Batch: workflow.Batch{ID: "A", State: workflow.BatchPreview}, Good: true}, List: list})
		for _, state := range entryStates {
			b.State = state
			pages = append(pages, &TeamEntryList{TeamBatch: TeamBatch{TeamFrame: team, Batch: b, Pole: samplePole, Lines: lines, Page: 2, Pages: 3, Previous: "/p", Next: "/n"}, List: list, Beside: beside})
		}
	}
	return pages
}

var entryStates = []workflow.BatchState{workflow.BatchPreview, workflow.BatchDone, workflow.BatchCancelled}

// entryWords are what is said of every sort of list, each in its own words.
func entryWords() []string {
	words := []string{"back", "title", "lead", "pole-hint", "pole-choose", "nothing-yet", "model-help", "made", "beside", "check", "none-good", "give-up", "give-up-help",
		"gave-up", "follow", "see", "enter", "finished"}
	for _, s := range entryStates {
		words = append(words, "title-"+string(s))
	}
	return words
}

// A word that a page asks for and that is not above would be a key on the page of
// one list, and nobody would see it.
func TestWordsOfListsAreAllNamed(t *testing.T) {
	known := map[string]bool{}
	for _, word := range entryWords() {
		known[word] = true
	}
	asked := matches(sources(t, "pages/team_entry_*.html"), `\.(?:Word|Counted) "([a-z-]+)"`)
	if len(asked) < 10 {
		t.Fatalf("%d words", len(asked))
	}
	for _, word := range asked {
		if !known[word] {
			t.Errorf("%s is asked for", word)
		}
	}
}
