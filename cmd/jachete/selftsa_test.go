package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades"
	judge "jachete/pdf/pades/check"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// offline makes every request to another machine fail the test.
func offline(t *testing.T) {
	t.Helper()
	before := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = before })
	http.DefaultTransport = roundTrip(func(r *http.Request) (*http.Response, error) {
		t.Errorf("%s was asked", r.URL)
		return nil, http.ErrNotSupported
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// wantLevel holds the file, its record and the page about it to one level, and
// to whose word its time is.
func wantLevel(t *testing.T, a *app, number string, roots []*x509.Certificate, want pades.Level, own bool) {
	t.Helper()
	c, err := a.service.CertificateByNumber(t.Context(), workflow.Operator(), number)
	if err != nil {
		t.Fatal(err)
	}
	report, err := judge.Level(c.PDF, roots, time.Now())
	if err != nil || report.Level != want || c.Level != string(want) {
		t.Errorf("the judge says %s, the record %s, want %s: %v", report.Level, c.Level, want, err)
	}
	v, err := a.service.VerifyNumber(t.Context(), number, workflowtest.Visit)
	if shown := v.Record.Sealed; err != nil || shown.StampedOwn != own || shown.Level != string(want) || (shown.StampedBy == "") != (want == pades.LevelB) {
		t.Errorf("%s is shown, own time %v, want %v: %v", shown.Level, shown.StampedOwn, own, err)
	}
}

// With the service's own authority seals reach every level, and nobody outside
// is asked.
func TestOwnAuthorityReachesEachLevelOffline(t *testing.T) {
	offline(t)
	a := openApp(t, Config{Data: t.TempDir(), TSA: ownAuthority}, workflow.SystemClock)
	w := worldOf(a)
	number := signOn(t, w)
	roots := append(a.time.own.Roots(), a.sealKey.Root())
	wantLevel(t, a, number, roots, pades.LevelB, false)
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantLevel(t, a, number, roots, pades.LevelLT, true)
	if _, err := w.ArchiveCertificate(t.Context(), workflow.Operator(), number); err != nil {
		t.Fatal(err)
	}
	wantLevel(t, a, number, roots, pades.LevelLTA, true)
	files, _ := unzip(t, signedStory{World: w, number: number}.evidence(t))
	var e struct{ Timestamp struct{ Authority string } }
	if err := json.Unmarshal(files["evidence.json"], &e); err != nil || !strings.Contains(e.Timestamp.Authority, "du service lui-même") {
		t.Errorf("the evidence names %q, %v", e.Timestamp.Authority, err)
	}
	if c := a.checkTSA(t.Context()); !c.OK || !strings.Contains(c.Detail, "own authority") {
		t.Errorf("doctor: %+v", c)
	}
	info, err := os.Stat(a.keys.path("tsa.pem"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// liar stamps something else than it was given.
type liar struct{ *tsa.Authority }

func (l liar) Timestamp(ctx context.Context, digest [sha256.Size]byte) (*tsa.Token, error) {
	digest[0] ^= 1
	return l.Authority.Timestamp(ctx, digest)
}

// stranger stamps under a root that is not its own.
type stranger struct {
	*tsa.Authority
	roots []*x509.Certificate
}

func (s stranger) Roots() []*x509.Certificate { return s.roots }

func TestDoctorJudgesTheTimestamp(t *testing.T) {
	a := openApp(t, Config{Data: t.TempDir(), TSA: ownAuthority}, workflow.SystemClock)
	other, err := tsa.NewAuthority(rand.Reader, time.Now, "Autre service")
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []pades.Timestamper{liar{a.time.own}, stranger{other, a.time.own.Roots()}} {
		a.time.stamper = wrong
		if c := a.checkTSA(t.Context()); c.OK {
			t.Errorf("%T: %+v", wrong, c)
		}
	}
}

// Instances that share the folder share the authority, and a restart makes no
// other one.
func TestInstancesShareTheAuthority(t *testing.T) {
	ring, err := openKeyring(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	serials := make(chan string, 8)
	for range cap(serials) {
		go func() {
			own, err := ring.authority(time.Now, true)
			if err != nil {
				t.Error(err)
				serials <- ""
				return
			}
			serials <- fmt.Sprint(own.Chain[0].SerialNumber, own.Chain[1].SerialNumber)
		}()
	}
	first := <-serials
	for range cap(serials) - 1 {
		if other := <-serials; other != first {
			t.Errorf("two authorities: %s and %s", first, other)
		}
	}
}

// An outside authority takes over: what the service stamped itself is still
// told apart, and can be archived.
func TestOwnTimeIsRememberedUnderAnOutsideAuthority(t *testing.T) {
	a, authority, server := stampedApp(t)
	data, roots := a.Data, a.TSACA
	a.close()
	own := openApp(t, Config{Data: data, TSA: ownAuthority}, workflow.SystemClock)
	number := signOn(t, worldOf(own))
	if err := own.service.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	own.close()
	b := openApp(t, Config{Data: data, TSA: server.URL, TSACA: roots}, workflow.SystemClock)
	all := append(append(b.time.own.Roots(), authority.Roots()...), b.sealKey.Root())
	wantLevel(t, b, number, all, pades.LevelLT, true)
	b.service.Upgrader = withLists(t, b, authority)
	if _, err := b.service.ArchiveCertificate(t.Context(), workflow.Operator(), number); err != nil {
		t.Fatal(err)
	}
	wantLevel(t, b, number, all, pades.LevelLTA, true)
	r := workflowtest.Request()
	r.Organisation, r.Contact.Email = "Cégep de la Maquette", "dominique@example.org"
	w := worldOf(b)
	_, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	later, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantLevel(t, b, later, all, pades.LevelLT, false)
	if c := b.checkTSA(t.Context()); !c.OK || !strings.Contains(c.Detail, "outside") {
		t.Errorf("doctor: %+v", c)
	}
}
