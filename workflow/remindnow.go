package workflow

import (
	"context"
	"time"
)

// RemindNow sends a reminder at once. It counts among the MaxReminders.
// Conflict with key "invitation.cannot-remind" when the invitation waits for
// nobody, "reminder.off" when its reminders were stopped, "reminder.most" when
// all have gone, "reminder.soon" within a day of the last one (Args "at": when
// it may be, RFC 3339), "invitation.unsubscribed" and "reminder.bounced" when
// the address may not or cannot be written to.
func (s *Service) RemindNow(ctx context.Context, a Actor, id string) error {
	err := s.changeReminders(ctx, a, id, func(tx Tx, inv *Invitation) error {
		if err := s.mayRemindNow(ctx, tx, *inv); err != nil {
			return err
		}
		course, err := s.courseOf(ctx, tx, *inv)
		if err != nil {
			return err
		}
		return s.queueReminder(ctx, tx, a, inv, course)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

func (s *Service) mayRemindNow(ctx context.Context, r Reader, inv Invitation) error {
	sup, err := r.Suppression(ctx, inv.PoleSlug, inv.Contact.Email)
	if err != nil && !IsKind(err, NotFound) {
		return err
	}
	switch now := s.now(); {
	case !inv.StateAt(now).Reminded():
		return &Error{Kind: Conflict, Key: "invitation.cannot-remind", Args: map[string]string{"state": string(inv.StateAt(now))}}
	case sup.Reason == SuppressedByRequest:
		return refuse(Conflict, "invitation.unsubscribed")
	case sup.Reason == SuppressedByBounce:
		return refuse(Conflict, "reminder.bounced")
	case inv.RemindersOff:
		return refuse(Conflict, "reminder.off")
	case inv.Reminders >= MaxReminders:
		return refuse(Conflict, "reminder.most")
	case now.Before(inv.NextRemindNow()):
		return &Error{Kind: Conflict, Key: "reminder.soon", Args: map[string]string{"at": inv.NextRemindNow().Format(time.RFC3339)}}
	}
	return nil
}

// StopReminders ends the reminders of one invitation, those sent by hand too,
// until ResumeReminders. Doing it again changes nothing.
func (s *Service) StopReminders(ctx context.Context, a Actor, id string) error {
	return s.switchReminders(ctx, a, id, true)
}

// ResumeReminders lets the plan remind again. Those that were passed over do
// not come back.
func (s *Service) ResumeReminders(ctx context.Context, a Actor, id string) error {
	return s.switchReminders(ctx, a, id, false)
}

func (s *Service) switchReminders(ctx context.Context, a Actor, id string, off bool) error {
	return s.changeReminders(ctx, a, id, func(tx Tx, inv *Invitation) error {
		if inv.RemindersOff == off {
			return nil
		}
		inv.RemindersOff = off
		e := s.event("reminders.resumed", a, inv.PoleSlug, id)
		if off {
			e.Type = "reminders.stopped"
			if err := tx.CancelDeliveries(ctx, id, DeliveryReminder, s.now()); err != nil {
				return err
			}
		}
		tx.Record(e)
		return s.planReminder(ctx, tx, inv)
	})
}

func (s *Service) changeReminders(ctx context.Context, a Actor, id string, change func(Tx, *Invitation) error) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			v, err := s.permitted(ctx, tx, a, PermitWrite, id)
			if err != nil {
				return err
			}
			inv := v.Invitation
			if err := change(tx, &inv); err != nil || inv == v.Invitation {
				return err
			}
			return tx.MoveInvitation(ctx, v.Invitation, inv)
		})
	})
}

// SetPoleReminders changes when a pôle reminds, also for the invitations
// already sent. Invalid as ReminderForm.Plan.
func (s *Service) SetPoleReminders(ctx context.Context, a Actor, slug string, form ReminderForm) error {
	if err := a.Permit(PermitWrite, slug); err != nil {
		return err
	}
	plan, err := form.Plan()
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, func(tx Tx) error {
		p, err := tx.Pole(ctx, slug)
		if err != nil {
			return err
		}
		p.Reminders = plan
		tx.Record(s.event("reminders.planned", a, slug, "pole:"+slug))
		if err := tx.SetPole(ctx, p); err != nil {
			return err
		}
		return tx.MoveReminders(ctx, ReminderScope{Pole: slug}, unplanned)
	})
	return s.replanned(ctx, err)
}

// replanned plans some of what a change left unplanned, so that the next page
// already shows it; the schedule does the rest.
func (s *Service) replanned(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	ids, err := s.Store.DueReminders(ctx, unplanned, sweepBatch)
	for _, id := range ids {
		if err := retryMoved(func() error { return s.remindOne(ctx, id) }); err != nil {
			return err
		}
	}
	return err
}
