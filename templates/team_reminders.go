package templates

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"jachete/workflow"
)

// usualHours are those a plan proposes; another that was chosen is shown too.
const (
	firstHour = 7
	lastHour  = 18
)

// Hours lists the hours of the day that a plan may have.
func (p PlanForm) Hours() (list []Option) {
	for hour := range 24 {
		value := strconv.Itoa(hour)
		if chosen := value == p.Form.Hour; chosen || hour >= firstHour && hour <= lastHour {
			list = append(list, Option{value, p.hour(hour), chosen})
		}
	}
	return list
}

// hour writes an hour of the day in words.
func (f *TeamFrame) hour(hour int) string {
	return f.Clock(time.Date(2026, 1, 5, hour, 0, 0, 0, workflow.Zone)) // any winter day
}

// Weekday names the local day of the week of an instant.
func (f *TeamFrame) Weekday(t time.Time) string {
	return f.T("weekday." + strings.ToLower(t.In(workflow.Zone).Weekday().String()))
}

// PlanPreview is what a plan means for an invitation, for the block
// "plan-preview".
type PlanPreview struct {
	*TeamFrame
	Plan       workflow.ReminderPlan
	Sent, Term time.Time
}

// PlanPreview describes what a plan means for an invitation sent and ending at
// those times.
func (f *TeamFrame) PlanPreview(p workflow.ReminderPlan, sent, term time.Time) PlanPreview {
	return PlanPreview{f, p, sent, term}
}

// Dates lists the reminders that nobody answers.
func (p PlanPreview) Dates() []time.Time { return p.Plan.Dates(p.Sent, p.Term) }

// PlanWords tells in a sentence what a plan does.
func (f *TeamFrame) PlanWords(p workflow.ReminderPlan) string {
	if p.Off {
		return f.T("plan.words-off", "Most", workflow.MaxReminders)
	}
	var when []string
	if len(p.AfterDays) > 0 {
		when = append(when, f.T("plan.after", "Days", f.days(p.AfterDays)))
	}
	if len(p.BeforeDays) > 0 {
		when = append(when, f.T("plan.before", "Days", f.days(p.BeforeDays)))
	}
	return f.T("plan.words", "When", f.and(when), "Time", f.hour(p.Hour), "Most", workflow.MaxReminders)
}

// days writes numbers of days: « 10 et 25 jours ».
func (f *TeamFrame) days(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = f.Count(n)
	}
	words[len(list)-1] = f.N("plan.days-number", list[len(list)-1])
	return f.and(words)
}

// and joins words: « 5, 10 et 25 ».
func (f *TeamFrame) and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return f.T("plan.and", "First", strings.Join(words[:last], ", "), "Last", words[last])
}

// inAnswer finds the addresses that servers quote in their answers.
var inAnswer = regexp.MustCompile(`[^\s<>"'(),:;=@\[\]]+@[A-Za-z0-9.-]+`)

// Spoken is a server's answer as the reader may see it: addresses in it are
// masked for those who only read, as Mailbox does.
func (f *TeamFrame) Spoken(answer string) string {
	return inAnswer.ReplaceAllStringFunc(answer, f.Mailbox)
}

// Cause words why a server refused a mail; empty when its answer does not say.
func (f *TeamFrame) Cause(answer string) string {
	cause := workflow.CauseOf(answer)
	if cause == "" {
		return ""
	}
	return f.T("cause." + string(cause))
}

// DeliveryCause is Cause for a delivery that will not arrive.
func (f *TeamFrame) DeliveryCause(d workflow.Delivery) string {
	if d.State != workflow.DeliveryFailed && d.State != workflow.DeliveryGaveUp {
		return ""
	}
	return f.Cause(d.Answer)
}

// SuppressionMark describes why an address is not written to.
func (f *TeamFrame) SuppressionMark(r workflow.SuppressionReason) Mark {
	class := "ended"
	if r == workflow.SuppressedByBounce {
		class = "bad"
	}
	return Mark{class, f.T("suppression.reason-" + string(r))}
}
