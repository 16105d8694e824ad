package main

import (
	"crypto/rand"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	judge "jachete/pdf/pades/check"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// stampedApp is an app on a first run, with an authority of its own behind
// HTTP; the authority can go away.
func stampedApp(t *testing.T) (*app, *tsa.Authority, *httptest.Server) {
	t.Helper()
	authority, err := tsa.NewAuthority(rand.Reader, time.Now, "Autorité d’essai")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(authority)
	t.Cleanup(server.Close)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(roots, pades.ChainPEM(authority.Roots()), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Config{Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0", BaseURL: "http://127.0.0.1:8080", Data: t.TempDir(),
		Log: "error", TSA: server.URL, TSACA: roots}.check()
	if err != nil {
		t.Fatal(err)
	}
	a, err := wire(t.Context(), s, &streams{out: os.Stdout, err: os.Stderr}, wiring{clock: workflow.SystemClock, prepare: migrateAll})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	return a, authority, server
}

// The seal is complete at once; the timestamp follows when the authority
// answers, and the archive when it is asked for. An independent judge names
// each level, and each file stays genuine.
func TestSealsReachEachLevel(t *testing.T) {
	t.Run("lists published", func(t *testing.T) { reachLevels(t, true) })
	t.Run("no list published", func(t *testing.T) { reachLevels(t, false) })
}

// withLists is the app's upgrader, when the authority publishes what it has
// revoked.
func withLists(t *testing.T, a *app, authority *tsa.Authority) workflow.Upgrader {
	t.Helper()
	stamper, _, err := a.timestamps()
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.keys.revocations()
	if err != nil || len(own) != 1 {
		t.Fatalf("%d lists of our root, %v", len(own), err)
	}
	return pdf.NewUpgrader(stamper, pades.Sources{own, pades.Lists{authority.List}}, a.clock)
}

func reachLevels(t *testing.T, lists bool) {
	a, authority, server := stampedApp(t)
	ctx := t.Context()
	courier := &workflowtest.Courier{}
	w := &workflowtest.World{Service: a.service, Clock: workflowtest.NewClock(time.Now()), Courier: courier}
	a.service.Courier = courier
	_, token := w.Invite(t, workflowtest.Request())
	secret, form := w.Ready(t, token)
	number, err := w.Sign(ctx, secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	roots := append(authority.Roots(), a.sealKey.Root())
	wantLevel := func(want pades.Level) {
		t.Helper()
		c, err := a.service.CertificateByNumber(ctx, workflow.Operator(), number)
		if err != nil {
			t.Fatal(err)
		}
		report, err := judge.Level(c.PDF, roots, time.Now())
		if err != nil || report.Level != want || c.Level != string(want) {
			t.Errorf("the judge says %s, the record %s, want %s: %v", report.Level, c.Level, want, err)
		}
		if v, err := a.service.VerifyFile(ctx, c.PDF); err != nil || v.Verdict != workflow.VerdictGenuine {
			t.Errorf("%s: %s, %v", want, v.Verdict, err)
		}
	}
	wantLevel(pades.LevelB)
	if lists {
		a.service.Upgrader = withLists(t, a, authority)
	}
	if err := a.service.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	if !lists {
		wantLevel(pades.LevelT)
		return
	}
	wantLevel(pades.LevelLT)
	if _, err := a.service.ArchiveCertificate(ctx, workflow.Operator(), number); err != nil {
		t.Fatal(err)
	}
	wantLevel(pades.LevelLTA)
	if c := a.checkTSA(ctx); !c.OK {
		t.Errorf("doctor: %+v", c)
	}
	server.Close()
	if c := a.checkTSA(ctx); c.OK {
		t.Errorf("doctor, without the authority: %+v", c)
	}
	if _, err := a.service.ArchiveCertificate(ctx, workflow.Operator(), number); !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("without the authority: %v", err)
	}
	wantLevel(pades.LevelLTA)
}
