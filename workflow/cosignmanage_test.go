package workflow_test

import (
	"path"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Each of two signatories has a page of their own: the code goes to their own
// mailbox, and their choices are theirs.
func TestEachSignatoryManagesTheirOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		_, first := withSecond(t, w, false)
		sign(t, w, first)
		second := seated(t, w, cosignToken(t, w.Deliver(t)))
		number := sign(t, w, second)
		pages := map[string]string{}
		for _, m := range w.Deliver(t) {
			if m.Delivery.Kind == workflow.DeliveryCertificate {
				pages[m.Delivery.Recipient] = path.Base(m.LinkURL)
			}
		}
		w.Clock.Move(time.Hour)
		own := pages[clerk.Email]
		if err := w.SendManageCode(ctx, own, "browser", workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if to := w.Courier.Codes()[len(w.Courier.Codes())-1].To; to != clerk.Email {
			t.Errorf("the code of the second went to %s", to)
		}
		secret, err := w.ConfirmManageCode(ctx, own, "browser", w.Courier.Last(t), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.SetPublication(ctx, pages["camille@example.org"], secret, workflow.Publish{Signatory: true}, workflowtest.Visit), workflow.Unauthenticated, "manage.unconfirmed")
		if err := w.SetPublication(ctx, own, secret, workflow.Publish{Signatory: true}, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		v, err := w.VerifyNumber(ctx, number, workflowtest.Visit)
		if err != nil || v.Commitment.PublicSecond != clerk.Signatory || v.Commitment.PublicName != "" {
			t.Errorf("published %+v, %v", v.Commitment, err)
		}
		if err := w.RequestCertificates(ctx, clerk.Email, workflow.French, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		found := w.Deliver(t)
		if len(found) != 1 || len(found[0].Certificates) != 1 {
			t.Fatalf("found %+v", found)
		}
		again, err := w.PersonalPage(ctx, path.Base(found[0].Certificates[0].URL), "", workflowtest.Visit)
		if err != nil || again.Seat != workflow.SeatSecond || again.Signature.Signatory != clerk.Signatory {
			t.Errorf("%+v, %v", again.Signature.Signatory, err)
		}
		if err := w.Withdraw(ctx, own, secret, true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, m := range w.Deliver(t) {
			if m.Delivery.Kind == workflow.DeliveryWithdrawn && !m.Team {
				told++
			}
		}
		if told != 2 {
			t.Errorf("%d of two signatories were told of the withdrawal", told)
		}
	})
}
