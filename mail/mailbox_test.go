package mail

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jachete/workflow"
)

func TestMailboxKeepsLettersNewestFirst(t *testing.T) {
	now := testTime
	clock := workflow.ClockFunc(func() time.Time { now = now.Add(time.Second); return now })
	box := Mailbox{Dir: filepath.Join(t.TempDir(), "mail"), Clock: clock}
	if letters, err := box.List(10); err != nil || len(letters) != 0 {
		t.Fatalf("List before the first letter = %v, %v", letters, err)
	}
	c := newComposer(t)
	for _, kind := range []workflow.DeliveryKind{workflow.DeliveryInvitation, workflow.DeliveryCertificate} {
		m, err := c.Delivery(sampleDelivery(kind, workflow.French))
		if err != nil {
			t.Fatal(err)
		}
		if o := box.Send(context.Background(), m); !o.Sent {
			t.Fatalf("Send = %+v", o)
		}
	}
	letters, err := box.List(10)
	if err != nil || len(letters) != 2 {
		t.Fatalf("List = %d letters, %v; want 2", len(letters), err)
	}
	l, err := box.Read(letters[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []Attachment{{Name: "attestation-ESJ-2026-7KQ4-M2XD.pdf", Type: "application/pdf", Data: []byte("%PDF-1.7 sealed")}}
	if diff := cmp.Diff(want, l.Attachments); diff != "" {
		t.Errorf("the newest letter is not the certificate (-want +got):\n%s", diff)
	}
	if only, err := box.List(1); err != nil || len(only) != 1 || only[0].ID != letters[0].ID {
		t.Errorf("List(1) = %v, %v; want the newest", only, err)
	}
}

func TestMailboxFilesAreTheOwnersOnlyAndWhole(t *testing.T) {
	box := Mailbox{Dir: t.TempDir(), Clock: testClock}
	box.Send(context.Background(), Message{Raw: []byte("Subject: x\r\n\r\n")})
	entries, err := os.ReadDir(box.Dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("entries = %v, %v; want one file and no temporary one", entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v; want 0600", info.Mode(), err)
	}
}

func TestMailboxRefusesIdsThatAreNotItsOwn(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.eml"), []byte("Subject: x\r\n\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	box := Mailbox{Dir: filepath.Join(dir, "mail"), Clock: testClock}
	for _, id := range []string{
		"", "..", "../secret", "..%2fsecret", "secret", "/etc/passwd", "a\x00b",
		"20261122T150405.000-" + "../../../../../../../../AA", "20261122T150405.000-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	} {
		if _, err := box.Read(id); !errors.Is(err, ErrNoLetter) {
			t.Errorf("Read(%q) = %v, want ErrNoLetter", id, err)
		}
	}
}

func TestMailboxFailureIsTemporary(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := Mailbox{Dir: file, Clock: testClock}.Send(context.Background(), Message{})
	if o.Sent || o.Permanent {
		t.Errorf("Send into a file = %+v, want a temporary failure", o)
	}
}
