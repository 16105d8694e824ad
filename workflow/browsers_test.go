package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// openSession opens a session as a sign-in from that browser would.
func openSession(t *testing.T, w *workflowtest.World, email, userAgent string) string {
	t.Helper()
	browser, visit := w.Browser(), workflowtest.Visit
	visit.UserAgent = userAgent
	before := len(w.Courier.Codes())
	if err := w.StartSignIn(t.Context(), email, browser, visit); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if len(w.Courier.Codes()) > before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	secret, err := w.FinishSignIn(t.Context(), email, browser, w.Courier.Last(t), visit)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

const (
	firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
	iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
	android = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
	edge    = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)

func TestBrowsersOfOneself(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		hire(t, w, "jo@example.org", workflow.RoleAgent, "estrie")
		hire(t, w, "k@example.org", workflow.RoleAgent, "estrie")
		other := openSession(t, w, "k@example.org", firefox)
		var secrets []string
		for _, agent := range []string{firefox, iPhone, android, edge, "curl/8"} {
			secrets = append(secrets, openSession(t, w, "jo@example.org", agent))
			w.Clock.Move(5 * time.Minute)
		}
		list, err := w.Browsers(ctx, secrets[0])
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"", "Edge, macOS", "Chrome, Android", "Safari, iPhone", "Firefox, Windows"}
		for i, b := range list {
			if i >= len(want) || b.Browser != want[i] || b.Here != (i == 4) {
				t.Errorf("%d: %+v", i, b)
			}
		}
		if len(list) != len(want) {
			t.Fatalf("%d browsers", len(list))
		}
		wantKey(t, w.EndBrowser(ctx, other, list[0].Handle), workflow.NotFound, "record.not-found")
		wantKey(t, w.EndBrowser(ctx, secrets[0], list[4].Handle), workflow.Conflict, "session.here")
		if err := w.EndBrowser(ctx, secrets[0], list[0].Handle); err != nil {
			t.Fatal(err)
		}
		live := func(secret string) bool { _, err := w.StaffSession(ctx, secret); return err == nil }
		if live(secrets[4]) || !live(secrets[3]) {
			t.Error("not exactly the one browser was signed out")
		}
		if err := w.EndOtherBrowsers(ctx, secrets[0]); err != nil {
			t.Fatal(err)
		}
		if !live(secrets[0]) || live(secrets[1]) || live(secrets[2]) || live(secrets[3]) || !live(other) {
			t.Error("not exactly the other browsers were signed out")
		}
	})
}

func TestLastUseIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		hire(t, w, "jo@example.org", workflow.RoleAgent, "estrie")
		secret := openSession(t, w, "jo@example.org", firefox)
		opened := w.Clock.Now()
		for _, c := range []struct{ after, seen time.Duration }{{4 * time.Minute, 0}, {6 * time.Minute, 6 * time.Minute}, {9 * time.Minute, 6 * time.Minute}, {time.Hour, time.Hour}} {
			w.Clock.Move(opened.Add(c.after).Sub(w.Clock.Now()))
			if _, err := w.StaffSession(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
			list, err := w.Browsers(t.Context(), secret)
			if err != nil || !list[0].SeenAt.Equal(opened.Add(c.seen)) || !list[0].CreatedAt.Equal(opened) {
				t.Errorf("after %s: %+v, %v", c.after, list, err)
			}
		}
	})
}
