package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func deliveryOf(t *testing.T, w *workflowtest.World, id string) (workflow.State, workflow.Delivery) {
	t.Helper()
	page, err := w.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	return page.State, page.Deliveries[len(page.Deliveries)-1]
}

// attempt claims the one delivery that is due and settles it.
func attempt(t *testing.T, w *workflowtest.World, o workflow.Outcome) {
	t.Helper()
	list, err := w.ClaimDeliveries(t.Context(), 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d deliveries due, %v", len(list), err)
	}
	if err := w.SettleDelivery(t.Context(), list[0], o); err != nil {
		t.Fatal(err)
	}
}

func TestSentMeansTheRelaySaid250(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateQueued || d.State != workflow.DeliveryWaiting {
			t.Errorf("before the relay: %s, %s", state, d.State)
		}
		attempt(t, w, workflow.Outcome{Answer: "451 try later"})
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateQueued || d.State != workflow.DeliveryWaiting || d.Answer != "451 try later" {
			t.Errorf("after 451: %s, %+v", state, d)
		}
		if list, _ := w.ClaimDeliveries(t.Context(), 10); len(list) != 0 {
			t.Error("tried again at once")
		}
		w.Clock.Move(time.Minute)
		attempt(t, w, workflow.Outcome{Sent: true, Answer: "250 OK"})
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateSent || d.Attempts != 2 {
			t.Errorf("after 250: %s, %+v", state, d)
		}
	})
}

func TestRefusedForGoodIsSaidAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		attempt(t, w, workflow.Outcome{Permanent: true, Answer: "550 unknown"})
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateUndelivered || d.State != workflow.DeliveryFailed {
			t.Errorf("%s, %s", state, d.State)
		}
	})
}

func TestThreeDaysOfTemporaryRefusalsAreEnough(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		for range 40 {
			if _, d := deliveryOf(t, w, inv.ID); d.State != workflow.DeliveryWaiting {
				break
			}
			attempt(t, w, workflow.Outcome{Answer: "451 try later"})
			w.Clock.Move(6 * time.Hour)
		}
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateUndelivered || d.State != workflow.DeliveryGaveUp {
			t.Errorf("%s, %s", state, d.State)
		}
	})
}

func TestMailThatComesBackIsSeenByStaff(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		_, d := deliveryOf(t, w, inv.ID)
		report := workflow.BounceReport{MessageID: d.MessageID, Recipients: []string{"Camille@example.org"}, Answer: "5.1.1 unknown"}
		if err := w.Bounce(t.Context(), report); err != nil {
			t.Fatal(err)
		}
		if state, d := deliveryOf(t, w, inv.ID); state != workflow.StateUndelivered || d.Answer != "5.1.1 unknown" {
			t.Errorf("%s, %+v", state, d)
		}
		if err := w.Bounce(t.Context(), report); !workflow.IsKind(err, workflow.NotFound) {
			t.Errorf("the same report again: %v", err)
		}
		w.Open(t, token) // it reached somebody after all
		if state, _ := deliveryOf(t, w, inv.ID); state != workflow.StateConsulted {
			t.Errorf("opened: %s", state)
		}
		verifySound(t, w)
	})
}

func TestALostLeaseCannotSettle(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		if _, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request()); err != nil {
			t.Fatal(err)
		}
		slow, err := w.ClaimDeliveries(t.Context(), 10)
		if err != nil || len(slow) != 1 {
			t.Fatal(slow, err)
		}
		w.Clock.Move(time.Hour)
		attempt(t, w, workflow.Outcome{Sent: true, Answer: "250 quick"})
		err = w.SettleDelivery(t.Context(), slow[0], workflow.Outcome{Permanent: true, Answer: "550 slow"})
		if !workflow.IsKind(err, workflow.Conflict) {
			t.Errorf("the late worker settled: %v", err)
		}
	})
}
