package main

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestAlarmsBeforeTheEnd(t *testing.T) {
	for days, want := range map[float64]int{3650: 0, 60.1: 0, 60: 60, 31: 60, 30: 30, 14.5: 30, 14: 14, 7: 7, 2: 7, 1: 1, 0.1: 1, -3: 1} {
		if got := alarm(time.Duration(days * 24 * float64(time.Hour))); got != want {
			t.Errorf("%v days left: alarm %d, want %d", days, got, want)
		}
	}
}

// endingApp is an app whose seal ends in a day; the clock can be moved.
func endingApp(t *testing.T) (*app, *workflowtest.World) {
	t.Helper()
	clock, data := workflowtest.NewClock(time.Now()), t.TempDir()
	ring, err := openKeyring(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.ownSeal(clock.Now().AddDate(-10, 0, 1)); err != nil {
		t.Fatal(err)
	}
	return reopen(t, data, clock)
}

func reopen(t *testing.T, data string, clock *workflowtest.Clock) (*app, *workflowtest.World) {
	t.Helper()
	a := openApp(t, Config{Data: data}, clock)
	w := worldOf(a)
	w.Clock = clock
	return a, w
}

// Nothing is ever sealed with a certificate that has ended: the person is told
// so, loses nothing, and signs once the key was changed.
func TestAnEndedCertificateSealsNothing(t *testing.T) {
	a, w := endingApp(t)
	before, err := a.service.CertificateByNumber(t.Context(), workflow.Operator(), signOn(t, w))
	if err != nil {
		t.Fatal(err)
	}
	if c := a.checkExpiry(t.Context()); !c.OK || !strings.HasPrefix(c.Detail, "warning: 1-day alarm, nothing is sealed after ") || !strings.Contains(c.Detail, "keys rotate seal") {
		t.Errorf("doctor: %+v", c)
	}
	w.Clock.Move(25 * time.Hour)
	r := workflowtest.Request()
	r.Organisation, r.Contact.Email = "Cégep de la Maquette", "dominique@example.org"
	inv, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	for range 2 {
		number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
		refused := refusal(t, err)
		if number != "" || refused.Kind != workflow.Unavailable || refused.RetryAfter <= 0 {
			t.Fatalf("%q, %v", number, err)
		}
		if said := templates.Sentence(workflow.French, refused.Key, refused.Args); !strings.Contains(said, "Rien n’a été signé, et vos réponses sont gardées") {
			t.Errorf("the person reads: %s", said)
		}
	}
	if p, err := w.Signing(t.Context(), secret); err != nil || p.Step != workflow.StepSign {
		t.Errorf("the person is at step %s, %v", p.Step, err)
	}
	if _, err := a.keys.rotateSeal(w.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	data := a.Data
	a.close()
	b, w := reopen(t, data, w.Clock)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	after, err := b.service.CertificateByNumber(t.Context(), workflow.Operator(), number)
	if err != nil || pades.Verify(after.PDF, b.sealKey.Chain) != nil {
		t.Errorf("%s of %s: %v, %v", number, inv.ID, err, pades.Verify(after.PDF, b.sealKey.Chain))
	}
	for _, c := range []workflow.Certificate{before, after} {
		if v, err := b.service.VerifyFile(t.Context(), c.PDF); err != nil || v.Verdict != workflow.VerdictGenuine {
			t.Errorf("%s: %s, %v", c.Number, v.Verdict, err)
		}
	}
	if _, err := b.service.VerifyJournal(t.Context(), nil, true); err != nil {
		t.Error(err)
	}
}

func refusal(t *testing.T, err error) *workflow.Error {
	t.Helper()
	var refused *workflow.Error
	if !errors.As(err, &refused) {
		t.Fatalf("no refusal: %v", err)
	}
	return refused
}

// A service does not start with an ended certificate.
func TestAnEndedCertificateDoesNotStart(t *testing.T) {
	a, w := endingApp(t)
	settings := a.settings
	a.close()
	w.Clock.Move(25 * time.Hour)
	_, err := wire(t.Context(), settings, &streams{}, wiring{clock: w.Clock, prepare: migrateAll})
	if err == nil || len(lines(err)) != 1 || !strings.Contains(err.Error(), "expired on") {
		t.Errorf("started: %v", err)
	}
}

// The key is changed three times while certificates are sealed: none fails, and
// each stays what it was.
func TestSealsGoOnWhileTheirKeyChanges(t *testing.T) {
	ring, err := openKeyring(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	var sealing sync.WaitGroup
	for range 4 {
		key, err := ring.seal(settings{}, now)
		if err != nil {
			t.Fatal(err)
		}
		sealer, err := pdf.New(key, nil, now)
		if err != nil {
			t.Fatal(err)
		}
		sealing.Go(func() {
			for range 10 {
				if err := sealer.Probe(t.Context(), now); err != nil {
					t.Error(err)
				}
			}
		})
		next, err := ring.rotateSeal(now)
		if err != nil || !next.Root().Equal(key.Root()) || next.Chain[0].Equal(key.Chain[0]) {
			t.Errorf("another root, or the same leaf: %v", err)
		}
	}
	sealing.Wait()
}
