package templates

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// noReminder are the reasons why nothing is planned.
var noReminder = []string{"unsubscribed", "bounced", "off", "most", "plan", "soon"}

// sampleReminders is every way reminders can stand.
var sampleReminders = func() []InvitationReminders {
	list := []InvitationReminders{{}, {Shown: true, Next: sampleTime, Now: true}, {Shown: true, Count: 1, Last: sampleTime, Next: sampleTime, From: sampleTime}}
	for _, none := range noReminder {
		list = append(list, InvitationReminders{Shown: true, Count: 3, Last: sampleTime, None: none, Off: none == "off", Now: none == "plan"})
	}
	return list
}()

func reminderSamples(team TeamFrame) []Page {
	refused := TeamFrame{Frame: Frame{Problems: []Problem{{"plan", long}, {"after", long}, {"before", long}, {"remindhour", long}}}, Writer: true}
	reader := TeamFrame{}
	bounce := workflow.Suppression{Email: "camille@example.org", Reason: workflow.SuppressedByBounce, Answer: "550 5.1.1 " + long, At: sampleTime}
	asked := workflow.Suppression{Email: "c@example.org", Reason: workflow.SuppressedByRequest, At: sampleTime}
	all := []workflow.Suppression{bounce, asked}
	typed := workflow.ReminderForm{Choice: workflow.RemindByPlan, After: long, Before: long, Hour: "23"}
	return []Page{
		&TeamReminders{TeamFrame: team, Pole: samplePole, Chosen: workflow.DefaultPlan, Form: workflow.DefaultPlan.Form(), Now: sampleTime, Saved: true},
		&TeamReminders{TeamFrame: reader, Pole: samplePole, Chosen: workflow.ReminderPlan{Off: true}, Now: sampleTime},
		&TeamReminders{TeamFrame: team, Pole: samplePole, Chosen: workflow.ReminderPlan{AfterDays: []int{1, 2, 300}, Hour: 0}, Form: typed, Now: sampleTime, Trial: true},
		&TeamReminders{TeamFrame: refused, Pole: samplePole, Chosen: workflow.DefaultPlan, Form: typed, Now: sampleTime},
		&TeamSuppressions{TeamFrame: team, Pole: samplePole},
		&TeamSuppressions{TeamFrame: reader, Pole: samplePole, Found: all, Total: 2, Page: 1, Pages: 1},
		&TeamSuppressions{TeamFrame: team, Pole: samplePole, Found: all, Total: 60, Page: 2, Pages: 3, Previous: "/equipe", Next: "/equipe", Lifted: true},
	}
}

func TestPlansAreToldInWords(t *testing.T) {
	fr, en := &TeamFrame{Frame: Frame{Lang: workflow.French}}, &TeamFrame{Frame: Frame{Lang: workflow.English}}
	plan := workflow.ReminderPlan{AfterDays: []int{1, 10}, BeforeDays: []int{7}, Hour: 9}
	for _, c := range []struct {
		frame *TeamFrame
		plan  workflow.ReminderPlan
		words string
	}{
		{fr, plan, "1 et 10\u00a0jours après l’envoi et 7\u00a0jours avant le terme, à 9\u00a0h\u00a000."},
		{en, plan, "1 and 10 days after sending and 7 days before the deadline, at 9:00\u00a0a.m."},
		{fr, workflow.ReminderPlan{BeforeDays: []int{1}, Hour: 14}, "un rappel 1\u00a0jour avant le terme, à 14\u00a0h\u00a000."},
		{fr, workflow.ReminderPlan{AfterDays: []int{5, 10, 20}, Hour: 0}, "un rappel 5, 10 et 20\u00a0jours après l’envoi, à 0\u00a0h\u00a000."},
		{fr, workflow.ReminderPlan{Off: true}, "Aucun rappel ne part automatiquement."},
	} {
		if got := c.frame.PlanWords(c.plan); !strings.Contains(got, c.words) {
			t.Errorf("%q does not say %q", got, c.words)
		}
	}
}

func TestAnswersAreMaskedForReaders(t *testing.T) {
	answer := "550 5.1.1 <camille@ville.example.org>: no mailbox Camille@ville.example.org here"
	if got := (&TeamFrame{Writer: true}).Spoken(answer); got != answer {
		t.Errorf("a writer reads %q", got)
	}
	if got, want := (&TeamFrame{}).Spoken(answer), "550 5.1.1 <c…@ville.example.org>: no mailbox C…@ville.example.org here"; got != want {
		t.Errorf("a reader reads %q", got)
	}
}

func TestTheHourChosenIsAlwaysProposed(t *testing.T) {
	f := &TeamFrame{Frame: Frame{Lang: workflow.French}}
	for hour, n := range map[string]int{"9": 12, "3": 13, "": 12, "x": 12} {
		hours := f.PlanForm(workflow.ReminderForm{Hour: hour}, false).Hours()
		if len(hours) != n {
			t.Errorf("%q: %d hours", hour, len(hours))
		}
		if chosen := slices.ContainsFunc(hours, func(o Option) bool { return o.Chosen && o.Value == hour }); chosen != (hour == "9" || hour == "3") {
			t.Errorf("%q: chosen %v", hour, chosen)
		}
	}
	if n := len(f.PlanForm(workflow.ReminderForm{}, true).Choices()); n != 3 {
		t.Errorf("a campaign has %d choices", n)
	}
}

// What the page says of reminders follows from the invitation.
func TestRemindersOfAnInvitation(t *testing.T) {
	base := workflow.InvitationPage{}
	base.State, base.SentAt, base.ExpiresAt, base.RemindAt = workflow.StateSent, sampleTime, sampleTime.AddDate(0, 2, 0), sampleTime.AddDate(0, 0, 10)
	for name, c := range map[string]struct {
		change func(*workflow.InvitationPage)
		want   InvitationReminders
	}{
		"planned":   {func(*workflow.InvitationPage) {}, InvitationReminders{Shown: true, Next: base.RemindAt, Now: true}},
		"no more":   {func(p *workflow.InvitationPage) { p.RemindAt = time.Time{} }, InvitationReminders{Shown: true, None: "plan", Now: true}},
		"signed":    {func(p *workflow.InvitationPage) { p.State = workflow.StateSigned }, InvitationReminders{None: "plan", Now: true}},
		"stopped":   {func(p *workflow.InvitationPage) { p.RemindersOff = true }, InvitationReminders{Shown: true, None: "off", Off: true}},
		"too soon":  {func(p *workflow.InvitationPage) { p.RemindedAt, p.Reminders = sampleTime, 1 }, InvitationReminders{Shown: true, Count: 1, Last: sampleTime, Next: base.RemindAt, From: sampleTime.Add(24 * time.Hour)}},
		"all three": {func(p *workflow.InvitationPage) { p.Reminders = 3 }, InvitationReminders{Shown: true, Count: 3, Next: base.RemindAt, None: "most"}},
		"bounced": {func(p *workflow.InvitationPage) { p.Suppression.Reason = workflow.SuppressedByBounce },
			InvitationReminders{Shown: true, Next: base.RemindAt, None: "bounced"}},
		"unsubscribed": {func(p *workflow.InvitationPage) { p.Suppression.Reason = workflow.SuppressedByRequest },
			InvitationReminders{Shown: true, Next: base.RemindAt, None: "unsubscribed"}},
	} {
		p := base
		c.change(&p)
		if got := RemindersOf(p, sampleTime.Add(time.Hour)); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
