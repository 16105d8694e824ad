package workflow

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// reminderPause is the least time between two reminders that staff send by
// hand, or between the last one and such a one.
const reminderPause = 24 * time.Hour

// remindBatches bounds one pass of the schedule, in sweepBatch each.
const remindBatches = 20

// unplanned stands in Invitation.RemindAt for a reminder whose moment is to be
// computed: long past, so that the schedule does it at its next turn. Whatever
// changes what a plan depends on may set it, for one invitation or for many.
var unplanned = time.UnixMilli(1).UTC()

// RemindedStates are those in which an invitation waits for an answer that a
// reminder could bring.
var RemindedStates = []State{StateSent, StateConsulted, StateAwaitingResolution, StateReady}

// Reminded tells whether an invitation in this state is reminded.
func (s State) Reminded() bool { return slices.Contains(RemindedStates, s) }

// NextReminder is the moment of the next reminder; zero when there is none, or
// when it is still to be computed.
func (i Invitation) NextReminder(now time.Time) time.Time {
	if !i.StateAt(now).Reminded() || i.RemindersOff || i.RemindersUnplanned() {
		return time.Time{}
	}
	return i.RemindAt
}

// RemindersUnplanned tells that the next reminder is to be computed within the
// minute.
func (i Invitation) RemindersUnplanned() bool { return i.RemindAt.Equal(unplanned) }

// NextRemindNow is the first moment when staff may send a reminder by hand.
func (i Invitation) NextRemindNow() time.Time {
	if i.RemindedAt.IsZero() {
		return time.Time{}
	}
	return i.RemindedAt.Add(reminderPause)
}

func (i Invitation) reminderFacts() ReminderFacts {
	f := ReminderFacts{Sent: i.SentAt, Term: i.ExpiresAt, Last: i.RemindedAt, Count: i.Reminders, Snoozed: i.SnoozedUntil}
	if i.State == StateAwaitingResolution {
		f.Meeting = i.MeetingOn
	}
	return f
}

// forgetReminder takes in what a move to another state means for reminders: an
// ended invitation has none, and a council waited for, or no longer, changes
// the plan.
func (i *Invitation) forgetReminder(from State) {
	switch {
	case !i.State.Reminded():
		i.RemindAt = time.Time{}
	case from == StateAwaitingResolution || i.State == StateAwaitingResolution:
		i.RemindAt = unplanned
	}
}

// reminderCourse is what decides when an invitation is reminded, beside the
// invitation itself.
type reminderCourse struct {
	ReminderPlan
	ceremony time.Time // of its campaign; zero for none
}

func (c reminderCourse) facts(i Invitation) ReminderFacts {
	f := i.reminderFacts()
	f.Ceremony = c.ceremony
	return f
}

func (c reminderCourse) next(i Invitation, now time.Time) time.Time { return c.Next(c.facts(i), now) }

// planAgain is planReminder for an invitation that may not be reminded yet.
func (s *Service) planAgain(ctx context.Context, tx Tx, inv *Invitation) error {
	if !inv.State.Reminded() {
		return nil
	}
	return s.planReminder(ctx, tx, inv)
}

// planReminder sets when the invitation is reminded next. Every use case that
// changes what a plan depends on (the term, the meeting) calls it before
// moving the invitation.
func (s *Service) planReminder(ctx context.Context, tx Tx, inv *Invitation) error {
	course, err := s.courseOf(ctx, tx, *inv)
	inv.RemindAt = course.next(*inv, s.now())
	return err
}

// courseOf is the course an invitation follows: the plan of its campaign, else
// of its pôle. It is off for an invitation that must not be reminded.
func (s *Service) courseOf(ctx context.Context, r Reader, inv Invitation) (reminderCourse, error) {
	course := reminderCourse{ReminderPlan: ReminderPlan{Off: true}}
	if stopped, err := s.remindersStopped(ctx, r, inv); err != nil || stopped {
		return course, err
	}
	plan := ReminderPlan{}
	if inv.Campaign != "" {
		c, err := r.Campaign(ctx, inv.PoleSlug, inv.Campaign)
		if err != nil && !IsKind(err, NotFound) {
			return course, err
		}
		plan, course.ceremony = c.Reminders, c.CeremonyAt
	}
	if plan.IsZero() {
		pole, err := r.Pole(ctx, inv.PoleSlug)
		if err != nil {
			return course, err
		}
		plan = pole.Plan()
	}
	course.ReminderPlan = plan
	return course, nil
}

