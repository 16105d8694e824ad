package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// Timeouts bound each part of a dialogue with a relay.
type Timeouts struct {
	Connect time.Duration // TCP
	Command time.Duration // each command, the greeting and the TLS handshake
	Data    time.Duration // the message and the answer to it
}

var usualTimeouts = Timeouts{Connect: 10 * time.Second, Command: 30 * time.Second, Data: 120 * time.Second}

var (
	errNoSTARTTLS  = errors.New("the relay does not offer STARTTLS")
	errNoMechanism = errors.New("the relay offers neither AUTH PLAIN nor LOGIN")
	errNotLocal    = errors.New("the relay is not on this machine")
)

// connection is one dialogue with a relay, open for several messages.
type connection struct {
	net      net.Conn
	client   *smtp.Client
	timeouts Timeouts
	carried  int         // messages so far
	expiry   *time.Timer // while idle
}

// dialler opens connections.
type dialler struct {
	relay    Relay
	helo     string
	tls      *tls.Config
	timeouts Timeouts
}

// open dials, protects and authenticates. Nothing of ours but our name is said
// before the connection is protected.
func (d dialler) open(ctx context.Context) (*connection, *failure) {
	dial := net.Dialer{Timeout: d.timeouts.Connect}
	raw, err := dial.DialContext(ctx, "tcp", d.relay.String())
	if err != nil {
		return nil, fail("dial", err)
	}
	c := &connection{net: raw, timeouts: d.timeouts}
	stop := c.within(ctx, d.timeouts.Command)
	f := d.greet(ctx, c)
	stop()
	if f != nil {
		raw.Close()
		return nil, f
	}
	return c, nil
}

func (d dialler) greet(ctx context.Context, c *connection) *failure {
	if d.relay.security == plain && !localPeer(c.net) {
		return fail("dial", errNotLocal)
	}
	stream := c.net
	if d.relay.security == implicitTLS {
		protected := tls.Client(c.net, d.tls)
		if err := protected.HandshakeContext(ctx); err != nil {
			return fail("tls", err)
		}
		stream = protected
	}
	var err error
	if c.client, err = smtp.NewClient(stream, d.relay.host); err != nil {
		return fail("greeting", err)
	}
	c.client.SkipSMTPUTF8(true) // our addresses are ASCII; asking would bounce at older servers
	if err := c.client.Hello(d.helo); err != nil {
		return fail("greeting", err)
	}
	if d.relay.security == startTLS {
		if err := c.protect(d.tls); err != nil {
			return fail("tls", err)
		}
	}
	if d.relay.user == "" {
		return nil
	}
	if err := c.authenticate(d.relay); err != nil {
		return fail("auth", err)
	}
	return nil
}

func localPeer(c net.Conn) bool {
	peer, ok := c.RemoteAddr().(*net.TCPAddr)
	return ok && peer.IP.IsLoopback()
}

func (c *connection) protect(config *tls.Config) error {
	if offered, _ := c.client.Extension("STARTTLS"); !offered {
		return errNoSTARTTLS
	}
	return c.client.StartTLS(config)
}

func (c *connection) authenticate(r Relay) error {
	_, offered := c.client.Extension("AUTH")
	mechanisms := " " + strings.ToUpper(offered) + " "
	switch {
	case strings.Contains(mechanisms, " PLAIN "):
		return c.client.Auth(smtp.PlainAuth("", r.user, r.password, r.host, r.security == plain))
	case strings.Contains(mechanisms, " LOGIN "):
		return c.client.Auth(smtp.LoginAuth(r.user, r.password, r.host, r.security == plain))
	}
	return errNoMechanism
}

// within bounds what follows by a time and by ctx, until stop is called.
func (c *connection) within(ctx context.Context, limit time.Duration) (stop func() bool) {
	c.net.SetDeadline(time.Now().Add(limit))
	return context.AfterFunc(ctx, func() { c.net.SetDeadline(time.Unix(1, 0)) })
}

// carry hands one message over and gives the relay's words.
func (c *connection) carry(ctx context.Context, m Message, raw []byte) (string, *failure) {
	for _, step := range []struct {
		stage string
		say   func() error
	}{
		{"mail", func() error { return c.client.Mail("<" + m.From + ">") }},
		{"rcpt", func() error { return c.client.Rcpt("<" + m.To + ">") }},
	} {
		stop := c.within(ctx, c.timeouts.Command)
		err := step.say()
		stop()
		if err != nil {
			return "", fail(step.stage, err)
		}
	}
	c.carried++
	defer c.within(ctx, c.timeouts.Data)()
	return c.data(raw)
}

func (c *connection) data(raw []byte) (string, *failure) {
	body, err := c.client.Data()
	if err != nil {
		return "", fail("data", err)
	}
	if _, err := body.Write(raw); err != nil {
		return "", fail("data", err)
	}
	if err := body.Close(); err != nil {
		return "", fail("dot", err)
	}
	words := ""
	if closer, ok := body.(*smtp.DataCloser); ok {
		words = closer.ServerResponse()
	}
	return "250 " + words, nil
}

// farewell bounds the courtesy of a QUIT.
const farewell = 2 * time.Second

// bye ends the dialogue.
func (c *connection) bye() {
	c.net.SetDeadline(time.Now().Add(farewell))
	c.client.Quit() // best effort, the relay forgets us anyway
	c.net.Close()
}

// reset makes the connection fit for another message after a refusal.
func (c *connection) reset() error {
	c.net.SetDeadline(time.Now().Add(c.timeouts.Command))
	return c.client.Reset()
}
