package workflow

import (
	"context"
	"time"
)

// SuppressionReason says why a pôle does not write to an address.
type SuppressionReason string

// The reasons. An unsubscription ends invitations and reminders, and only the
// person can undo it; a bounce ends reminders, until staff say the address
// works. Codes and certificates, which people ask for, go out in both cases.
const (
	SuppressedByRequest SuppressionReason = "unsubscribed"
	SuppressedByBounce  SuppressionReason = "bounced"
)

// Suppression is an address that a pôle does not write to.
type Suppression struct {
	PoleSlug string
	Email    string
	Reason   SuppressionReason
	Answer   string // words of the server that refused, for a bounce
	At       time.Time
}

// ReminderScope names invitations of a pôle that wait for an answer. Empty
// fields do not narrow.
type ReminderScope struct {
	Pole     string
	Campaign string // slug
	Email    string
}

// Suppressions lists the addresses a pôle does not write to, latest first,
// with how many there are. NotFound for another's pôle.
func (s *Service) Suppressions(ctx context.Context, a Actor, pole string, limit, offset int) ([]Suppression, int, error) {
	if err := a.Permit(PermitRead, pole); err != nil {
		return nil, 0, err
	}
	return s.Store.Suppressions(ctx, pole, limit, offset)
}

// LiftSuppression says that an address whose mail came back works again.
// Conflict (key "suppression.unsubscribed") when the person asked for no more:
// that is not the pôle's to undo. NotFound when the address is not on the list.
func (s *Service) LiftSuppression(ctx context.Context, a Actor, pole, email string) error {
	if err := a.Permit(PermitWrite, pole); err != nil {
		return err
	}
	address, problem := CleanEmail(email)
	if problem != nil {
		return notFound()
	}
	err := s.Store.Update(ctx, func(tx Tx) error {
		sup, err := tx.Suppression(ctx, pole, address)
		if IsKind(err, NotFound) {
			return notFound()
		} else if err != nil {
			return err
		}
		if sup.Reason != SuppressedByBounce {
			return refuse(Conflict, "suppression.unsubscribed")
		}
		e := s.event("suppression.lifted", a, pole, "pole:"+pole)
		e.Personal = map[string]string{"email": address}
		tx.Record(e)
		if err := tx.LiftSuppression(ctx, pole, address); err != nil {
			return err
		}
		return tx.MoveReminders(ctx, ReminderScope{Pole: pole, Email: address}, unplanned)
	})
	return s.replanned(ctx, err)
}

// suppress puts an address on the pôle's list and ends what was planned for
// it.
func (s *Service) suppress(ctx context.Context, tx Tx, sup Suppression) error {
	sup.At = s.now()
	if err := tx.Suppress(ctx, sup); err != nil {
		return err
	}
	return tx.MoveReminders(ctx, ReminderScope{Pole: sup.PoleSlug, Email: sup.Email}, time.Time{})
}
