package workflow

import "time"

// ReminderFacts is what decides when an invitation is reminded next.
type ReminderFacts struct {
	Sent    time.Time // when a relay accepted the invitation; zero before
	Term    time.Time // no reminder goes at or after it
	Last    time.Time // when the last reminder went; zero for none
	Count   int       // reminders so far
	Meeting string    // YYYY-MM-DD of the council that is waited for, or empty
	// Ceremony is that of its campaign; zero for none.
	Ceremony time.Time
	// Snoozed (YYYY-MM-DD) is the day the person asked to hear of it again, or
	// empty.
	Snoozed string
}

// Next gives the first moment of the plan after a time, in UTC; zero for none.
// It is never on a weekend, never at or past the term, never on the day of the
// invitation or of an earlier reminder, and none once MaxReminders have gone.
// While a council is waited for, nothing comes before the working day that
// follows its meeting. Who asked to be left in peace until a day hears nothing
// before it, and is reminded on it, whatever else the plan says. Who was invited to a ceremony and did not sign is
// reminded on the working day that follows it, whatever else the plan says.
func (p ReminderPlan) Next(f ReminderFacts, after time.Time) (next time.Time) {
	if p.Off || f.Sent.IsZero() || f.Count >= MaxReminders {
		return next
	}
	busy := max(CivilDate(f.Sent), civilOrNone(f.Last))
	for _, m := range p.moments(f) {
		if m.After(after) && m.Before(f.Term) && CivilDate(m) > busy && (next.IsZero() || m.Before(next)) {
			next = m
		}
	}
	return next
}

// Dates lists what the plan gives an invitation that nobody answers.
func (p ReminderPlan) Dates(sent, term time.Time) (list []time.Time) {
	f := ReminderFacts{Sent: sent, Term: term}
	for at := p.Next(f, sent); !at.IsZero(); at = p.Next(f, at) {
		list = append(list, at)
		f.Count, f.Last = f.Count+1, at
	}
	return list
}

// moments lists all that the plan means for an invitation, in no order.
func (p ReminderPlan) moments(f ReminderFacts) (list []time.Time) {
	first := p.first(f)
	keep := func(m time.Time) {
		if m.After(first) {
			list = append(list, m)
		}
	}
	for _, days := range p.AfterDays {
		keep(p.workingDay(f.Sent, days))
	}
	for _, days := range p.BeforeDays {
		keep(p.workingDay(f.Term, -days))
	}
	if !first.IsZero() {
		list = append(list, first)
	}
	if f.invitedTo() {
		keep(p.workingDay(f.Ceremony, 1))
	}
	return list
}

// invitedTo tells that the invitation went before the ceremony. One sent later
// missed nothing.
func (f ReminderFacts) invitedTo() bool { return f.Sent.Before(f.Ceremony) }

// missed tells that the ceremony came and went without a signature.
func (f ReminderFacts) missed(now time.Time) bool { return f.invitedTo() && f.Ceremony.Before(now) }

// first is the moment before which nothing comes, itself one of the plan: after
// the council that is waited for, and not before the day the person asked for.
// Zero when nothing is waited for.
func (p ReminderPlan) first(f ReminderFacts) time.Time {
	first := p.afterMeeting(f)
	day, err := time.ParseInLocation(time.DateOnly, f.Snoozed, Zone)
	if err != nil {
		return first
	}
	if asked := p.workingDay(day, 0); asked.After(first) {
		return asked
	}
	return first
}

// afterMeeting is the moment on the working day that follows the council's
// meeting; zero when none is waited for.
func (p ReminderPlan) afterMeeting(f ReminderFacts) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, f.Meeting, Zone)
	if err != nil {
		return time.Time{}
	}
	return p.workingDay(day, 1)
}

// workingDay is the plan's hour some days from the local date of t, or on the
// Monday that follows when that is a weekend. Days are civil: the hour stays
// the same when clocks change. The hour is set last, since on the Sunday of
// spring one of them does not exist.
func (p ReminderPlan) workingDay(t time.Time, days int) time.Time {
	year, month, day := t.In(Zone).Date()
	day += days
	switch time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday() {
	case time.Saturday:
		day += 2
	case time.Sunday:
		day++
	}
	return time.Date(year, month, day, p.Hour, 0, 0, 0, Zone).UTC()
}

// reminderLateness is how late a reminder may go and still be welcome: one
// that an outage held back until night waits for the next working day.
const reminderLateness = 6 * time.Hour

// hold gives when a reminder that fell due goes: now, a later moment, or the
// zero time for never.
func (p ReminderPlan) hold(f ReminderFacts, due, now time.Time) time.Time {
	if p.first(f).After(now) {
		return p.Next(f, now)
	}
	day := now.In(Zone).Weekday()
	if day != time.Saturday && day != time.Sunday && now.Sub(due) <= reminderLateness {
		return now
	}
	at := p.workingDay(now, 0)
	if !at.After(now) {
		at = p.workingDay(now, 1)
	}
	if !at.Before(f.Term) {
		return time.Time{}
	}
	return at
}

func civilOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return CivilDate(t)
}
