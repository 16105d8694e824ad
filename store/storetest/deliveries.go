package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
)

func (w *world) queue(ds ...workflow.Delivery) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error {
		for _, d := range ds {
			if err := tx.AddDelivery(w.ctx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// claim takes deliveries for a minute.
func (w *world) claim(now time.Time, lease string, limit int) (ds []workflow.Delivery) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) (err error) {
		ds, err = tx.ClaimDeliveries(w.ctx, now, now.Add(time.Minute), lease, limit)
		return err
	})
	return ds
}

func ids(ds []workflow.Delivery) (ids []string) {
	for _, d := range ds {
		ids = append(ids, d.ID)
	}
	return ids
}

func deliveries(t *testing.T, w *world) {
	d := Delivery("d1", "inv")
	d.LeaseUntil, d.Lease, d.Attempts, d.LinkOnly, d.FinishedAt = noon, "x", 2, true, noon
	d.Answer, d.State, d.Kind = "250 OK\x00\xff", workflow.DeliverySent, workflow.DeliveryPoleCopy
	earlier := Delivery("d2", "inv")
	earlier.CreatedAt = noon.Add(-time.Minute)
	w.queue(d, earlier, Delivery("d3", "autre"))
	d.Answer = "250 OK\uFFFD\uFFFD"
	wantEqual(t, read[workflow.Delivery](t)(w.Delivery(w.ctx, "d1")), d)
	wantEqual(t, read[[]workflow.Delivery](t)(w.DeliveriesOf(w.ctx, "inv")), []workflow.Delivery{earlier, d})
}

func deliveryKeys(t *testing.T, w *world) {
	first, again := Delivery("d1", "inv"), Delivery("d2", "inv")
	again.Key = first.Key
	w.queue(first, again)
	w.queue(again)
	wantEqual(t, ids(read[[]workflow.Delivery](t)(w.DeliveriesOf(w.ctx, "inv"))), []string{"d1"})
}

// claimOnce lets four workers empty a queue of 200, in handfuls of seven.
func claimOnce(t *testing.T, w *world) {
	const queued, workers = 200, 4
	for k := range queued {
		w.queue(Delivery(fmt.Sprintf("d%d", k), "inv"))
	}
	var mu sync.Mutex
	claims := map[string]int{}
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for idle, turns := 0, 0; idle < 3 && turns < queued; turns++ {
				ds := w.claim(noon, fmt.Sprint("lease-", worker), 7)
				if len(ds) == 0 {
					idle++ // others may hold rows that this one skipped
				}
				if len(ds) > 7 {
					t.Errorf("claimed %d, want at most 7", len(ds))
				}
				mu.Lock()
				for _, d := range ds {
					claims[d.ID]++
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	wantEqual(t, len(claims), queued)
	for id, n := range claims {
		if n != 1 {
			t.Errorf("%s was claimed %d times", id, n)
		}
	}
}

func claimAgainAfterLease(t *testing.T, w *world) {
	later, done := Delivery("d2", "inv"), Delivery("d3", "inv")
	later.RunAt, done.State = noon.Add(time.Second), workflow.DeliverySent
	w.queue(Delivery("d1", "inv"), later, done)
	got := w.claim(noon, "first", 10)
	want := Delivery("d1", "inv")
	want.State, want.Lease, want.LeaseUntil, want.Attempts = workflow.DeliverySending, "first", noon.Add(time.Minute), 1
	wantEqual(t, got, []workflow.Delivery{want})
	wantEqual(t, ids(w.claim(noon.Add(time.Minute-time.Millisecond), "second", 10)), []string{"d2"})
	got = w.claim(noon.Add(time.Minute), "third", 10)
	wantEqual(t, ids(got), []string{"d1"})
	wantEqual(t, got[0].Attempts, 2)
	wantEqual(t, len(w.claim(noon.Add(time.Hour), "fourth", 1)), 1)
}

// leaseFences: whoever lost his turn cannot say what became of the mail.
func leaseFences(t *testing.T, w *world) {
	w.queue(Delivery("d1", "inv"))
	slow := w.claim(noon, "slow", 1)[0]
	quick := w.claim(noon.Add(time.Minute), "quick", 1)[0]
	finish := func(lease string, d workflow.Delivery, answer string) func(workflow.Tx) error {
		d.State, d.Answer, d.Lease, d.LeaseUntil, d.FinishedAt = workflow.DeliverySent, answer, "", time.Time{}, noon
		return func(tx workflow.Tx) error { return tx.FinishDelivery(w.ctx, lease, d) }
	}
	w.refused(workflow.Conflict, "delivery.lease-lost", finish("slow", slow, "slow"))
	w.must(finish("quick", quick, "quick"))
	w.refused(workflow.Conflict, "delivery.lease-lost", finish("quick", quick, "again"))
	w.refused(workflow.Conflict, "delivery.lease-lost", finish("", quick, "none"))
	got := read[workflow.Delivery](t)(w.Delivery(w.ctx, "d1"))
	wantEqual(t, []any{got.Answer, got.State, got.Attempts}, []any{"quick", workflow.DeliverySent, 2})
	wantEqual(t, len(w.claim(noon.Add(time.Hour), "late", 1)), 0)
}

func cancelDeliveries(t *testing.T, w *world) {
	other, held, mail := Delivery("d2", "autre"), Delivery("d3", "inv"), Delivery("d4", "inv")
	held.State, held.Lease, held.LeaseUntil = workflow.DeliverySending, "x", noon.Add(time.Hour)
	mail.Kind = workflow.DeliveryCertificate
	w.queue(Delivery("d1", "inv"), other, held, mail)
	w.must(func(tx workflow.Tx) error {
		return tx.CancelDeliveries(w.ctx, "inv", workflow.DeliveryInvitation, noon)
	})
	state := func(id string) workflow.DeliveryState {
		return read[workflow.Delivery](t)(w.Delivery(w.ctx, id)).State
	}
	wantEqual(t, []any{state("d1"), state("d2"), state("d3"), state("d4")}, []any{workflow.DeliveryCancelled,
		workflow.DeliveryWaiting, workflow.DeliverySending, workflow.DeliveryWaiting})
	wantEqual(t, read[workflow.Delivery](t)(w.Delivery(w.ctx, "d1")).FinishedAt, noon)
}

func bounceDeliveries(t *testing.T, w *world) {
	sent := Delivery("d1", "inv")
	sent.State = workflow.DeliverySent
	w.queue(sent, Delivery("d2", "inv"))
	bounce := func(id string) func(workflow.Tx) error {
		return func(tx workflow.Tx) error {
			_, err := tx.BounceDelivery(w.ctx, id, "5.1.1 unknown", noon)
			return err
		}
	}
	w.must(bounce("d1"))
	got := read[workflow.Delivery](t)(w.Delivery(w.ctx, "d1"))
	wantEqual(t, []any{got.State, got.Answer, got.FinishedAt}, []any{workflow.DeliveryFailed, "5.1.1 unknown", noon})
	w.refused(workflow.NotFound, "delivery.not-found", bounce("d1")) // came back before
	w.refused(workflow.NotFound, "delivery.not-found", bounce("d2"))
	w.refused(workflow.NotFound, "delivery.not-found", bounce("nobody"))
}
