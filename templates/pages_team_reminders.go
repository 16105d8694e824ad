package templates

import (
	"time"

	"jachete/workflow"
)

// InvitationReminders is what an invitation's page says of its reminders, for
// the block "invitation-reminders".
type InvitationReminders struct {
	Shown bool // the invitation waits for an answer
	Count int
	Last  time.Time // zero for none
	Next  time.Time // meaningful when None is empty
	None  string    // why nothing is planned: the end of a key "reminders.none-"
	Off   bool      // stopped by staff
	Now   bool      // one may be sent by hand
	From  time.Time // when that may be, if it is for later
}

// Most is how many reminders an invitation can have.
func (InvitationReminders) Most() int { return workflow.MaxReminders }

// Final tells that no reminder will ever go, so that there is nothing to stop.
func (r InvitationReminders) Final() bool {
	return r.None == "most" || r.None == "unsubscribed" || r.None == "bounced"
}

// RemindersOf describes the reminders of an invitation at a moment.
func RemindersOf(p workflow.InvitationPage, now time.Time) InvitationReminders {
	r := InvitationReminders{Shown: p.State.Reminded(), Count: p.Reminders, Last: p.RemindedAt, Next: p.NextReminder(now), Off: p.RemindersOff}
	switch {
	case p.Suppression.Reason == workflow.SuppressedByRequest:
		r.None = "unsubscribed"
	case p.Suppression.Reason == workflow.SuppressedByBounce:
		r.None = "bounced"
	case r.Off:
		r.None = "off"
	case r.Count >= workflow.MaxReminders:
		r.None = "most"
	case p.RemindersUnplanned():
		r.None = "soon"
	case r.Next.IsZero():
		r.None = "plan"
	}
	if r.Off || r.Final() {
		return r
	}
	if r.From = p.NextRemindNow(); !r.From.After(now) {
		r.Now, r.From = true, time.Time{}
	}
	return r
}

// TeamReminders is when a pôle reminds.
type TeamReminders struct {
	TeamFrame
	Pole   workflow.Pole
	Form   workflow.ReminderForm // as typed
	Chosen workflow.ReminderPlan // that the preview shows
	Now    time.Time
	Saved  bool
	Trial  bool // the preview is of what was typed, which is not saved
}

// File implements [Page].
func (*TeamReminders) File() string { return "team_reminders" }

// Plan describes the fields for their block.
func (p *TeamReminders) Plan() PlanForm { return p.PlanForm(p.Form, false) }

// Preview describes the preview for its block.
func (p *TeamReminders) Preview() PlanPreview {
	return p.PlanPreview(p.Chosen, p.Now, p.Now.Add(workflow.InvitationLife))
}

// PlanForm is the fields of a reminder plan, for the block "reminder-plan":
// the radio buttons "plan" and the fields "after", "before" and "remindhour".
type PlanForm struct {
	*TeamFrame
	Form   workflow.ReminderForm
	ofPole bool
}

// PlanForm describes the fields of a plan. ofPole offers to leave it to the
// pôle, as a campaign may.
func (f *TeamFrame) PlanForm(form workflow.ReminderForm, ofPole bool) PlanForm {
	return PlanForm{f, form, ofPole}
}

// Choices lists whose plan may be followed.
func (p PlanForm) Choices() (list []Option) {
	choices := []workflow.ReminderChoice{workflow.RemindByPlan, workflow.RemindNever}
	if p.ofPole {
		choices = append([]workflow.ReminderChoice{workflow.RemindAsPole}, choices...)
	}
	for _, c := range choices {
		list = append(list, Option{string(c), p.T("plan.choice-" + string(c)), c == p.Form.Choice})
	}
	return list
}

// TeamSuppressions lists the addresses a pôle does not write to.
type TeamSuppressions struct {
	TeamFrame
	Pole           workflow.Pole
	Found          []workflow.Suppression
	Total          int
	Page, Pages    int
	Previous, Next string // addresses, or empty
	Lifted         bool   // one was taken off the list just now
}

// File implements [Page].
func (*TeamSuppressions) File() string { return "team_suppressions" }
