package mail

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/mail/mailtest"
	"jachete/workflow"
)

// short lets a silent relay be met in a test's time.
var short = Timeouts{Connect: time.Second, Command: 400 * time.Millisecond, Data: 600 * time.Millisecond}

// handClock is a clock the test moves.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *handClock) advance(d time.Duration) { c.mu.Lock(); c.now = c.now.Add(d); c.mu.Unlock() }

// client is a transport to a relay, with the log it writes.
type client struct {
	*SMTP
	clock *handClock
	log   *syncBuffer
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}
func (s *syncBuffer) String() string { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }

func dialTo(t testing.TB, url string, change func(*SMTPOptions)) client {
	t.Helper()
	relay, err := ParseSMTP(url)
	if err != nil {
		t.Fatal(err)
	}
	c := client{clock: &handClock{now: testTime}, log: &syncBuffer{}}
	o := SMTPOptions{Helo: "jachete.example.org", Timeouts: short, Clock: c.clock,
		Log: slog.New(slog.NewJSONHandler(c.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if change != nil {
		change(&o)
	}
	c.SMTP = NewSMTP(relay, o)
	t.Cleanup(c.Close)
	return c
}

func trusting(r *mailtest.Relay) func(*SMTPOptions) {
	return func(o *SMTPOptions) { o.RootCAs = r.CAs() }
}

func sampleMessage(t testing.TB, to string) Message {
	t.Helper()
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	content.Delivery.Recipient = to
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMessageArrivesUnderEachProtection(t *testing.T) {
	for name, security := range map[string]mailtest.Security{
		"plain": mailtest.Plain, "STARTTLS": mailtest.StartTLS, "implicit TLS": mailtest.Implicit,
	} {
		t.Run(name, func(t *testing.T) {
			relay := mailtest.Start(t, mailtest.Options{Security: security, User: "u", Password: "s3cret"})
			c := dialTo(t, relay.URL(), trusting(relay))
			m := sampleMessage(t, "camille@ville.example.org")
			o := c.Send(context.Background(), m)
			if !o.Sent || !strings.HasPrefix(o.Answer, "250 ") {
				t.Fatalf("Send = %+v", o)
			}
			got := relay.Received()
			if len(got) != 1 || !bytes.Equal(got[0].Raw, m.Raw) || got[0].From != testFrom || got[0].User != "u" ||
				strings.Join(got[0].To, ",") != "camille@ville.example.org" || got[0].Helo != "jachete.example.org" {
				t.Fatalf("received %+v", got)
			}
			protected := security != mailtest.Plain
			if got[0].TLS != protected {
				t.Errorf("protected = %v, want %v", got[0].TLS, protected)
			}
			if clear := bytes.Contains(relay.Wire(), []byte("MAIL FROM")); clear == protected {
				t.Errorf("dialogue in clear on the wire = %v, want %v", clear, !protected)
			}
		})
	}
}

func TestProbeSaysWhetherTheRelayWouldTakeMail(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "u", Password: "s3cret"})
	if err := dialTo(t, relay.URL(), trusting(relay)).Probe(context.Background()); err != nil {
		t.Errorf("Probe = %v", err)
	}
	wrong := dialTo(t, strings.Replace(relay.URL(), "s3cret", "wr0ng", 1), trusting(relay))
	if err := wrong.Probe(context.Background()); err == nil || !strings.Contains(err.Error(), "auth") {
		t.Errorf("Probe with a wrong password = %v", err)
	}
}

func TestOneConnectionCarriesABatch(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Script("absent@ville.example.org", mailtest.Answer{Code: 550, Text: "no such user"})
	c := dialTo(t, relay.URL(), nil)
	for range 5 {
		c.Send(context.Background(), sampleMessage(t, "absent@ville.example.org"))
	}
	if relay.Dials() != 1 || len(relay.Received()) != 4 {
		t.Errorf("%d connections, %d messages; want 1 and 4", relay.Dials(), len(relay.Received()))
	}
}

func TestConnectionsAreRenewedAfterManyMessages(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	c, m := dialTo(t, relay.URL(), nil), Message{From: testFrom, To: "a@example.org", Raw: []byte("Subject: x\r\n\r\n")}
	for range carryMost + 1 {
		if o := c.Send(context.Background(), m); !o.Sent {
			t.Fatalf("Send = %+v", o)
		}
	}
	if relay.Dials() != 2 {
		t.Errorf("%d connections, want 2", relay.Dials())
	}
}

func TestAnswersAreClassified(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	for _, c := range []struct {
		answer mailtest.Answer
		want   workflow.Outcome
		ready  bool
	}{
		{mailtest.Answer{Code: 451, Text: "greylisted"}, workflow.Outcome{Answer: "451 greylisted"}, true},
		{mailtest.Answer{Code: 550, Text: "no such user"}, workflow.Outcome{Permanent: true, Answer: "550 no such user"}, true},
		{mailtest.Answer{At: mailtest.AtEnd, Code: 554, Text: "looks like spam"}, workflow.Outcome{Permanent: true, Answer: "554 looks like spam"}, true},
		{mailtest.Answer{At: mailtest.AtEnd, Code: 452, Text: "disk full"}, workflow.Outcome{Answer: "452 disk full"}, true},
		{mailtest.Answer{At: mailtest.AtEnd, Code: 552, Text: "too big"}, workflow.Outcome{TooBig: true, Answer: "552 too big"}, true},
		{mailtest.Answer{At: mailtest.AtEnd, Code: 554, Text: "5.3.4 message too big"}, workflow.Outcome{TooBig: true, Answer: "554 5.3.4 message too big"}, true},
		{mailtest.Answer{Code: 421, Text: "too many connections"}, workflow.Outcome{Answer: "421 too many connections"}, false},
		{mailtest.Answer{Code: 535, Text: "who are you"}, workflow.Outcome{Answer: "535 who are you"}, false},
	} {
		client := dialTo(t, relay.URL(), nil)
		relay.Script("x@example.org", c.answer)
		if got := client.Send(context.Background(), sampleMessage(t, "x@example.org")); got != c.want {
			t.Errorf("%d: outcome %+v, want %+v", c.answer.Code, got, c.want)
		}
		if ready := client.Ready(context.Background()) == nil; ready != c.ready {
			t.Errorf("%d: ready = %v, want %v", c.answer.Code, ready, c.ready)
		}
	}
}

func TestLostAnswerIsTemporaryAndTheRetryTheSame(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	relay.Script("x@example.org", mailtest.Answer{At: mailtest.AtEnd, Close: true})
	c, m := dialTo(t, relay.URL(), nil), sampleMessage(t, "x@example.org")
	o := c.Send(context.Background(), m)
	if o.Sent || o.Permanent || !strings.HasPrefix(o.Answer, "uncertain") {
		t.Fatalf("closed before 250: %+v, want a temporary, uncertain outcome", o)
	}
	if err := c.Ready(context.Background()); err != nil {
		t.Errorf("one message cut short stops all others: %v", err)
	}
	if o = c.Send(context.Background(), m); !o.Sent {
		t.Fatalf("retry = %+v", o)
	}
	got := relay.Received()
	if len(got) != 2 || !bytes.Equal(got[0].Raw, got[1].Raw) || !bytes.Contains(got[1].Raw, []byte("Message-ID: <"+m.ID+">")) {
		t.Errorf("the retry is another message")
	}
}

func TestConnectionTheRelayClosedMeanwhileIsReplaced(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	c, m := dialTo(t, relay.URL(), nil), sampleMessage(t, "x@example.org")
	c.Send(context.Background(), m)
	relay.Down()
	if err := relay.Up(); err != nil {
		t.Fatal(err)
	}
	if o := c.Send(context.Background(), m); !o.Sent {
		t.Errorf("Send over a stale connection = %+v", o)
	}
}

func TestSilentRelayIsGivenUpInTime(t *testing.T) {
	mute := mailtest.Start(t, mailtest.Options{Mute: true})
	hanging := mailtest.Start(t, mailtest.Options{})
	hanging.Always("x@example.org", mailtest.Answer{At: mailtest.AtEnd, Hang: true})
	for name, relay := range map[string]*mailtest.Relay{"no greeting": mute, "no answer to the message": hanging} {
		c := dialTo(t, relay.URL(), nil)
		start := time.Now()
		o := c.Send(context.Background(), sampleMessage(t, "x@example.org"))
		if o.Sent || o.Permanent || time.Since(start) > 3*time.Second {
			t.Errorf("%s: %+v after %v", name, o, time.Since(start))
		}
		if c.Ready(context.Background()) == nil {
			t.Errorf("%s: the next batch would meet the same silence", name)
		}
	}
}

func TestCallersPatienceEndsTheDialogue(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{Mute: true})
	c := dialTo(t, relay.URL(), func(o *SMTPOptions) { o.Timeouts = usualTimeouts })
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	if o := c.Send(ctx, sampleMessage(t, "x@example.org")); o.Sent || time.Since(start) > 5*time.Second {
		t.Errorf("Send = %+v after %v", o, time.Since(start))
	}
}

func TestDistrustedRelayGetsNothingAndIsAskedOnceAMinute(t *testing.T) {
	for name, scene := range map[string]struct {
		security mailtest.Security
		trust    bool
		url      func(string) string
	}{
		"unknown authority, STARTTLS": {mailtest.StartTLS, false, nil},
		"unknown authority, implicit": {mailtest.Implicit, false, nil},
		"certificate of another host": {mailtest.StartTLS, true, func(u string) string { return strings.Replace(u, "127.0.0.1", "localhost", 1) }},
		"no STARTTLS":                 {mailtest.Plain, true, func(u string) string { return strings.Replace(u, "smtp+plain", "smtp", 1) }},
		"wrong password":              {mailtest.StartTLS, true, func(u string) string { return strings.Replace(u, "s3cret", "wr0ng", 1) }},
	} {
		t.Run(name, func(t *testing.T) {
			relay := mailtest.Start(t, mailtest.Options{Security: scene.security, User: "u", Password: "s3cret"})
			url, change := relay.URL(), func(*SMTPOptions) {}
			if scene.url != nil {
				url = scene.url(url)
			}
			if scene.trust {
				change = trusting(relay)
			}
			c := dialTo(t, url, change)
			m := sampleMessage(t, "x@example.org")
			for range 5 {
				if o := c.Send(context.Background(), m); o.Sent || o.Permanent {
					t.Fatalf("Send = %+v, want a temporary outcome", o)
				}
				if c.Ready(context.Background()) == nil {
					t.Fatal("ready for more")
				}
				c.clock.advance(10 * time.Second)
			}
			if relay.Dials() != 1 {
				t.Errorf("%d attempts in a minute, want 1", relay.Dials())
			}
			c.clock.advance(time.Minute)
			c.Send(context.Background(), m)
			if relay.Dials() != 2 {
				t.Errorf("%d attempts after a minute, want 2", relay.Dials())
			}
			for _, secret := range []string{"MAIL FROM", "Bonjour", "x@example.org", "s3cret", "wr0ng"} {
				if bytes.Contains(relay.Wire(), []byte(secret)) {
					t.Errorf("%q went over the wire in clear", secret)
				}
			}
			if n := strings.Count(c.log.String(), "mail alarm"); n != 2 || strings.Contains(c.log.String(), "wr0ng") {
				t.Errorf("%d alarms, want 2, without secret:\n%s", n, c.log)
			}
		})
	}
}

func TestPlainStaysOnThisMachineEvenWhenTheNameDoesNot(t *testing.T) {
	elsewhere := ownAddress(t)
	listener, err := net.Listen("tcp", elsewhere+":0")
	if err != nil {
		t.Skip("no port on the network:", err)
	}
	defer listener.Close()
	go func() {
		if c, err := listener.Accept(); err == nil {
			defer c.Close()
			io.WriteString(c, "220 relay\r\n")
			io.Copy(io.Discard, c)
		}
	}()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	number, _ := strconv.Atoi(port)
	// as if "localhost" had been made to mean another machine
	c := NewSMTP(Relay{host: elsewhere, port: number, security: plain}, SMTPOptions{
		Timeouts: short, Clock: testClock, Log: slog.New(slog.DiscardHandler)})
	defer c.Close()
	if err := c.Probe(context.Background()); !errors.Is(err, errNotLocal) {
		t.Errorf("Probe = %v, want %v", err, errNotLocal)
	}
}

// ownAddress is an address of this machine that is not loopback.
func ownAddress(t *testing.T) string {
	t.Helper()
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && ip.IP.To4() != nil {
			return ip.IP.String()
		}
	}
	t.Skip("this machine has no network")
	return ""
}

func TestSecretsAreNotInAnswers(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "u", Password: "s3cret"})
	c := dialTo(t, strings.Replace(relay.URL(), "s3cret", "wr0ng", 1), trusting(relay))
	if o := c.Send(context.Background(), sampleMessage(t, "x@example.org")); !strings.HasPrefix(o.Answer, "535 ") || strings.Contains(o.Answer, "wr0ng") {
		t.Errorf("answer = %q", o.Answer)
	}
}

func TestAnswerIsFitToKeep(t *testing.T) {
	got := answer("550 <a@b>\r\n\x1b[31mred\x00 "+strings.Repeat("é", 400)+" s3cret", "s3cret")
	if n := len([]rune(got)); n != answerSize || strings.ContainsAny(got, "\r\n\x1b\x00") {
		t.Errorf("answer of %d characters: %q", n, got)
	}
}
