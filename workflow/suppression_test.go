package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func bounced(t *testing.T, w *workflowtest.World, m workflow.MailContent, answer string) {
	t.Helper()
	report := workflow.BounceReport{DeliveryID: m.Delivery.ID, Recipients: []string{m.Delivery.Recipient}, Answer: answer}
	if err := w.Bounce(t.Context(), report); err != nil {
		t.Fatal(err)
	}
}

func TestAForgedReportChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
		if err != nil {
			t.Fatal(err)
		}
		d := w.Deliver(t)[0].Delivery
		r.Organisation, r.Contact.Email = "MRC du Haut-Essai", "autre@example.org"
		other, _ := w.Invite(t, r)
		theirs := invitationOf(t, w, other.ID).Deliveries[0]
		before := len(invitationOf(t, w, inv.ID).Events)
		mine := []string{inv.Contact.Email}
		for name, report := range map[string]workflow.BounceReport{
			"unknown mail":         {DeliveryID: "AAAABBBBCCCCDDDDEEEEFFFFGG", Recipients: mine},
			"nothing":              {Recipients: mine},
			"other recipient":      {DeliveryID: d.ID, Recipients: []string{"autre@example.org"}},
			"no recipient":         {DeliveryID: d.ID},
			"somebody else's mail": {DeliveryID: theirs.ID, Recipients: mine},
			"Message-ID elsewhere": {MessageID: d.ID + "@evil.example", Recipients: mine},
			"Message-ID, other":    {MessageID: d.MessageID, Recipients: []string{"autre@example.org"}},
		} {
			report.Answer = "5.1.1 unknown"
			if err := w.Bounce(t.Context(), report); !workflow.IsKind(err, workflow.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		page := invitationOf(t, w, inv.ID)
		if page.State != workflow.StateSent || page.Deliveries[0].State != workflow.DeliverySent || len(page.Events) != before {
			t.Errorf("%s, %s, %d events of %d", page.State, page.Deliveries[0].State, len(page.Events), before)
		}
		if list, total, err := w.Suppressions(t.Context(), workflow.Operator(), "estrie", 0, 0); err != nil || total != 0 {
			t.Errorf("suppressed %+v, %v", list, err)
		}
	})
}

func TestAnAddressThatDoesNotWorkIsRemindedNoMore(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, err := w.Service.Invite(ctx, workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		mail := w.Deliver(t)[0]
		r := workflowtest.Request()
		r.Organisation = "MRC du Haut-Essai"
		second, link := w.Invite(t, r) // the same person, for another body
		w.Open(t, link)
		bounced(t, w, mail, "5.1.1 unknown")
		wantNext(t, w, second.ID, "")
		wantKey(t, w.RemindNow(ctx, workflow.Operator(), second.ID), workflow.Conflict, "reminder.bounced")

		agent := workflow.StaffActor(hire(t, w, "a@example.org", workflow.RoleAgent, "estrie"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		list, total, err := w.Suppressions(ctx, reader, "estrie", 10, 0)
		want := workflow.Suppression{PoleSlug: "estrie", Email: "camille@example.org", Reason: workflow.SuppressedByBounce, Answer: "5.1.1 unknown", At: w.Clock.Now()}
		if err != nil || total != 1 || list[0] != want {
			t.Fatalf("%+v, %v", list, err)
		}
		_, _, err = w.Suppressions(ctx, stranger, "estrie", 10, 0)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		lift := func(a workflow.Actor, email string) error { return w.LiftSuppression(ctx, a, "estrie", email) }
		wantKey(t, lift(reader, "camille@example.org"), workflow.Forbidden, "role.insufficient")
		wantKey(t, lift(stranger, "camille@example.org"), workflow.NotFound, "record.not-found")
		wantKey(t, lift(agent, "personne@example.org"), workflow.NotFound, "record.not-found")
		wantKey(t, lift(agent, "x"), workflow.NotFound, "record.not-found")
		if err := lift(agent, "Camille@example.org"); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, second.ID, "2026-12-02 09:00")
		if err := w.Resend(ctx, agent, inv.ID); err != nil {
			t.Errorf("after a bounce: %v", err)
		}
	})
}

// What says nothing of the address keeps nobody from being reminded later.
func TestOtherRefusalsBlameNoAddress(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for answer, blamed := range map[string]bool{"5.1.1 unknown": true, "5.2.1 closed": true, "5.2.2 full": true, "5.0.0 no": true, "550 5.1.1 <a@b>": true,
			"5.2.3 big": false, "5.3.4 big": false, "5.7.1 policy": false, "4.4.7 expired": false, "4.2.2 full": false, "550 no": false} {
			r := workflowtest.Request()
			r.Organisation, r.Contact.Email = "Ville de "+answer[:5], "a"+answer[:3]+answer[4:5]+"@example.org"
			inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
			if err != nil {
				t.Fatal(err)
			}
			bounced(t, w, w.Deliver(t)[0], answer)
			_, err = w.Store.Suppression(t.Context(), "estrie", inv.Contact.Email)
			if blamed != (err == nil) {
				t.Errorf("%s: %v", answer, err)
			}
			if got := state(t, w, inv.ID); got != workflow.StateUndelivered {
				t.Errorf("%s: %s", answer, got)
			}
		}
	})
}

// Who unsubscribed gets neither invitation nor reminder, whatever is already
// in the queue, and only codes and certificates that were asked for.
func TestUnsubscribingReachesTheQueue(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, err := w.Service.Invite(ctx, workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		mail := w.Deliver(t)[0]
		tick(t, w, "2026-12-02 09:00") // a reminder waits
		r := workflowtest.Request()
		r.Organisation = "MRC du Haut-Essai"
		second, err := w.Service.Invite(ctx, workflow.Operator(), r) // an invitation waits
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Unsubscribe(ctx, path.Base(mail.UnsubscribeURL), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Fatalf("mailed %s", mails[0].Delivery.Kind)
		}
		if got := state(t, w, second.ID); got != workflow.StateUndelivered {
			t.Errorf("the second invitation is %s", got)
		}
		wantKey(t, w.RemindNow(ctx, workflow.Operator(), inv.ID), workflow.Conflict, "invitation.unsubscribed")
		wantKey(t, w.Resend(ctx, workflow.Operator(), second.ID), workflow.Conflict, "invitation.unsubscribed")
		wantKey(t, w.LiftSuppression(ctx, workflow.Operator(), "estrie", inv.Contact.Email), workflow.Conflict, "suppression.unsubscribed")

		secret := w.Open(t, path.Base(mail.LinkURL))
		w.Fill(t, secret)
		w.Confirm(t, secret) // needs a code
		if _, err := w.Sign(ctx, secret, w.Form(t, secret), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryCertificate {
			t.Errorf("the certificate did not go out: %+v", mails)
		}
		r.Pole, r.Place.RegionCode = "montreal", "06"
		if _, err := w.Service.Invite(ctx, workflow.Operator(), r); err != nil {
			t.Errorf("another pôle: %v", err)
		}
	})
}

// A reminder's own link unsubscribes too, as long as the law asks for.
func TestARemindersLinkUnsubscribes(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 09:00")
		mails := reminders(t, w)
		if len(mails) != 1 {
			t.Fatal(len(mails))
		}
		w.Clock.Move(61 * 24 * time.Hour)
		if _, err := w.Unsubscribe(t.Context(), path.Base(mails[0].UnsubscribeURL), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.Resend(t.Context(), workflow.Operator(), inv.ID), workflow.Conflict, "invitation.unsubscribed")
	})
}
