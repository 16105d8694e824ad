package workflow_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// several is more than two chunks of lines.
const several = 450

// mortal is a store whose program dies: after so many transactions, nothing
// more is written.
type mortal struct {
	workflow.Store
	left atomic.Int32
}

var errDead = errors.New("the program is dead")

func (m *mortal) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	if m.left.Add(-1) < 0 {
		return errDead
	}
	return m.Store.Update(ctx, fn)
}

// onceFor is a world on the same store, which dies after n transactions.
func onceFor(t *testing.T, w *workflowtest.World, n int32) *workflow.Service {
	t.Helper()
	m := &mortal{Store: w.Store}
	m.left.Store(1 << 20)
	s := workflowtest.NewService(t, m, w.Clock, w.Courier, workflowtest.Sealer{})
	m.left.Store(n)
	return s
}

// A worker that dies after any transaction leaves whole chunks behind; another
// instance goes on once the lease is over, and nobody is invited twice.
func TestBatchGoesOnAfterACrash(t *testing.T) {
	for deadAfter := range int32(4) {
		onBoth(t, func(t *testing.T, w *workflowtest.World) {
			b := preview(t, w, list(several))
			confirm(t, w, b)
			if err := onceFor(t, w, deadAfter).WorkBatches(t.Context()); !errors.Is(err, errDead) && deadAfter < 4 {
				t.Fatalf("after %d: %v", deadAfter, err)
			}
			b = batchNow(t, w, b)
			if n := invitationsIn(t, w); b.State != workflow.BatchConfirmed || b.Made != n || b.Made != int(max(deadAfter-1, 0))*200 {
				t.Errorf("dead after %d: %s, %d said, %d made", deadAfter, b.State, b.Made, n)
			}
			if deadAfter > 0 {
				work(t, w)
				if now := batchNow(t, w, b); now.Made != b.Made {
					t.Error("somebody worked under another's lease")
				}
			}
			w.Clock.Move(16 * time.Second)
			work(t, w)
			if b = batchNow(t, w, b); b.State != workflow.BatchDone || b.Made != several || invitationsIn(t, w) != several {
				t.Errorf("afterwards %s, %d said, %d made", b.State, b.Made, invitationsIn(t, w))
			}
			mails := 0
			for got := len(w.Deliver(t)); got > 0; got = len(w.Deliver(t)) {
				mails += got
			}
			if mails != several {
				t.Errorf("%d mails for %d lines", mails, several)
			}
		})
	}
}

// A worker that is asked to stop gives the batch up at once.
func TestStoppedWorkerHandsOver(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(several))
		confirm(t, w, b)
		ctx, stop := context.WithCancel(t.Context())
		s := workflowtest.NewService(t, &stopping{Store: w.Store, after: 2, stop: stop}, w.Clock, w.Courier, workflowtest.Sealer{})
		if err := s.WorkBatches(ctx); err == nil {
			t.Fatal("it did not stop")
		}
		if b = batchNow(t, w, b); b.State != workflow.BatchConfirmed || b.Made != 200 {
			t.Fatalf("stopped at %d, %s", b.Made, b.State)
		}
		work(t, w) // no time has passed
		if b = batchNow(t, w, b); b.State != workflow.BatchDone || b.Made != several {
			t.Errorf("%d, %s", b.Made, b.State)
		}
	})
}

// stopping is a store during whose work the program is told to stop; seeding
// comes first and does not count.
type stopping struct {
	workflow.Store
	after  int
	seeded bool
	stop   func()
}

func (s *stopping) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	if !s.seeded {
		s.seeded = true
		return s.Store.Update(ctx, fn)
	}
	err := s.Store.Update(ctx, fn)
	if s.after--; s.after == 0 {
		s.stop()
	}
	return err
}

