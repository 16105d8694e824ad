package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jachete/workflow"
)

// knownBounces takes reports about one mail, once.
type knownBounces struct {
	got  []workflow.BounceReport
	down bool
}

func (k *knownBounces) Bounce(_ context.Context, r workflow.BounceReport) error {
	if k.down {
		return &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable"}
	}
	if len(k.got) > 0 || r.DeliveryID != testDelivery && r.MessageID != "ABC123@esja.example.org" {
		return &workflow.Error{Kind: workflow.NotFound, Key: "record.not-found"}
	}
	k.got = append(k.got, r)
	return nil
}

// returns is what takes mail in, with its log.
func returns(t *testing.T) (Returns, *knownBounces, *bytes.Buffer) {
	log, known := new(bytes.Buffer), &knownBounces{}
	return Returns{Bounces: known, Path: newReturnPath(t, "retours@example.org"), Log: slog.New(slog.NewTextHandler(log, nil))}, known, log
}

// cameBack is a report to an envelope sender, about a mail whose Message-ID
// it does not tell.
func cameBack(to string) string {
	return "X-Original-To: " + to + "\r\n" + report("failed", "Content-Type: text/plain\n\nnothing\n")
}

func TestReportsFindTheirMail(t *testing.T) {
	path := newReturnPath(t, "retours@example.org")
	forged := "retours+b-abcdefghijklmnopqrstuvwxyz-aaaaaaaaaaaaa@example.org"
	for name, c := range map[string]struct {
		raw   string
		taken bool
	}{
		"envelope sender":      {cameBack(path.Sender(testDelivery)), true},
		"Message-ID":           {report("failed", returnedHeaders), true},
		"forged":               {cameBack(forged), false},
		"forged, Message-ID":   {"Delivered-To: " + forged + "\r\n" + report("failed", returnedHeaders), false},
		"neither":              {cameBack("retours@example.org"), false},
		"a stranger's mail":    {report("failed", strings.Replace(returnedHeaders, "ABC123", "XYZ", 1)), false},
		"no report":            {"From: a@example.org\r\n\r\nsecret words", false},
		"nothing of a message": {"\x00\xff secret words", false},
	} {
		r, known, log := returns(t)
		if err := r.Take(t.Context(), strings.NewReader(c.raw)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if taken := len(known.got) == 1; taken != c.taken {
			t.Errorf("%s: taken %v, want %v", name, taken, c.taken)
		}
		if said := log.String(); said == "" || strings.Contains(said, "secret") || strings.Contains(said, "camille") || strings.Contains(said, "rejected") {
			t.Errorf("%s: the log says %q", name, said)
		}
	}
}

// maildir makes a folder with messages in new/.
func maildir(t *testing.T, messages map[string]string) Maildir {
	t.Helper()
	d := Maildir(t.TempDir())
	for _, name := range []string{"new", "cur", "tmp"} {
		if err := os.Mkdir(filepath.Join(string(d), name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, raw := range messages {
		if err := os.WriteFile(filepath.Join(string(d), "new", name), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func listing(t *testing.T, d Maildir, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(string(d), folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestMaildirIsEmptied(t *testing.T) {
	r, known, _ := returns(t)
	sender := r.Path.Sender(testDelivery)
	d := maildir(t, map[string]string{"1.a": cameBack(sender), "2.b": cameBack(sender), "3.c:2,": "From: a@example.org\r\n\r\nMerci!", ".hidden": "x"})
	if err := os.Symlink("/etc/passwd", filepath.Join(string(d), "new", "4.d")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.sweep(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if len(known.got) != 1 {
		t.Errorf("%d reports", len(known.got))
	}
	if got := strings.Join(listing(t, d, "cur"), " "); got != "1.a:2,S 2.b:2,S 3.c:2,S" {
		t.Errorf("cur holds %s", got)
	}
	if got := strings.Join(listing(t, d, "new"), " "); got != ".hidden 4.d" {
		t.Errorf("new holds %s", got)
	}
}

func TestMaildirKeepsWhatCouldNotBeRecorded(t *testing.T) {
	r, known, _ := returns(t)
	d := maildir(t, map[string]string{"1.a": cameBack(r.Path.Sender(testDelivery))})
	known.down = true
	if err := d.sweep(t.Context(), r); !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("the fault is hidden: %v", err)
	}
	if len(listing(t, d, "new")) != 1 {
		t.Fatal("the message is gone")
	}
	known.down = false
	if err := d.sweep(t.Context(), r); err != nil || len(known.got) != 1 || len(listing(t, d, "new")) != 0 {
		t.Errorf("%d reports, %v", len(known.got), err)
	}
}

func TestMaildirsAreChecked(t *testing.T) {
	if err := maildir(t, nil).Check(); err != nil {
		t.Error(err)
	}
	if err := Maildir(t.TempDir()).Check(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestMaildirLookIsBounded(t *testing.T) {
	messages := map[string]string{}
	for i := range maildirBatch + 1 {
		messages[strings.Repeat("x", i+1)] = "From: a@example.org\r\n\r\nMerci!"
	}
	r, _, _ := returns(t)
	d := maildir(t, messages)
	if err := d.sweep(t.Context(), r); err != nil || len(listing(t, d, "new")) != 1 {
		t.Errorf("%d left, %v", len(listing(t, d, "new")), err)
	}
}
