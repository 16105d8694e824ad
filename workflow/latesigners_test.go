package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Ceremony on Tuesday 2026-11-24: who has not signed by then is reminded on
// Wednesday, once, and told that there is still time.
func TestLateSignersAreReminded(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		held := func(day string) workflow.CampaignRequest {
			return workflow.CampaignRequest{Name: "Les villes", Ceremony: workflow.LocalTime{Day: day, Hour: "18 h"}}
		}
		c, err := w.AddCampaign(ctx, workflow.Operator(), "estrie", held("2026-12-10"))
		if err != nil {
			t.Fatal(err)
		}
		signs, token := w.Invite(t, in(c))
		r := in(c)
		r.Organisation, r.Contact.Email = "MRC du Haut-Essai", "haut-essai@example.org"
		late, _ := w.Invite(t, r)
		wantNext(t, w, late.ID, "2026-12-02 09:00") // as usual: the ceremony is later
		if _, err := w.ChangeCampaign(ctx, workflow.Operator(), "estrie", c.Slug, held("2026-11-24")); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, late.ID, "2026-11-25 09:00")
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(ctx, secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		tick(t, w, "2026-11-24 19:00")
		if mails := reminders(t, w); len(mails) != 0 {
			t.Fatal("reminded on the evening of the ceremony")
		}
		tick(t, w, "2026-11-25 09:00")
		mails := reminders(t, w)
		if len(mails) != 1 || mails[0].Delivery.InvitationID != late.ID || !mails[0].CeremonyAt.Equal(time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)) {
			t.Errorf("the day after: %+v", mails)
		}
		wantNext(t, w, late.ID, "2026-12-02 09:00")
		wantNext(t, w, signs.ID, "")
		verifySound(t, w)
	})
}

// A mail never calls over what lies ahead, or what the invitation came after.
func TestRemindersSayNothingOfACeremonyAhead(t *testing.T) {
	w := workflowtest.New(t, openStore(t, databases["sqlite"](t)))
	c := campaign(t, w, func(r *workflow.CampaignRequest) { r.Ceremony = workflow.LocalTime{Day: "2026-12-10", Hour: "18 h"} })
	w.Invite(t, in(c))
	tick(t, w, "2026-12-02 09:00")
	if mails := reminders(t, w); len(mails) != 1 || !mails[0].CeremonyAt.IsZero() {
		t.Errorf("eight days before: %+v", mails)
	}
	tick(t, w, "2026-12-12 09:00")
	r := in(c)
	r.Organisation, r.Contact.Email = "MRC du Haut-Essai", "haut-essai@example.org"
	inv, _ := w.Invite(t, r)
	reminders(t, w)
	if err := w.RemindNow(t.Context(), workflow.Operator(), inv.ID); err != nil {
		t.Fatal(err)
	}
	if mails := reminders(t, w); len(mails) != 1 || !mails[0].CeremonyAt.IsZero() {
		t.Errorf("invited afterwards: %+v", mails)
	}
}