// Instances that work side by side, and people who confirm side by side, make
// one invitation of each line.
func TestTwoInstancesOneEffect(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(several))
		other := workflowtest.NewService(t, w.Store, w.Clock, w.Courier, workflowtest.Sealer{})
		var group sync.WaitGroup
		for _, s := range []*workflow.Service{w.Service, other, w.Service, other} {
			group.Go(func() {
				if err := s.ConfirmBatch(t.Context(), workflow.Operator(), b.ID, seen(b)); err != nil {
					t.Error(err)
				}
				if err := s.WorkBatches(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if b = batchNow(t, w, b); b.State != workflow.BatchDone || b.Made != several || invitationsIn(t, w) != several {
			t.Errorf("%s, %d said, %d made", b.State, b.Made, invitationsIn(t, w))
		}
		entries, err := w.Store.JournalOf(t.Context(), "batch:"+b.ID)
		if err != nil || len(entries) != 3 {
			t.Errorf("%d entries about the batch, %v", len(entries), err)
		}
		if _, err := w.VerifyJournal(t.Context(), nil, false); err != nil {
			t.Error(err)
		}
	})
}

// cancelling is a store during whose work somebody cancels.
type cancelling struct {
	workflow.Store
	after  int
	cancel func()
}

func (c *cancelling) Update(ctx context.Context, fn func(workflow.Tx) error) error {
	if c.after--; c.after == 0 {
		c.cancel()
	}
	return c.Store.Update(ctx, fn)
}

// A cancellation stops the work before the next chunk; what was made stays and
// is told.
func TestCancellingStopsTheWork(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(several))
		confirm(t, w, b)
		c := &cancelling{Store: w.Store}
		s := workflowtest.NewService(t, c, w.Clock, w.Courier, workflowtest.Sealer{})
		c.after, c.cancel = 3, func() { // after the claim and one chunk
			if err := w.CancelBatch(t.Context(), workflow.Operator(), b.ID); err != nil {
				t.Error(err)
			}
		}
		if err := s.WorkBatches(t.Context()); err != nil {
			t.Fatal(err)
		}
		work(t, w)
		if b = batchNow(t, w, b); b.State != workflow.BatchCancelled || b.Made != 200 || invitationsIn(t, w) != 200 || b.FinishedAt.IsZero() {
			t.Errorf("%s, %d said, %d made", b.State, b.Made, invitationsIn(t, w))
		}
		again := preview(t, w, list(several))
		if again.Good() != several-200 {
			t.Errorf("the file again: %v", again.Counts)
		}
	})
}

// What happened between the preview and a line's turn counts, and harms no
// other line.
func TestLinesAreJudgedAgainInTheirTurn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(3))
		confirm(t, w, b)
		r := workflowtest.Request()
		r.Organisation, r.Kind, r.Place.MunicipalityCode, r.Contact.Email = "Coopérative Gabarit 0", workflow.KindCooperative, "43027", "c0@example.org"
		w.Invite(t, r)
		if err := w.Store.Update(t.Context(), func(tx workflow.Tx) error {
			return tx.Suppress(t.Context(), workflow.Suppression{PoleSlug: "estrie", Email: "c1@example.org", Reason: workflow.SuppressedByRequest, At: w.Clock.Now()})
		}); err != nil {
			t.Fatal(err)
		}
		work(t, w)
		rows := batchRows(t, w, b)
		if rows[0].Outcome != workflow.RowInvited || rows[1].Outcome != workflow.RowUnsubscribed || rows[2].Outcome != workflow.RowGood {
			t.Errorf("%s, %s, %s", rows[0].Outcome, rows[1].Outcome, rows[2].Outcome)
		}
		if b = batchNow(t, w, b); b.Made != 1 || b.Skipped != 2 || b.State != workflow.BatchDone {
			t.Errorf("%+v", b)
		}
	})
}

// The schedule takes up what nobody woke for.
func TestScheduleWorksBatches(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		b := preview(t, w, list(1))
		confirm(t, w, b)
		select {
		case <-w.BatchWake():
		default:
			t.Error("nobody was woken")
		}
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if b = batchNow(t, w, b); b.State != workflow.BatchDone {
			t.Error(b.State)
		}
	})
}
