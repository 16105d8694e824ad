package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"sync"
	"time"

	"jachete/workflow"
)

// SMTPOptions complete a relay's address.
type SMTPOptions struct {
	Helo     string         // our name to the relay: the host of the public address; empty for "localhost"
	RootCAs  *x509.CertPool // nil for the system's
	DKIM     *DKIM          // nil to sign nothing
	Timeouts Timeouts       // zero for 10 s, 30 s and 120 s
	Clock    workflow.Clock
	Log      *slog.Logger
}

// SMTP is the transport to a relay. It keeps connections open for the messages
// of a batch, never falls back to less protection, and leaves the relay alone
// for a while after trouble: see [Transport.Ready].
type SMTP struct {
	dialler dialler
	dkim    *DKIM
	log     *slog.Logger
	circuit circuit
	dialing chan struct{} // one dial at a time, so that trouble is met once

	mu     sync.Mutex
	idle   []*connection
	closed bool
}

// NewSMTP makes a transport. It connects when the first message comes.
func NewSMTP(r Relay, o SMTPOptions) *SMTP {
	if o.Helo == "" {
		o.Helo = "localhost" // never the machine's own name
	}
	if o.Timeouts == (Timeouts{}) {
		o.Timeouts = usualTimeouts
	}
	return &SMTP{
		dialler: dialler{
			relay: r, helo: o.Helo, timeouts: o.Timeouts,
			tls: &tls.Config{ServerName: r.host, RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12},
		},
		dkim: o.DKIM, log: o.Log, circuit: circuit{clock: o.Clock}, dialing: make(chan struct{}, 1),
	}
}

// Send implements [Transport]. While the relay refuses who we are, it answers
// without trying.
func (s *SMTP) Send(ctx context.Context, m Message) workflow.Outcome {
	raw, err := s.dkim.sign(m.Raw)
	if err != nil {
		return workflow.Outcome{Answer: answer("DKIM: " + err.Error())}
	}
	words, f := s.carry(ctx, m, raw)
	if f != nil {
		return f.outcome(s.dialler.relay.password)
	}
	return workflow.Outcome{Sent: true, Answer: answer(words, s.dialler.relay.password)}
}

// carry uses an idle connection when there is one. The relay may have closed
// that meanwhile: what fails on it before the message itself is tried afresh.
func (s *SMTP) carry(ctx context.Context, m Message, raw []byte) (string, *failure) {
	if c := s.takeIdle(); c != nil {
		words, f := c.carry(ctx, m, raw)
		stale := f != nil && f.stage == "mail" && (f.cause == slowDown || f.cause == unreachable)
		if !stale {
			return words, s.settle(ctx, c, f)
		}
		c.net.Close()
	}
	c, f := s.open(ctx, s.circuit.distrusted)
	if f != nil {
		return "", f
	}
	words, f := c.carry(ctx, m, raw)
	return words, s.settle(ctx, c, f)
}

// open dials, alone, unless something keeps us away.
func (s *SMTP) open(ctx context.Context, away func() *failure) (*connection, *failure) {
	select {
	case s.dialing <- struct{}{}:
	case <-ctx.Done():
		return nil, fail("dial", ctx.Err())
	}
	defer func() { <-s.dialing }()
	if f := away(); f != nil {
		return nil, f
	}
	c, f := s.dialler.open(ctx)
	if f == nil {
		s.circuit.note(nil)
		return c, nil
	}
	s.note(ctx, f)
	return nil, f
}

// note remembers trouble, and raises the alarm when somebody must act.
func (s *SMTP) note(ctx context.Context, f *failure) {
	if ctx.Err() != nil && f.code == 0 {
		return // the caller's patience ended, which says nothing about the relay
	}
	s.circuit.note(f)
	if f.cause == distrust {
		s.log.Error("mail alarm: no mail leaves until this is mended", "relay", s.dialler.relay.String(),
			"stage", f.stage, "reason", answer(f.words(), s.dialler.relay.password))
	}
}

// settle keeps the connection for the next message when it is fit for one.
func (s *SMTP) settle(ctx context.Context, c *connection, f *failure) *failure {
	switch {
	case f == nil:
		s.putIdle(c)
	case f.cause == refused && c.reset() == nil:
		s.putIdle(c)
	default:
		c.net.Close()
		s.note(ctx, f)
	}
	return f
}

// Ready implements [Transport].
func (s *SMTP) Ready(ctx context.Context) error {
	if s.circuit.closed() {
		return nil
	}
	c, f := s.open(ctx, s.circuit.paused)
	if f != nil {
		return f
	}
	s.putIdle(c)
	return nil
}

// Probe holds a whole dialogue with the relay short of a message, and gives
// the reason when it refuses.
func (s *SMTP) Probe(ctx context.Context) error {
	c, f := s.open(ctx, s.circuit.distrusted)
	if f != nil {
		return f
	}
	c.bye()
	return nil
}

const (
	idleLife  = 5 * time.Second // connections outlive a batch by this
	idleMost  = 4
	carryMost = 100 // messages per connection: relays dislike more
)

func (s *SMTP) takeIdle() *connection {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.idle) > 0 {
		c := s.idle[len(s.idle)-1]
		s.idle = s.idle[:len(s.idle)-1]
		if c.expiry.Stop() {
			return c
		}
	}
	return nil
}

func (s *SMTP) putIdle(c *connection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.idle) >= idleMost || c.carried >= carryMost {
		go c.bye()
		return
	}
	c.expiry = time.AfterFunc(idleLife, func() { s.retire(c) })
	s.idle = append(s.idle, c)
}

// retire ends a connection nobody used for a while.
func (s *SMTP) retire(c *connection) {
	s.mu.Lock()
	for i, other := range s.idle {
		if other == c {
			s.idle = append(s.idle[:i], s.idle[i+1:]...)
			break
		}
	}
	s.mu.Unlock()
	c.bye()
}

// Close ends the idle connections. Messages on their way are not cut.
func (s *SMTP) Close() {
	s.mu.Lock()
	idle := s.idle
	s.idle, s.closed = nil, true
	s.mu.Unlock()
	for _, c := range idle {
		if c.expiry.Stop() {
			c.bye()
		}
	}
}
