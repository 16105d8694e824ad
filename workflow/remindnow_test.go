package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestRemindingByHand(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, err := w.Service.Invite(ctx, workflow.Operator(), workflowtest.Request())
		if err != nil {
			t.Fatal(err)
		}
		remind := func() error { return w.RemindNow(ctx, workflow.Operator(), inv.ID) }
		wantKey(t, remind(), workflow.Conflict, "invitation.cannot-remind") // still in the queue
		w.Deliver(t)
		for n := 1; n <= workflow.MaxReminders; n++ {
			if err := remind(); err != nil {
				t.Fatal(err)
			}
			if mails := reminders(t, w); len(mails) != 1 || mails[0].Reminder != n {
				t.Fatalf("reminder %d: %+v", n, mails)
			}
			w.Clock.Move(24*time.Hour - time.Second)
			if n < workflow.MaxReminders {
				err := remind()
				wantKey(t, err, workflow.Conflict, "reminder.soon")
				var e *workflow.Error
				if want := w.Clock.Now().Add(time.Second).Format(time.RFC3339); !asError(err, &e) || e.Args["at"] != want {
					t.Errorf("says %v, want %s", err, want)
				}
			}
			w.Clock.Move(time.Second)
		}
		wantKey(t, remind(), workflow.Conflict, "reminder.most")
		wantNext(t, w, inv.ID, "")
		if err := w.Resend(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		w.Deliver(t)
		wantKey(t, remind(), workflow.Conflict, "reminder.most") // in the life of the invitation
		verifySound(t, w)
	})
}

// A reminder sent by hand stands for the one planned on that day, and counts.
func TestByHandCountsInThePlan(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 08:00")
		if err := w.RemindNow(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-12-17 09:00")
		tick(t, w, "2026-12-02 09:00")
		if mails := reminders(t, w); len(mails) != 1 {
			t.Errorf("%d reminders", len(mails))
		}
	})
}

func TestStoppedRemindersStay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, _ := w.Invite(t, workflowtest.Request())
		for range 2 {
			if err := w.StopReminders(ctx, workflow.Operator(), inv.ID); err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, w.RemindNow(ctx, workflow.Operator(), inv.ID), workflow.Conflict, "reminder.off")
		plan := workflow.ReminderForm{Choice: workflow.RemindByPlan, After: "3", Hour: "9"}
		if err := w.SetPoleReminders(ctx, workflow.Operator(), "estrie", plan); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "")
		if err := w.ResumeReminders(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "2026-11-25 09:00")
		var told []string
		for _, e := range invitationOf(t, w, inv.ID).Events {
			if e.Type == "reminders.stopped" || e.Type == "reminders.resumed" {
				told = append(told, e.Type)
			}
		}
		if len(told) != 2 || told[0] != "reminders.stopped" || told[1] != "reminders.resumed" {
			t.Errorf("the journal says %v", told)
		}
	})
}

func TestRemindersOfAnotherPoleAreUnknown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, _ := w.Invite(t, workflowtest.Request())
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		for name, ask := range map[string]func(workflow.Actor, string) error{
			"remind": func(a workflow.Actor, id string) error { return w.RemindNow(ctx, a, id) },
			"stop":   func(a workflow.Actor, id string) error { return w.StopReminders(ctx, a, id) },
			"resume": func(a workflow.Actor, id string) error { return w.ResumeReminders(ctx, a, id) },
		} {
			there, nowhere := ask(stranger, inv.ID), ask(stranger, "nowhere")
			if there == nil || there.Error() != nowhere.Error() || !workflow.IsKind(there, workflow.NotFound) {
				t.Errorf("%s: %v for another pôle's, %v for an unknown one", name, there, nowhere)
			}
			wantKey(t, ask(reader, inv.ID), workflow.Forbidden, "role.insufficient")
		}
		if page := invitationOf(t, w, inv.ID); page.Reminders != 0 || page.RemindersOff {
			t.Errorf("%+v", page.Invitation)
		}
	})
}
