package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

var refusal = workflow.DeclineForm{Refusal: workflow.Refusal{Reason: workflow.RefusedByCouncil, Words: "Pas cette année.\r\nMerci!"}, Confirmed: true}

// An organisation says no, the pôle is told why, and no reminder is left.
func TestAnInvitationIsDeclined(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		agent := agentOf(t, w, "estrie")
		inv, err := w.Service.Invite(t.Context(), agent, workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		token := tokenAmong(t, w, inv.ID)
		secret := w.Open(t, token)
		w.Fill(t, secret)
		if err := w.Decline(t.Context(), secret, refusal, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		page := invitationOf(t, w, inv.ID)
		if page.State != workflow.StateDeclined || page.Refusal != (workflow.Refusal{Reason: workflow.RefusedByCouncil, Words: "Pas cette année.\nMerci!"}) || !page.RemindAt.IsZero() {
			t.Errorf("%+v", page.Invitation)
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryDeclined || mails[0].Delivery.Recipient != agent.Staff.Email ||
			mails[0].Refusal != page.Refusal || !mails[0].ToPole || !strings.HasSuffix(mails[0].LinkURL, "/equipe/invitations/"+inv.ID) {
			t.Errorf("mailed %+v", mails)
		}
		for _, e := range page.Events {
			if strings.Contains(e.Body, "Pas cette") {
				t.Errorf("the journal holds the words in clear: %s", e.Body)
			}
		}
		_, err = w.OpenLink(t.Context(), token, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.declined")
		wantKey(t, w.Decline(t.Context(), secret, refusal, workflowtest.Visit), workflow.Gone, "link.declined")
		if f, err := w.Farewell(t.Context(), secret, workflow.StateDeclined); err != nil || f.Organisation.Name != "Ville de Rivière-Exemple" || f.Pole.Slug != "estrie" {
			t.Errorf("%+v, %v", f, err)
		}
		for range 60 {
			w.Clock.Move(24 * time.Hour)
			tickNow(t, w)
		}
		if late := w.Deliver(t); len(late) != 0 {
			t.Errorf("mailed %+v", late)
		}
		verifySound(t, w)
	})
}

// tokenAmong delivers the mail and gives the link of one invitation.
func tokenAmong(t *testing.T, w *workflowtest.World, id string) string {
	t.Helper()
	for _, m := range w.Deliver(t) {
		if m.Delivery.InvitationID == id && m.Delivery.Kind == workflow.DeliveryInvitation {
			return m.LinkURL[strings.LastIndexByte(m.LinkURL, '/')+1:]
		}
	}
	t.Fatal("no invitation was mailed")
	return ""
}

// Staff open it again: another link, a fresh answer, and the journal keeps the
// former one. Signing goes on where it had stopped.
func TestADeclinedInvitationIsReopened(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, old := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, old)
		w.Fill(t, secret)
		if err := w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeWeek}); err != nil {
			t.Fatal(err)
		}
		if err := w.Decline(t.Context(), secret, refusal, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		w.Deliver(t)
		w.Clock.Move(90 * 24 * time.Hour)
		if err := w.Resend(t.Context(), agentOf(t, w, "estrie"), inv.ID); err != nil {
			t.Fatal(err)
		}
		page := invitationOf(t, w, inv.ID)
		if page.Refusal != (workflow.Refusal{}) || page.SnoozedUntil != "" || page.State != workflow.StateQueued || !page.ExpiresAt.After(w.Clock.Now()) {
			t.Errorf("%+v", page.Invitation)
		}
		for _, kind := range []string{"invitation.decline", "invitation.reopen"} {
			if !slices.ContainsFunc(page.Events, func(e journal.Entry) bool { return e.Type == kind }) {
				t.Errorf("the journal lacks %s", kind)
			}
		}
		token := tokenAmong(t, w, inv.ID)
		_, err := w.PeekLink(t.Context(), old, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.replaced")
		again := w.Open(t, token)
		w.Confirm(t, again)
		if _, err := w.Sign(t.Context(), again, w.Form(t, again), workflowtest.Visit); err != nil {
			t.Errorf("what was filled in before the refusal cannot be signed: %v", err)
		}
		wantKey(t, w.Decline(t.Context(), again, refusal, workflowtest.Visit), workflow.Conflict, "step.signed")
		verifySound(t, w)
	})
}

func TestRefusalsThatAreNotComplete(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		for _, c := range []struct {
			change     func(*workflow.DeclineForm)
			field, key string
		}{
			{func(f *workflow.DeclineForm) { f.Reason = "" }, "reason", "decline.choose"},
			{func(f *workflow.DeclineForm) { f.Reason = "caprice" }, "reason", "decline.choose"},
			{func(f *workflow.DeclineForm) { f.Words = strings.Repeat("é", 501) }, "words", "text.long"},
			{func(f *workflow.DeclineForm) { f.Words = "a\x00" }, "words", "text.control"},
			{func(f *workflow.DeclineForm) { f.Confirmed = false }, "confirmed", "decline.confirm"},
		} {
			form := refusal
			c.change(&form)
			wantField(t, w.Decline(t.Context(), secret, form, workflowtest.Visit), c.field, c.key)
		}
		if got := state(t, w, inv.ID); got != workflow.StateConsulted {
			t.Error(got)
		}
		wantKey(t, w.Decline(t.Context(), "nobody", refusal, workflowtest.Visit), workflow.Unauthenticated, "session.none")
		bare := workflow.DeclineForm{Refusal: workflow.Refusal{Reason: workflow.RefusedOtherwise}, Confirmed: true}
		if err := w.Decline(t.Context(), secret, bare, workflowtest.Visit); err != nil {
			t.Errorf("nothing beside the reason: %v", err)
		}
	})
}

// A new link for an invitation whose every answer was given leads straight to
// the code, and to the signature.
func TestANewLinkOfAReadyInvitationSigns(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		w.Fill(t, w.Open(t, token))
		if err := w.Resend(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		secret := w.Open(t, tokenAmong(t, w, inv.ID))
		if got := state(t, w, inv.ID); got != workflow.StateReady {
			t.Errorf("state %s", got)
		}
		w.Confirm(t, secret)
		if _, err := w.Sign(t.Context(), secret, w.Form(t, secret), workflowtest.Visit); err != nil {
			t.Error(err)
		}
	})
}
