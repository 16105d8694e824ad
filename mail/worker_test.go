package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"jachete/mail/mailtest"
	"jachete/workflow"
)

// work runs a worker until the test ends, or until stop returns.
func work(t testing.TB, q Queue, transport Transport, log *syncBuffer) (stop func()) {
	t.Helper()
	logger := slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w := NewWorker(q, newComposer(t), transport, workflow.SystemClock, logger)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); w.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

// live gives a transport its own real clock, with pauses as they are.
func live(o *SMTPOptions) { o.Clock = workflow.SystemClock }

// patient waits for answers as in earnest: a mail whose answer is given up on a
// busy machine goes out twice, as it must.
func patient(o *SMTPOptions) {
	live(o)
	o.Timeouts = usualTimeouts
}

func TestOutageCostsNoAttemptsAndEverythingLeavesAfter(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Down()
	q, c := newFakeQueue(), dialTo(t, relay.URL(), nil)
	for i := range 50 {
		q.add(workflow.DeliveryInvitation, fmt.Sprintf("a%d@example.org", i))
	}
	work(t, q, c, c.log)
	eventually(t, "the relay is missed", func() bool { return c.Ready(context.Background()) != nil })
	for range 5 { // ten seconds each of an outage that lasts
		c.clock.advance(pauses[unreachable] + time.Second)
		time.Sleep(50 * time.Millisecond)
	}
	if q.count(workflow.DeliverySent) != 0 {
		t.Fatal("sent to a relay that is down")
	}
	if err := relay.Up(); err != nil {
		t.Fatal(err)
	}
	c.clock.advance(pauses[unreachable] + time.Second)
	eventually(t, "all sent", func() bool { return q.count(workflow.DeliverySent) == 50 })
	if n := len(relay.Received()); n != 50 {
		t.Errorf("%d messages received, want 50", n)
	}
	attempts := 0
	for i := range 50 {
		attempts += len(q.history(i))
	}
	if inHand := workers * batch; attempts > 50+inHand {
		t.Errorf("%d attempts for 50 deliveries; an outage may cost one to the %d in hand", attempts, inHand)
	}
}

func TestBadRecipientsHarmNoOther(t *testing.T) {
	bad := []mailtest.Answer{
		{Code: 550, Text: "no such user"}, {At: mailtest.AtEnd, Code: 554, Text: "refused"},
		{Code: 451, Text: "later"}, {At: mailtest.AtEnd, Code: 452, Text: "disk full"}, {At: mailtest.AtEnd, Close: true},
	}
	relay, q := mailtest.Start(t, mailtest.Options{}), newFakeQueue()
	c := dialTo(t, relay.URL(), patient)
	for i := range 1000 {
		if i%10 != 0 {
			q.add(workflow.DeliveryInvitation, fmt.Sprintf("good%d@example.org", i))
			continue
		}
		a, address := bad[i/10%len(bad)], fmt.Sprintf("bad%d@example.org", i)
		relay.Script(address, a, a)
		q.add(workflow.DeliveryInvitation, address)
	}
	work(t, q, c, c.log)
	eventually(t, "all settled", func() bool {
		return q.count(workflow.DeliverySent) == 960 && q.count(workflow.DeliveryFailed) == 40
	})
	got := map[string][]mailtest.Received{}
	for _, m := range relay.Received() {
		got[m.To[0]] = append(got[m.To[0]], m)
	}
	for i := range 1000 {
		if n := len(got[fmt.Sprintf("good%d@example.org", i)]); i%10 != 0 && n != 1 {
			t.Errorf("good%d got %d messages, want 1", i, n)
		}
	}
	if cut := got["bad40@example.org"]; len(cut) != 3 || !bytes.Equal(cut[0].Raw, cut[2].Raw) {
		t.Errorf("a message cut short twice came %d times, or changed", len(cut))
	}
}

func TestFileTooBigIsReplacedByALink(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Script("x@example.org", mailtest.Answer{At: mailtest.AtEnd, Code: 552, Text: "too big"})
	q, c := newFakeQueue(), dialTo(t, relay.URL(), live)
	q.add(workflow.DeliveryCertificate, "x@example.org")
	work(t, q, c, c.log)
	eventually(t, "sent", func() bool { return q.count(workflow.DeliverySent) == 1 })
	l, err := ParseLetter(relay.Received()[0].Raw)
	if err != nil || len(l.Attachments) != 0 || !strings.Contains(l.Text, "https://jachete.example.org/i/") {
		t.Errorf("letter with %d attachments, %v", len(l.Attachments), err)
	}
}

