package mailtest

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Security is how the relay protects its connections.
type Security int

// The protections.
const (
	Plain    Security = iota // none
	StartTLS                 // offered in the EHLO answer
	Implicit                 // TLS from the first byte
)

// Options of a relay.
type Options struct {
	Security Security
	User     string // asked for when not empty
	Password string
	Mute     bool // accepts connections and never says a word
}

// Received is a message the relay took, or would have before it closed.
type Received struct {
	From string
	To   []string
	Raw  []byte
	TLS  bool   // the connection was protected
	User string // who had signed in
	Helo string
}

// Relay is a running relay. Its methods may be called while it serves.
type Relay struct {
	options Options
	address string
	cert    tls.Certificate
	roots   *x509.CertPool
	stop    chan struct{} // closed at the end of the test, frees what hangs

	mu       sync.Mutex
	server   *smtp.Server // nil while down
	listener net.Listener
	scripts  map[string][]Answer
	received []Received
	wire     []byte
	dials    int
}

// Start runs a relay on a free port of this machine until the test ends.
func Start(t testing.TB, o Options) *Relay {
	t.Helper()
	cert, roots, err := makeCertificate()
	if err != nil {
		t.Fatal(err)
	}
	r := &Relay{options: o, address: "127.0.0.1:0", cert: cert, roots: roots,
		stop: make(chan struct{}), scripts: map[string][]Answer{}}
	if err := r.Up(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { close(r.stop); r.Down() })
	return r
}

// Up makes the relay serve, at the same port as before.
func (r *Relay) Up() error {
	listener, err := net.Listen("tcp", r.address)
	if err != nil {
		return fmt.Errorf("mailtest: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.address, r.listener = listener.Addr().String(), listener
	var accepting net.Listener = &tap{Listener: listener, relay: r}
	if r.options.Mute {
		go r.mute(accepting)
		return nil
	}
	server := smtp.NewServer(smtp.BackendFunc(r.session))
	server.Domain, server.AllowInsecureAuth = "relay.example.org", true
	server.ErrorLog = log.New(io.Discard, "", 0)
	server.ReadTimeout, server.WriteTimeout = time.Minute, time.Minute
	switch r.options.Security {
	case StartTLS:
		server.TLSConfig = r.tls()
	case Implicit:
		accepting = tls.NewListener(accepting, r.tls())
	}
	r.server = server
	go server.Serve(accepting)
	return nil
}

// Down closes the port and every connection.
func (r *Relay) Down() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listener.Close()
	if r.server != nil {
		r.server.Close()
		r.server = nil
	}
}

// mute keeps connections open without a word.
func (r *Relay) mute(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			<-r.stop
		}()
	}
}

func (r *Relay) tls() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{r.cert}, MinVersion: tls.VersionTLS12}
}

// URL is the relay's address as JACHETE_SMTP takes it.
func (r *Relay) URL() string {
	scheme := map[Security]string{Plain: "smtp+plain", StartTLS: "smtp", Implicit: "smtps"}[r.options.Security]
	credentials := ""
	if r.options.User != "" {
		credentials = r.options.User + ":" + r.options.Password + "@"
	}
	return scheme + "://" + credentials + r.address
}

// CAs are the roots under which the relay's certificate is good.
func (r *Relay) CAs() *x509.CertPool { return r.roots }

// Received gives the messages so far, in order of arrival.
func (r *Relay) Received() []Received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Received(nil), r.received...)
}

// ReceivedBy gives the messages one address got.
func (r *Relay) ReceivedBy(address string) []Received {
	var own []Received
	for _, m := range r.Received() {
		if strings.EqualFold(strings.Join(m.To, ","), address) {
			own = append(own, m)
		}
	}
	return own
}

// Wire is everything clients have sent, as it went over the wire: cipher text
// once a connection was protected.
func (r *Relay) Wire() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]byte(nil), r.wire...)
}

// Dials is the number of connections so far.
func (r *Relay) Dials() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.dials
}

// tap counts connections and records what they carry.
type tap struct {
	net.Listener
	relay *Relay
}

func (l *tap) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.relay.mu.Lock()
	l.relay.dials++
	l.relay.mu.Unlock()
	return &tappedConn{Conn: c, relay: l.relay}, nil
}

type tappedConn struct {
	net.Conn
	relay *Relay
}

func (c *tappedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.relay.mu.Lock()
	c.relay.wire = append(c.relay.wire, p[:n]...)
	c.relay.mu.Unlock()
	return n, err
}
