package workflow_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// asked takes an invitation to the question of its authority.
func asked(t *testing.T, w *workflowtest.World) (inv workflow.Invitation, token, secret string) {
	t.Helper()
	inv, token = w.Invite(t, workflowtest.Request())
	secret = w.Open(t, token)
	if err := errors.Join(w.MarkRead(t.Context(), secret),
		w.SaveOrganisation(t.Context(), secret, workflow.OrganisationForm{Organisation: "Ville de Rivière-Exemple", Name: "Camille Exemple", Function: "Greffière"})); err != nil {
		t.Fatal(err)
	}
	return inv, token, secret
}

// The world begins on 2026-11-22 and the invitation ends on 2027-01-21.
func TestACouncilIsWaitedFor(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token, secret := asked(t, w)
		if err := w.AwaitResolution(t.Context(), secret, workflow.MeetingForm{Date: " 2027-01-18 ", Body: "conseil municipal"}); err != nil {
			t.Fatal(err)
		}
		page := invitationOf(t, w, inv.ID)
		if page.State != workflow.StateAwaitingResolution || page.MeetingOn != "2027-01-18" || page.Details.Council != "conseil municipal" {
			t.Errorf("%+v", page.Invitation)
		}
		if until := time.Date(2027, 3, 4, 0, 0, 0, 0, workflow.Zone); !page.ExpiresAt.Equal(until) {
			t.Errorf("open until %s, want %s", page.ExpiresAt, until)
		}
		wantNext(t, w, inv.ID, "2027-01-19 09:00")
		if !slices.ContainsFunc(page.Events, func(e journal.Entry) bool { return e.Type == "invitation.await" }) {
			t.Error("the journal says nothing of it")
		}

		tick(t, w, "2027-02-10 09:00") // past the first term
		again := w.Open(t, token)
		p, err := w.Signing(t.Context(), again)
		if err != nil || p.Step != workflow.StepResolution || !p.Invitation.Details.Named {
			t.Fatalf("after the meeting: step %s, %v", p.Step, err)
		}
		form := workflow.ResolutionForm{Needed: true, Number: "2027-014", Date: "2027-01-18", Body: "conseil municipal"}
		if err := w.SaveResolution(t.Context(), again, form); err != nil {
			t.Fatal(err)
		}
		w.Confirm(t, again)
		if _, err := w.Sign(t.Context(), again, w.Form(t, again), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		verifySound(t, w)
	})
}

// A meeting that is put off is waited for anew, and a resolution that was given
// by mistake is forgotten.
func TestAMeetingIsPutOff(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _, secret := asked(t, w)
		if err := w.SaveResolution(t.Context(), secret, workflow.ResolutionForm{Needed: true, Number: "2026-1", Date: "2026-11-02", Body: "conseil"}); err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{"2026-12-07", "2026-12-07", "2026-12-14"} {
			if err := w.AwaitResolution(t.Context(), secret, workflow.MeetingForm{Date: day, Body: "conseil"}); err != nil {
				t.Fatal(err)
			}
		}
		page := invitationOf(t, w, inv.ID)
		if page.State != workflow.StateAwaitingResolution || page.MeetingOn != "2026-12-14" || page.Details.Authorised || !page.Details.Resolution.IsZero() {
			t.Errorf("%+v", page.Invitation)
		}
		n := 0
		for _, e := range page.Events {
			if e.Type == "invitation.await" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d entries for two days", n)
		}
	})
}

func TestAMeetingThatCannotBe(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _, secret := asked(t, w)
		for _, c := range []struct{ date, body, field, key string }{
			{"2026-11-21", "conseil", "meeting", "meeting.past"}, {"2026-02-30", "conseil", "meeting", "date.invalid"}, {"", "conseil", "meeting", "date.invalid"},
			{"2028-01-10", "conseil", "meeting", "meeting.far"}, {"2026-12-07", " ", "council", "text.empty"},
		} {
			err := w.AwaitResolution(t.Context(), secret, workflow.MeetingForm{Date: c.date, Body: c.body})
			var refused *workflow.Error
			if !errors.As(err, &refused) || refused.Kind != workflow.Invalid || len(refused.Fields) != 1 || refused.Fields[0].Field != c.field || refused.Fields[0].Key != c.key {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if page := invitationOf(t, w, inv.ID); page.State != workflow.StateConsulted || page.MeetingOn != "" || !page.ExpiresAt.Equal(inv.ExpiresAt) {
			t.Errorf("%+v", page.Invitation)
		}
		if err := w.AwaitResolution(t.Context(), secret, workflow.MeetingForm{Date: "2026-11-22", Body: "conseil"}); err != nil {
			t.Errorf("tonight's meeting: %v", err)
		}
	})
}

func TestNobodyWaitsBeforeReading(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		err := w.AwaitResolution(t.Context(), w.Open(t, token), workflow.MeetingForm{Date: "2026-12-07", Body: "conseil"})
		if !workflow.IsKind(err, workflow.Conflict) {
			t.Error(err)
		}
	})
}
