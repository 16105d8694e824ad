package mail

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"jachete/workflow"
)

// Queue is where deliveries wait; [workflow.Service] implements it.
type Queue interface {
	// ClaimDeliveries leases up to n deliveries that are due.
	ClaimDeliveries(ctx context.Context, n int) ([]workflow.Delivery, error)
	// MailContent gives what to say, with links minted for the occasion. A
	// refusal of kind Conflict or Gone means that the delivery is no longer
	// wanted and already settled as cancelled: it is left alone.
	MailContent(ctx context.Context, d workflow.Delivery) (workflow.MailContent, error)
	// SettleDelivery records what became of an attempt.
	SettleDelivery(ctx context.Context, d workflow.Delivery, o workflow.Outcome) error
	// Wake is signalled after commits that queue mail.
	Wake() <-chan struct{}
}

const (
	workers        = 2                // side by side, each with its own connection
	batch          = 10               // deliveries claimed at once: few, so that leases last
	poll           = time.Second      // for what no wake-up announces: due retries, other instances
	grace          = 10 * time.Second // to finish a message once asked to stop
	settlePatience = 5 * time.Second
	settleTries    = 3
)

// Worker empties a queue through a transport.
type Worker struct {
	queue     Queue
	composer  *Composer
	transport Transport
	clock     workflow.Clock
	log       *slog.Logger
}

// NewWorker makes a worker.
func NewWorker(q Queue, c *Composer, t Transport, clock workflow.Clock, log *slog.Logger) *Worker {
	return &Worker{queue: q, composer: c, transport: t, clock: clock, log: log}
}

// Run works until ctx ends. It then claims nothing more, gives messages on
// their way 10 s to finish, hands back the others, and returns.
func (w *Worker) Run(ctx context.Context) {
	sending, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() {
		select {
		case <-time.After(grace):
			cut()
		case <-sending.Done():
		}
	})()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { w.loop(ctx, sending) })
	}
	all.Wait()
}

// loop works while there is work, and waits while there is none.
func (w *Worker) loop(ctx, sending context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		if w.round(ctx, sending) == batch {
			continue
		}
		select {
		case <-ctx.Done():
		case <-w.queue.Wake():
		case <-tick.C:
		}
	}
}

// round claims a batch and deals with it. It claims nothing while the relay is
// away, so that an outage costs no delivery an attempt.
func (w *Worker) round(ctx, sending context.Context) int {
	if err := w.transport.Ready(sending); err != nil {
		w.log.Debug("mail relay is not ready", "reason", answer(err.Error()))
		return 0
	}
	deliveries, err := w.queue.ClaimDeliveries(sending, batch)
	if err != nil {
		w.log.Error("cannot claim deliveries", "error", err)
		return 0
	}
	for _, d := range deliveries {
		w.deal(ctx, sending, d)
	}
	return len(deliveries)
}

// deal makes one attempt and settles it. What goes wrong with one delivery
// stays with it.
func (w *Worker) deal(ctx, sending context.Context, d workflow.Delivery) {
	o, wanted := w.attempt(ctx, sending, d)
	if !wanted {
		w.log.Info("delivery left alone", "delivery", d.ID, "kind", d.Kind)
		return
	}
	o.At = w.clock.Now()
	w.log.Info("delivery", "delivery", d.ID, "kind", d.Kind, "attempt", d.Attempts,
		"to", workflow.MaskEmail(d.Recipient), "result", result(o), "code", code(o.Answer))
	w.settle(sending, d, o)
}

// attempt tells what became of the delivery, or that it is not ours to send
// any more.
func (w *Worker) attempt(ctx, sending context.Context, d workflow.Delivery) (o workflow.Outcome, wanted bool) {
	defer func() {
		if r := recover(); r != nil {
			// the value may quote the mail: only its type and the place are logged
			w.log.Error("panic in a delivery", "delivery", d.ID, "type", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			o, wanted = workflow.Outcome{Answer: "internal error"}, true
		}
	}()
	if !d.LeaseUntil.IsZero() && !w.clock.Now().Before(d.LeaseUntil) {
		return o, false // somebody else's turn by now
	}
	if ctx.Err() != nil {
		return workflow.Outcome{Answer: "not tried: the service is stopping"}, true
	}
	if err := w.transport.Ready(sending); err != nil {
		return workflow.Outcome{Answer: answer("not tried: " + err.Error())}, true
	}
	return w.send(sending, d)
}

func (w *Worker) send(ctx context.Context, d workflow.Delivery) (workflow.Outcome, bool) {
	content, err := w.queue.MailContent(ctx, d)
	if workflow.IsKind(err, workflow.Conflict) || workflow.IsKind(err, workflow.Gone) {
		return workflow.Outcome{}, false
	}
	if err != nil {
		w.log.Error("cannot read what to say", "delivery", d.ID, "error", err)
		return workflow.Outcome{Answer: "not tried: content unavailable"}, true
	}
	m, err := w.composer.Delivery(content)
	if err != nil {
		return workflow.Outcome{Permanent: true, Answer: answer(err.Error())}, true
	}
	o := w.transport.Send(ctx, m)
	if o.Sent {
		o.Copy = w.composer.Copy(content)
	}
	return o, true
}

// settle outlives the end of ctx: forgetting a 250 would send the mail twice.
// For the same reason it tries again when the store is busy.
func (w *Worker) settle(ctx context.Context, d workflow.Delivery, o workflow.Outcome) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settlePatience)
	defer cancel()
	var err error
	for try := range settleTries {
		if err = w.queue.SettleDelivery(ctx, d, o); err == nil {
			return
		}
		if workflow.KindOf(err) != workflow.Internal && workflow.KindOf(err) != workflow.Unavailable {
			break // the lease was lost: another worker's word counts
		}
		time.Sleep(time.Duration(try+1) * 100 * time.Millisecond)
	}
	w.log.Error("cannot settle a delivery", "delivery", d.ID, "result", result(o), "error", err)
}

func result(o workflow.Outcome) string {
	switch {
	case o.Sent:
		return "sent"
	case o.TooBig:
		return "too-big"
	case o.Permanent:
		return "refused"
	}
	return "later"
}

// code is the number an answer starts with: all of it that is fit for a log,
// for relays quote addresses.
func code(answer string) string {
	if len(answer) >= 3 && answer[0] >= '2' && answer[0] <= '5' {
		return answer[:3]
	}
	return ""
}
