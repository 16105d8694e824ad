package workflow_test

import (
	"path/filepath"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestUnsubscribingIsHonouredAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, err := w.Service.Invite(ctx, workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		mail := w.Deliver(t)[0]
		stop := filepath.Base(mail.UnsubscribeURL)
		if _, err := w.PeekUnsubscribe(ctx, stop, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if err := w.Resend(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Errorf("looking at the page unsubscribed: %v", err)
		}
		link := filepath.Base(w.Deliver(t)[0].LinkURL)
		for range 2 {
			if _, err := w.Unsubscribe(ctx, stop, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, w.Resend(ctx, workflow.Operator(), inv.ID), workflow.Conflict, "invitation.unsubscribed")
		other := workflowtest.Request()
		other.Organisation = "Ville de Val-Brouillon"
		_, err = w.Service.Invite(ctx, workflow.Operator(), other)
		wantKey(t, err, workflow.Conflict, "invitation.unsubscribed")

		secret, form := w.Ready(t, link)
		if _, err := w.Sign(ctx, secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryCertificate {
			t.Errorf("the certificate did not go out: %+v", mails)
		}
	})
}
