package workflow_test

import (
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func numbered(t *testing.T, w *workflowtest.World, number string) workflow.Verification {
	t.Helper()
	v, err := w.VerifyNumber(t.Context(), number, workflow.Visit{IP: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The number of an entry on paper tells the truth for ever: while it stands, when
// it was corrected, when it left the register, when a signature replaced it.
func TestNumbersOfPaper(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		p := enterPaper(t, w)
		v := numbered(t, w, p.Commitment.Number)
		if v.Commitment.Organisation.Name != "Coopérative Gabarit" || v.Commitment.Status != workflow.CommitmentActive || v.Pole.Slug != "estrie" ||
			v.Record.Number != "" || v.ReplacedBy.ID != "" {
			t.Errorf("standing: %+v", v)
		}
		mended := enterPaper(t, w, func(r *workflow.PaperRequest) { r.Corrects, r.Signed = p.Commitment.ID, "2018" })
		v = numbered(t, w, p.Commitment.Number)
		if v.Commitment.Status != workflow.CommitmentWithdrawn || v.Commitment.Organisation.Name != "" || v.Commitment.Slug != "" || v.ReplacedBy.Number != mended.Commitment.Number {
			t.Errorf("corrected: %+v", v)
		}
		if err := w.WithdrawPaper(t.Context(), workflow.Operator(), mended.Commitment.ID, "Erreur sur le nom"); err != nil {
			t.Fatal(err)
		}
		v = numbered(t, w, mended.Commitment.Number)
		if v.Commitment.Status != workflow.CommitmentWithdrawn || v.Commitment.StatusOn != "2026-11-22" || v.Commitment.Organisation.Name != "" {
			t.Errorf("withdrawn: %+v", v)
		}
		if v := numbered(t, w, p.Commitment.Number); v.ReplacedBy.ID != "" {
			t.Errorf("a withdrawn entry is said to replace: %+v", v)
		}
	})
}

// Entries of before there were numbers get one, once, when a new version starts.
func TestOldPapersAreNumbered(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		p := enterPaper(t, w)
		old := p
		old.Commitment.ID, old.Commitment.Number = "OLD", ""
		err := w.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.AddPapers(t.Context(), []workflow.Paper{old}) })
		if err != nil {
			t.Fatal(err)
		}
		var numbers []string
		for range 2 {
			if err := w.Seed(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			got, err := w.Store.Commitment(t.Context(), "OLD")
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, got.Number)
		}
		if _, ok := workflow.ParseNumber(numbers[0]); !ok || numbers[0] != numbers[1] {
			t.Errorf("%q", numbers)
		}
		if kept, err := w.Store.Commitment(t.Context(), p.Commitment.ID); err != nil || kept.Number != p.Commitment.Number {
			t.Errorf("%s became %s, %v", p.Commitment.Number, kept.Number, err)
		}
	})
}
