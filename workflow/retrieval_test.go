package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func asks(t *testing.T, w *workflowtest.World, email string, lang workflow.Language, visit workflow.Visit) []workflow.MailContent {
	t.Helper()
	if err := w.RequestCertificates(t.Context(), email, lang, visit); err != nil {
		t.Fatal(err)
	}
	return w.Deliver(t)
}

// One mail lists every certificate of a mailbox, whichever pôle invited, and
// goes to that mailbox only.
func TestCertificatesAreFoundByMail(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		first := signed(t, w, workflowtest.Request())
		w.Clock.Move(24 * time.Hour)
		other := workflowtest.Request()
		other.Organisation, other.Pole = "Régie des Exemples", "montreal"
		second := signed(t, w, other)
		mails := asks(t, w, " Camille@Example.org ", workflow.English, workflowtest.Visit)
		if len(mails) != 1 || mails[0].Delivery.Recipient != "camille@example.org" || mails[0].Delivery.Language != workflow.English ||
			mails[0].Delivery.InvitationID != "" || len(mails[0].PDF) != 0 {
			t.Fatalf("mailed %+v", mails)
		}
		list := mails[0].Certificates
		if len(list) != 2 || list[0].Number != second.number || list[1].Number != first.number {
			t.Fatalf("lists %+v", list)
		}
		for _, c := range list {
			p, err := w.PersonalPage(t.Context(), path.Base(c.URL), "", workflowtest.Visit)
			if err != nil || p.Certificate.Number != c.Number {
				t.Errorf("%s leads to %s, %v", c.Number, p.Certificate.Number, err)
			}
		}
		verifySound(t, w)
	})
}

// Nobody is told whether an address is known: the request does the same work,
// and the mailbox that signed nothing gets nothing.
func TestAskingTellsNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		signed(t, w, workflowtest.Request())
		before := rowsOf(t, w)
		if err := w.RequestCertificates(t.Context(), "camille@example.org", workflow.French, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		known := rowsOf(t, w)
		if err := w.RequestCertificates(t.Context(), "personne@example.org", workflow.French, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		unknown := rowsOf(t, w)
		if known-before != 1 || unknown-known != 1 {
			t.Errorf("a known address makes %d entries, an unknown one %d", known-before, unknown-known)
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Recipient != "camille@example.org" {
			t.Errorf("mailed %+v", mails)
		}
		if left, err := w.ClaimDeliveries(t.Context(), 10); err != nil || len(left) != 0 {
			t.Errorf("still to mail: %+v, %v", left, err)
		}
		wantField(t, w.RequestCertificates(t.Context(), "pas une adresse", workflow.French, workflowtest.Visit), "email", "email.invalid")
	})
}

// rowsOf counts what a request leaves in the journal.
func rowsOf(t *testing.T, w *workflowtest.World) int64 {
	t.Helper()
	head, err := w.Store.JournalHead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head.Seq
}

// A mailbox gets one mail in ten minutes and six a day, and whoever asks is not
// told; one visitor asks ten times in a quarter of an hour.
func TestAskingIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		signed(t, w, workflowtest.Request())
		from := func(ip string) workflow.Visit { return workflow.Visit{IP: ip} }
		for i, want := range []int{1, 0, 1} {
			if i == 2 {
				w.Clock.Move(10 * time.Minute)
			}
			if got := len(asks(t, w, "camille@example.org", workflow.French, from("192.0.2.1"))); got != want {
				t.Errorf("request %d: %d mails, want %d", i+1, got, want)
			}
		}
		total := 2
		for range 8 {
			w.Clock.Move(time.Hour)
			total += len(asks(t, w, "camille@example.org", workflow.French, from("192.0.2.2")))
		}
		if total != 6 {
			t.Errorf("%d mails in a day", total)
		}
		for i := range 11 {
			err := w.RequestCertificates(t.Context(), "x"+string(rune('a'+i))+"@example.org", workflow.French, from("192.0.2.3"))
			if i < 10 && err != nil {
				t.Fatal(err)
			} else if i == 10 {
				wantKey(t, err, workflow.Limited, "limit.retrieval-address")
			}
		}
	})
}
