package workflow

import (
	"context"
	"time"
)

// reminderContent says again what the invitation said, with the same link. A
// reminder is no longer wanted once nobody is waited for, or the address asked
// for no more or is known not to work.
func (s *Service) reminderContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	stopped, err := s.remindersStopped(ctx, s.Store, v.Invitation)
	if err != nil {
		return MailContent{}, err
	}
	if d.Issue != v.Issue || stopped {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	issued, err := s.issuedAt(ctx, v.Invitation)
	if err != nil {
		return MailContent{}, err
	}
	course, err := s.courseOf(ctx, s.Store, v.Invitation)
	if err != nil {
		return MailContent{}, err
	}
	facts := course.facts(v.Invitation)
	c.InvitedAt, c.Reminder, c.MeetingOn = v.SentAt, v.Reminders, facts.Meeting
	if facts.missed(s.now()) {
		c.CeremonyAt = facts.Ceremony
	}
	return s.withLinks(c, v, issued)
}

// issuedAt is when the mail of the live link was queued, which its link was
// written for.
func (s *Service) issuedAt(ctx context.Context, inv Invitation) (time.Time, error) {
	mails, err := s.Store.DeliveriesOf(ctx, inv.ID)
	at := inv.CreatedAt
	for _, d := range mails {
		if d.Kind == DeliveryInvitation && d.Issue == inv.Issue {
			at = d.CreatedAt
		}
	}
	return at, err
}
