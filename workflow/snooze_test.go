package workflow_test

import (
	"slices"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// The world begins on Sunday 2026-11-22 at 10 h; by the default plan the first
// reminder would come on 2026-12-02.
func TestAPersonIsLeftInPeaceUntilADay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		if err := w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeDate, Date: " 2026-12-12 "}); err != nil {
			t.Fatal(err)
		}
		page := invitationOf(t, w, inv.ID)
		if page.SnoozedUntil != "2026-12-12" || page.State != workflow.StateConsulted {
			t.Errorf("%+v", page.Invitation)
		}
		if !slices.ContainsFunc(page.Events, func(e journal.Entry) bool { return e.Type == "invitation.snooze" && e.Data()["until"] == "2026-12-12" }) {
			t.Error("the journal says nothing of it")
		}
		wantNext(t, w, inv.ID, "2026-12-14 09:00") // a Saturday was asked for
		for day := time.Date(2026, 11, 23, 9, 1, 0, 0, workflow.Zone); day.Day() != 14 || day.Month() == 11; day = day.AddDate(0, 0, 1) {
			tick(t, w, day.Format("2006-01-02 15:04"))
			if mails := reminders(t, w); len(mails) != 0 {
				t.Fatalf("reminded on %s", day)
			}
		}
		tick(t, w, "2026-12-14 09:00")
		if mails := reminders(t, w); len(mails) != 1 {
			t.Errorf("%d reminders on the day", len(mails))
		}
		if _, err := w.OpenLink(t.Context(), token, workflowtest.Visit); err != nil {
			t.Errorf("the link does not open: %v", err)
		}
	})
}

// A reminder that waits for the relay no longer goes; asking for the same day
// again writes nothing; staff who stopped reminders are obeyed.
func TestSnoozingCancelsAReminderOnItsWay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		tick(t, w, "2026-12-02 09:00")
		if n := invitationOf(t, w, inv.ID).Reminders; n != 1 {
			t.Fatalf("%d reminders queued", n)
		}
		secret := w.Open(t, token)
		for range 2 {
			if err := w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeWeek}); err != nil {
				t.Fatal(err)
			}
		}
		if mails := reminders(t, w); len(mails) != 0 {
			t.Errorf("mailed %+v", mails)
		}
		wantNext(t, w, inv.ID, "2026-12-09 09:00")
		if err := w.StopReminders(t.Context(), workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeTomorrow}); err != nil {
			t.Fatal(err)
		}
		wantNext(t, w, inv.ID, "")
		n := 0
		for _, e := range invitationOf(t, w, inv.ID).Events {
			if e.Type == "invitation.snooze" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%d entries for two days", n)
		}
	})
}

func TestDaysThatCannotBe(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request()) // until 2027-01-21
		secret := w.Open(t, token)
		for _, c := range []struct {
			form       workflow.SnoozeForm
			field, key string
		}{
			{workflow.SnoozeForm{}, "when", "later.choose"},
			{workflow.SnoozeForm{Choice: "never", Date: "2026-12-01"}, "when", "later.choose"},
			{workflow.SnoozeForm{Choice: workflow.SnoozeDate}, "until", "date.invalid"},
			{workflow.SnoozeForm{Choice: workflow.SnoozeDate, Date: "2026-02-30"}, "until", "date.invalid"},
			{workflow.SnoozeForm{Choice: workflow.SnoozeDate, Date: "2026-11-22"}, "until", "later.past"},
			{workflow.SnoozeForm{Choice: workflow.SnoozeDate, Date: "2027-01-22"}, "until", "later.term"},
		} {
			wantField(t, w.Snooze(t.Context(), secret, c.form), c.field, c.key)
		}
		if err := w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeDate, Date: "2027-01-21"}); err != nil {
			t.Errorf("the day of the term: %v", err)
		}
	})
}

func TestDaysToPropose(t *testing.T) {
	at := func(s string) time.Time {
		day, err := time.ParseInLocation("2006-01-02 15:04", s, workflow.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for _, c := range []struct {
		now, term string
		want      []string
	}{
		{"2026-11-22 10:00", "2027-01-21 10:00", []string{"2026-11-23", "2026-11-29", "2026-12-22"}},
		{"2027-01-31 23:30", "2027-03-31 10:00", []string{"2027-02-01", "2027-02-07", "2027-02-28"}},
		{"2026-12-31 09:00", "2027-01-05 09:00", []string{"2027-01-01"}},
		{"2026-12-31 09:00", "2026-12-31 19:00", nil},
	} {
		var got []string
		for _, d := range workflow.SnoozeDays(at(c.now), at(c.term)) {
			got = append(got, d.Day)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("on %s: %v, want %v", c.now, got, c.want)
		}
	}
}
