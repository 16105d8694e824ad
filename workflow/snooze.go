package workflow

import (
	"context"
	"strings"
	"time"
)

// SnoozeChoice is one of the days that the page proposes.
type SnoozeChoice string

// The choices.
const (
	SnoozeTomorrow SnoozeChoice = "tomorrow"
	SnoozeWeek     SnoozeChoice = "week"
	SnoozeMonth    SnoozeChoice = "month"
	SnoozeDate     SnoozeChoice = "date" // one that is typed
)

// SnoozeDay is a proposal and the day it means, YYYY-MM-DD.
type SnoozeDay struct {
	Choice SnoozeChoice
	Day    string
}

// SnoozeForm says when the person wants to hear of it again.
type SnoozeForm struct {
	Choice SnoozeChoice
	Date   string // YYYY-MM-DD, for SnoozeDate
}

// SnoozeDays lists the days to propose at now, those that come before the term.
func SnoozeDays(now, term time.Time) (list []SnoozeDay) {
	for _, d := range []SnoozeDay{{SnoozeTomorrow, daysOn(now, 0, 1)}, {SnoozeWeek, daysOn(now, 0, 7)}, {SnoozeMonth, daysOn(now, 1, 0)}} {
		if d.Day <= CivilDate(term) {
			list = append(list, d)
		}
	}
	return list
}

// daysOn is the civil date some months and days on. A month that is shorter
// ends on its last day.
func daysOn(now time.Time, months, days int) string {
	year, month, day := now.In(Zone).Date()
	last := time.Date(year, month+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(year, month+time.Month(months), min(day, last)+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// Snooze puts reminders off: none comes before that day, and one does on it if
// the plan allows any. Nothing else changes: the link opens as before. Invalid
// names the fields "when" and "until"; other errors as Signing, and Conflict
// (key "step.signed") once signed.
func (s *Service) Snooze(ctx context.Context, secret string, form SnoozeForm) error {
	return s.atStep(ctx, secret, StepRead, func(tx Tx, p Signing) error {
		if err := p.requireContact(); err != nil {
			return err
		}
		day, err := form.day(s.now(), p.Invitation.ExpiresAt)
		if err != nil {
			return err
		}
		inv := p.Invitation
		if err := s.mustGo(&inv, ActionSnooze, PartySignatory); err != nil {
			return err
		}
		inv.SnoozedUntil = day
		if err := s.planReminder(ctx, tx, &inv); err != nil {
			return err
		}
		if inv == p.Invitation {
			return nil
		}
		if err := tx.CancelDeliveries(ctx, inv.ID, DeliveryReminder, s.now()); err != nil {
			return err
		}
		e := s.event("invitation.snooze", actorSignatory, inv.PoleSlug, inv.ID)
		e.Data["until"] = day
		tx.Record(e)
		return tx.MoveInvitation(ctx, p.Invitation, inv)
	})
}

// day is what the form asks for, after today and not after the term.
func (f SnoozeForm) day(now, term time.Time) (string, error) {
	for _, d := range SnoozeDays(now, term) {
		if d.Choice == f.Choice {
			return d.Day, nil
		}
	}
	if f.Choice != SnoozeDate {
		return "", refuseField("when", "later.choose")
	}
	day := strings.TrimSpace(f.Date)
	_, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return "", refuseField("until", "date.invalid")
	case day <= CivilDate(now):
		return "", refuseField("until", "later.past")
	case day > CivilDate(term):
		return "", refuseField("until", "later.term")
	}
	return day, nil
}
