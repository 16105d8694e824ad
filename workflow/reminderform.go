package workflow

import (
	"slices"
	"strconv"
	"strings"
)

// ReminderChoice says whose plan is followed.
type ReminderChoice string

// The choices of a form.
const (
	RemindAsPole ReminderChoice = "pole" // for a campaign: the plan of its pôle
	RemindByPlan ReminderChoice = "own"
	RemindNever  ReminderChoice = "off"
)

// maxPlanDays bounds the days of a plan; no invitation lives much longer.
const maxPlanDays = 365

// ReminderForm is a plan as people type it.
type ReminderForm struct {
	Choice        ReminderChoice
	After, Before string // numbers of days, in any order, set apart by commas or spaces
	Hour          string // 0 to 23
}

// Form writes the plan as it would be typed.
func (p ReminderPlan) Form() ReminderForm {
	f := ReminderForm{Choice: RemindByPlan, After: dayList(p.AfterDays), Before: dayList(p.BeforeDays), Hour: strconv.Itoa(p.Hour)}
	switch {
	case p.IsZero():
		f = DefaultPlan.Form()
		f.Choice = RemindAsPole
	case p.Off:
		f = DefaultPlan.Form()
		f.Choice = RemindNever
	}
	return f
}

// Plan reads the form. Invalid names the fields "plan", "after", "before" and
// "remindhour".
func (r ReminderForm) Plan() (ReminderPlan, error) {
	p, wrong := r.plan()
	return p, wrong.err()
}

// plan reads the form beside other answers.
func (r ReminderForm) plan() (p ReminderPlan, f fields) {
	switch r.Choice {
	case RemindAsPole:
	case RemindNever:
		p.Off = true
	case RemindByPlan:
		return r.ownPlan()
	default:
		f.add("plan", "plan.choose")
	}
	return p, f
}

func (r ReminderForm) ownPlan() (p ReminderPlan, f fields) {
	p = ReminderPlan{AfterDays: readDays(&f, "after", r.After), BeforeDays: readDays(&f, "before", r.Before)}
	slices.Reverse(p.BeforeDays)
	hour, err := strconv.Atoi(r.Hour)
	if err != nil || hour < 0 || hour > 23 {
		f.add("remindhour", "plan.hour")
	}
	p.Hour = hour
	switch n := len(p.AfterDays) + len(p.BeforeDays); {
	case len(f) > 0:
	case n == 0:
		f.add("after", "plan.empty")
	case n > MaxReminders:
		f.add("after", "plan.many")
	}
	return p, f
}

// readDays reads a list of numbers of days, and gives it ascending.
func readDays(f *fields, field, typed string) []int {
	var list []int
	for _, word := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(", ;\u00a0", r) }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > maxPlanDays {
			*f = append(*f, FieldError{Field: field, Key: "plan.days"})
			return nil
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func dayList(days []int) string {
	words := make([]string, len(days))
	for i, n := range days {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ", ")
}
