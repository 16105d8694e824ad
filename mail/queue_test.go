package mail

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
)

// fakeQueue keeps deliveries in memory and settles as the domain does, with
// retries after a moment instead of minutes.
type fakeQueue struct {
	mu         sync.Mutex
	deliveries []*workflow.Delivery
	outcomes   map[string][]workflow.Outcome
	wake       chan struct{}
	retry      time.Duration
	lease      time.Duration
	content    func(workflow.Delivery) (workflow.MailContent, error)
	settleErrs int // settlements to fail first
}

func newFakeQueue() *fakeQueue {
	return &fakeQueue{outcomes: map[string][]workflow.Outcome{}, wake: make(chan struct{}, 1),
		retry: 20 * time.Millisecond, lease: time.Minute,
		content: func(d workflow.Delivery) (workflow.MailContent, error) {
			m := sampleDelivery(d.Kind, workflow.French)
			m.Delivery = d
			return m, nil
		}}
}

// add queues a mail of that kind to each address.
func (q *fakeQueue) add(kind workflow.DeliveryKind, to ...string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, address := range to {
		id := fmt.Sprintf("d%d", len(q.deliveries))
		q.deliveries = append(q.deliveries, &workflow.Delivery{ID: id, Kind: kind, Recipient: address,
			Language: workflow.French, MessageID: id + "@jachete.example.org", State: workflow.DeliveryWaiting,
			CreatedAt: testTime})
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *fakeQueue) Wake() <-chan struct{} { return q.wake }

func (q *fakeQueue) ClaimDeliveries(_ context.Context, n int) ([]workflow.Delivery, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var claimed []workflow.Delivery
	now := time.Now()
	for _, d := range q.deliveries {
		if len(claimed) < n && d.State == workflow.DeliveryWaiting && !now.Before(d.RunAt) {
			d.State, d.LeaseUntil = workflow.DeliverySending, now.Add(q.lease)
			d.Attempts++
			claimed = append(claimed, *d)
		}
	}
	return claimed, nil
}

func (q *fakeQueue) MailContent(_ context.Context, d workflow.Delivery) (workflow.MailContent, error) {
	return q.content(d)
}

func (q *fakeQueue) SettleDelivery(_ context.Context, d workflow.Delivery, o workflow.Outcome) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.settleErrs > 0 {
		q.settleErrs--
		return fmt.Errorf("database is locked")
	}
	q.outcomes[d.ID] = append(q.outcomes[d.ID], o)
	for _, own := range q.deliveries {
		if own.ID != d.ID {
			continue
		}
		own.Answer, own.State, own.RunAt = o.Answer, workflow.DeliveryWaiting, time.Now().Add(q.retry)
		switch {
		case o.Sent:
			own.State = workflow.DeliverySent
		case o.TooBig && !own.LinkOnly:
			own.LinkOnly = true
		case o.Permanent || o.TooBig:
			own.State = workflow.DeliveryFailed
		}
	}
	return nil
}

// count gives the deliveries in a state.
func (q *fakeQueue) count(s workflow.DeliveryState) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := 0
	for _, d := range q.deliveries {
		if d.State == s {
			n++
		}
	}
	return n
}

// history gives the outcomes of the n-th delivery.
func (q *fakeQueue) history(n int) []workflow.Outcome {
	q.mu.Lock()
	defer q.mu.Unlock()
	return append([]workflow.Outcome(nil), q.outcomes[fmt.Sprintf("d%d", n)]...)
}

// eventually waits for something that other goroutines bring about.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("never came: %s", what)
}