// remindersStopped tells that no reminder of the invitation may go, whoever
// asks for it.
func (s *Service) remindersStopped(ctx context.Context, r Reader, inv Invitation) (bool, error) {
	if inv.RemindersOff || !inv.StateAt(s.now()).Reminded() {
		return true, nil
	}
	if len(inv.Details.Seats()) > 1 {
		seats, err := r.Seats(ctx, inv.ID)
		if err != nil || !seatRecords(seats).at(inv, SeatFirst).Act.IsZero() {
			return true, err // the others are waited for
		}
	}
	_, err := r.Suppression(ctx, inv.PoleSlug, inv.Contact.Email)
	if IsKind(err, NotFound) {
		return false, nil
	}
	return true, err
}

// Plan is when the pôle reminds: as it chose, or DefaultPlan.
func (p Pole) Plan() ReminderPlan {
	if p.Reminders.IsZero() {
		return DefaultPlan
	}
	return p.Reminders
}

// remind sends what is due and plans what is unplanned. Several instances may
// do it at once: a reminder goes with the conditional move of its invitation.
func (s *Service) remind(ctx context.Context) error {
	for range remindBatches {
		ids, err := s.Store.DueReminders(ctx, s.now(), sweepBatch)
		for _, id := range ids {
			if err := retryMoved(func() error { return s.remindOne(ctx, id) }); err != nil {
				return err
			}
		}
		if err != nil || len(ids) < sweepBatch {
			return err
		}
	}
	return nil
}

func (s *Service) remindOne(ctx context.Context, id string) error {
	queued := false
	err := s.Store.Update(ctx, func(tx Tx) error {
		was, err := tx.Invitation(ctx, id)
		if err != nil || was.RemindAt.IsZero() || was.RemindAt.After(s.now()) {
			return err // another instance was quicker
		}
		course, err := s.courseOf(ctx, tx, was)
		if err != nil {
			return err
		}
		inv := was
		if queued, err = s.remindOrWait(ctx, tx, &inv, course); err != nil {
			return err
		}
		return tx.MoveInvitation(ctx, was, inv)
	})
	if err == nil && queued {
		s.signalMail()
	}
	return err
}

// remindOrWait queues the reminder that is due, or sets when it goes instead.
func (s *Service) remindOrWait(ctx context.Context, tx Tx, inv *Invitation, course reminderCourse) (queued bool, err error) {
	facts, now := course.facts(*inv), s.now()
	if inv.RemindAt.Equal(unplanned) || course.Off || facts.Count >= MaxReminders || facts.Sent.IsZero() {
		inv.RemindAt = course.Next(facts, now)
		return false, nil
	}
	if at := course.hold(facts, inv.RemindAt, now); !at.Equal(now) {
		inv.RemindAt = at
		return false, nil
	}
	return true, s.queueReminder(ctx, tx, actorSystem, inv, course)
}

// queueReminder counts a reminder and queues its mail. The number in the key
// of the delivery makes each reminder one mail.
func (s *Service) queueReminder(ctx context.Context, tx Tx, a Actor, inv *Invitation, course reminderCourse) error {
	inv.Reminders++
	inv.RemindedAt = s.now()
	inv.RemindAt = course.next(*inv, s.now())
	d := s.newDelivery(DeliveryReminder, *inv, inv.Contact.Email)
	d.Key = fmt.Sprintf("%s:%s:%d:%d", DeliveryReminder, inv.ID, inv.Issue, inv.Reminders)
	e := s.event("invitation.reminded", a, inv.PoleSlug, inv.ID)
	e.Data["number"], e.Data["delivery"] = fmt.Sprint(inv.Reminders), d.ID
	tx.Record(e)
	return tx.AddDelivery(ctx, d)
}
