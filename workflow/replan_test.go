package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Another term or another campaign is another plan: the next reminder follows.
func TestRemindersFollowTermAndCampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, operator := t.Context(), workflow.Operator()
		inv, _ := w.Invite(t, workflowtest.Request())
		next := func() time.Time {
			t.Helper()
			page, err := w.Invitation(ctx, operator, inv.ID)
			if err != nil {
				t.Fatal(err)
			}
			return page.RemindAt
		}
		usual := next() // ten days after
		if err := w.Extend(ctx, operator, inv.ID, w.Clock.Now().Add(9*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		soon := next()
		if usual.IsZero() || !soon.Before(usual) {
			t.Errorf("planned for %s, then for %s with a nearer term", usual, soon)
		}
		if err := w.Extend(ctx, operator, inv.ID, w.Clock.Now().Add(60*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := w.Store.Update(ctx, func(tx workflow.Tx) error {
			return tx.AddCampaign(ctx, workflow.Campaign{PoleSlug: inv.PoleSlug, Slug: "sans-rappel", Name: "Sans rappel",
				Reminders: workflow.ReminderPlan{Off: true}, CreatedAt: w.Clock.Now()})
		}); err != nil {
			t.Fatal(err)
		}
		if err := w.SetInvitationCampaign(ctx, operator, inv.ID, "sans-rappel"); err != nil {
			t.Fatal(err)
		}
		if at := next(); !at.IsZero() {
			t.Errorf("reminded at %s by a campaign that never does", at)
		}
	})
}
