package storetest

import (
	"testing"

	"jachete/workflow"
)

// paperNumbers: an entry without a number gets one, once.
func paperNumbers(t *testing.T, w *world) {
	numbered, old := Paper("a", "A"), Paper("b", "B")
	numbered.Commitment.Number = "ESJ-paper"
	w.enter(numbered, old)
	wantEqual(t, read[[]string](t)(w.UnnumberedPapers(w.ctx)), []string{"b"})
	w.must(func(tx workflow.Tx) error { return tx.NumberPaper(w.ctx, "b", "ESJ-b") })
	for _, id := range []string{"a", "b", "nobody"} {
		w.refused(workflow.Conflict, "paper.numbered", func(tx workflow.Tx) error { return tx.NumberPaper(w.ctx, id, "ESJ-c") })
	}
	wantEqual(t, read[workflow.Commitment](t)(w.CommitmentByNumber(w.ctx, "ESJ-b")).ID, "b")
	wantEqual(t, len(read[[]string](t)(w.UnnumberedPapers(w.ctx))), 0)
}
