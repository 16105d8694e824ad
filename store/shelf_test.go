package store

import (
	"testing"

	"jachete/store/storetest"
	"jachete/workflow"
)

// Two instances share a database, and each has read the register. What one of
// them changes, the other shows, even when the line that changed was the last
// to come: its edition must not be given a second time.
func TestOtherInstancesSeeWhatEnds(t *testing.T) {
	both(t, func(t *testing.T, dsn string) {
		here, there := openMigrated(t, dsn), openMigrated(t, dsn)
		storetest.Prepare(t, here, 0)
		now := storetest.Commitment("x", "").PublishedAt
		total := func(s *Store) int {
			page, err := s.Register(t.Context(), workflow.RegisterFilter{}, now)
			if err != nil {
				t.Fatal(err)
			}
			return page.Total
		}
		update := func(do func(workflow.Tx) error) {
			if err := here.Update(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []string{"a", "b"} {
			update(func(tx workflow.Tx) error {
				return tx.AddCommitment(t.Context(), storetest.Commitment(id, "Ville "+id))
			})
		}
		if total(here) != 2 || total(there) != 2 {
			t.Fatal("not both lines are there")
		}
		for i, id := range []string{"b", "a"} {
			update(func(tx workflow.Tx) error {
				return tx.EndCommitment(t.Context(), id, workflow.CommitmentSuperseded, "2026-11-22")
			})
			if h, o := total(here), total(there); h != 1-i || o != 1-i {
				t.Errorf("after the end of %s: %d lines here, %d there", id, h, o)
			}
		}
		if n := len(there.shelf.lines); n != 2 {
			t.Errorf("%d lines on the shelf, want each once", n)
		}
	})
}