func TestUnwantedDeliveriesAreLeftAlone(t *testing.T) {
	q, box := newFakeQueue(), Mailbox{Dir: t.TempDir(), Clock: workflow.SystemClock}
	own := q.content
	q.content = func(d workflow.Delivery) (workflow.MailContent, error) {
		switch d.ID {
		case "d0":
			return workflow.MailContent{}, &workflow.Error{Kind: workflow.Gone, Key: "link.revoked"}
		case "d1":
			return workflow.MailContent{}, &workflow.Error{Kind: workflow.Conflict, Key: "delivery.lease"}
		case "d2":
			panic("secret in a panic")
		case "d3":
			return workflow.MailContent{}, errors.New("database is away")
		case "d4":
			d.Recipient = "not an address"
		}
		return own(d)
	}
	var log syncBuffer
	q.retry = time.Hour
	q.add(workflow.DeliveryInvitation, "a@example.org", "b@example.org", "c@example.org", "d@example.org", "e@example.org", "f@example.org")
	work(t, q, box, &log)
	eventually(t, "the last is sent", func() bool { return q.count(workflow.DeliverySent) == 1 && len(q.history(3)) == 1 })
	for n, want := range map[int]struct {
		attempts  int
		permanent bool
	}{0: {0, false}, 1: {0, false}, 2: {1, false}, 3: {1, false}, 4: {1, true}} {
		got := q.history(n)
		if len(got) != want.attempts || (len(got) == 1 && got[0].Permanent != want.permanent) {
			t.Errorf("delivery %d: %+v, want %+v", n, got, want)
		}
	}
	if strings.Contains(log.String(), "secret in a panic") {
		t.Error("the value of a panic is in the log")
	}
}

func TestLostLeaseIsNotSent(t *testing.T) {
	q, box := newFakeQueue(), Mailbox{Dir: t.TempDir(), Clock: workflow.SystemClock}
	q.lease = -time.Second
	q.add(workflow.DeliveryInvitation, "a@example.org")
	var log syncBuffer
	work(t, q, box, &log)
	eventually(t, "claimed", func() bool {
		return q.count(workflow.DeliverySending) == 1 && strings.Contains(log.String(), "left alone")
	})
	if letters, err := box.List(1); err != nil || len(letters) != 0 {
		t.Errorf("a delivery whose lease is over was sent: %v, %v", letters, err)
	}
}

func TestA250IsNotForgotten(t *testing.T) {
	q, box := newFakeQueue(), Mailbox{Dir: t.TempDir(), Clock: workflow.SystemClock}
	q.settleErrs = 2
	q.add(workflow.DeliveryInvitation, "a@example.org")
	work(t, q, box, &syncBuffer{})
	eventually(t, "settled after a busy store", func() bool { return q.count(workflow.DeliverySent) == 1 })
}

func TestStoppingFinishesTheMessageAndHandsBackTheOthers(t *testing.T) {
	q := newFakeQueue()
	gate := &gated{started: make(chan struct{}, batch), release: make(chan struct{})}
	q.add(workflow.DeliveryInvitation, "a@example.org", "b@example.org", "c@example.org")
	q.retry = time.Hour
	stop := work(t, q, gate, &syncBuffer{})
	<-gate.started
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	select {
	case <-stopped:
		t.Fatal("stopped in the middle of a message")
	case <-time.After(100 * time.Millisecond):
	}
	close(gate.release)
	<-stopped
	if sent, waiting := q.count(workflow.DeliverySent), q.count(workflow.DeliveryWaiting); sent != 1 || waiting != 2 {
		t.Errorf("%d sent, %d handed back; want 1 and 2", sent, waiting)
	}
}

// gated is a transport that waits for the test.
type gated struct{ started, release chan struct{} }

func (g *gated) Ready(context.Context) error { return nil }

func (g *gated) Send(context.Context, Message) workflow.Outcome {
	g.started <- struct{}{}
	<-g.release
	return workflow.Outcome{Sent: true, Answer: "250 ok"}
}

func TestLogsHoldNoAddressNoLinkNoWords(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Always("absent.person@example.org", mailtest.Answer{Code: 550, Text: "<absent.person@example.org> unknown"})
	q, c := newFakeQueue(), dialTo(t, relay.URL(), live)
	q.add(workflow.DeliveryInvitation, "camille.exemple@example.org", "absent.person@example.org")
	work(t, q, c, c.log)
	eventually(t, "settled", func() bool { return q.count(workflow.DeliverySent) == 1 && q.count(workflow.DeliveryFailed) == 1 })
	for _, secret := range []string{"camille.exemple", "absent.person", "/i/", "/desabonnement/", "Rivière", "Bonjour"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("%q is in the log:\n%s", secret, c.log)
		}
	}
	for _, want := range []string{`"delivery":"d0"`, `"result":"sent"`, `"result":"refused"`, `"code":"550"`, "c…@example.org"} {
		if !strings.Contains(c.log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}
}
