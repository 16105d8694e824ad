package storetest

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
)

// event is something that happened at noon to a record.
func event(kind, record string) journal.Event {
	return journal.Event{Type: kind, At: noon, Pole: "rive", Record: record, Actor: journal.Actor{Kind: "operator"},
		Data: map[string]string{"état": "<prête>"}, Personal: map[string]string{"email": "c@example.org", "name": "Camille"}}
}

func (w *world) record(events ...journal.Event) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		for _, e := range events {
			tx.Record(e)
		}
		return nil
	})
}

// verifyJournal reads the whole journal, in short steps, and gives its head.
func (w *world) verifyJournal() journal.Head {
	w.t.Helper()
	v, err := journal.NewVerifier(nil, "")
	if err != nil {
		w.t.Fatal(err)
	}
	for next := int64(1); ; {
		entries := read[[]journal.Entry](w.t)(w.JournalEntries(w.ctx, next, 100))
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			if err := v.Entry(e); err != nil {
				w.t.Fatal(err)
			}
			next = e.Seq + 1
		}
	}
	head, err := v.Done()
	if err != nil {
		w.t.Fatal(err)
	}
	return head
}

func journalEntries(t *testing.T, w *world) {
	wantEqual(t, read[journal.Head](t)(w.JournalHead(w.ctx)), journal.Head{})
	w.record(event("a", "x"), event("b", "y"), event("c", "x"))
	w.record(event("d", "x"))
	head := w.verifyJournal()
	wantEqual(t, head.Seq, int64(4))
	wantEqual(t, read[journal.Head](t)(w.JournalHead(w.ctx)), head)

	some := read[[]journal.Entry](t)(w.JournalEntries(w.ctx, 2, 2))
	wantEqual(t, []any{len(some), some[0].Type, some[1].Type, len(some[0].Openings)}, []any{2, "b", "c", 2})
	wantEqual(t, len(read[[]journal.Entry](t)(w.JournalEntries(w.ctx, 5, 2))), 0)
	wantEqual(t, read[[]string](t)(w.JournalHashes(w.ctx, 2, 2)), []string{some[0].Hash, some[1].Hash})
	var story []string
	for _, e := range read[[]journal.Entry](t)(w.JournalOf(w.ctx, "x")) {
		story = append(story, fmt.Sprint(e.RecordSeq, e.Type, len(e.Openings), e.Openings[0].Value))
	}
	wantEqual(t, story, []string{"1a2c@example.org", "2c2c@example.org", "3d2c@example.org"})
	wantEqual(t, len(read[[]journal.Entry](t)(w.JournalOf(w.ctx, "nulle"))), 0)
}

// journalNeverForks lets eight writers append at once, two events each time,
// to their own record and to one they share.
func journalNeverForks(t *testing.T, w *world) {
	const writers, turns = 8, 25
	var group sync.WaitGroup
	for writer := range writers {
		group.Go(func() {
			for range turns {
				w.record(event("own", fmt.Sprint("record-", writer)), event("shared", "shared"))
			}
		})
	}
	group.Wait()
	wantEqual(t, w.verifyJournal().Seq, int64(2*writers*turns))
	wantEqual(t, len(read[[]journal.Entry](t)(w.JournalOf(w.ctx, "shared"))), writers*turns)
}

// journalTakesLaterTime: a clock set back does not back-date an entry.
func journalTakesLaterTime(t *testing.T, w *world) {
	back := event("b", "x")
	back.At = noon.Add(-time.Hour)
	w.record(event("a", "x"))
	w.record(back)
	wantEqual(t, w.verifyJournal().At, noon)
}

func checkpoints(t *testing.T, w *world) {
	_, err := w.LastCheckpoint(w.ctx)
	wantError(t, err, workflow.NotFound, "checkpoint.not-found")
	secret, _, err := journal.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var want []journal.Checkpoint
	tree := new(journal.Tree)
	for range 3 {
		c, err := journal.Sign(tree, noon, secret)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, c)
		w.must(func(tx workflow.Tx) error { return tx.AddCheckpoint(w.ctx, c) })
		for range 3 {
			tree.Add(strings.Repeat("ab", 32))
		}
	}
	wantEqual(t, read[[]journal.Checkpoint](t)(w.Checkpoints(w.ctx)), want)
	last := read[journal.Checkpoint](t)(w.LastCheckpoint(w.ctx))
	wantEqual(t, last, want[2])
	wantEqual(t, last.Tree().Root(), want[2].Tree().Root())
	w.refused(workflow.Conflict, "checkpoint.exists", func(tx workflow.Tx) error { return tx.AddCheckpoint(w.ctx, last) })
}
