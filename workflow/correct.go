package workflow

import (
	"context"

	"jachete/workflow/journal"
)

// CorrectContact sends an invitation to the right person or address: the new
// address gets a new link, the old link dies with every browser it opened, and
// the journal keeps what the old address was, masked. The term stays, unless it
// is past: then it starts anew. Invalid names every field to correct; Conflict
// (key "invitation.cannot-correct") when the state does not allow it,
// "invitation.open" when the organisation has another open invitation to that
// address, with its id in Args, and "invitation.unsubscribed" when the address
// asked the pôle for no more.
func (s *Service) CorrectContact(ctx context.Context, a Actor, id string, c Contact) error {
	var f fields
	cleanContact(&c, &f)
	wrong := f.err()
	err := s.editByStaff(ctx, a, id, ActionCorrect, func(tx Tx, inv *Invitation, e *journal.Event) error {
		if wrong != nil {
			return wrong // after the scope was checked: strangers learn nothing
		}
		e.Personal = map[string]string{"email": c.Email, "name": c.Name, "was": MaskEmail(inv.Contact.Email)}
		return s.correct(ctx, tx, inv, c)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

func (s *Service) correct(ctx context.Context, tx Tx, inv *Invitation, c Contact) error {
	if inv.Contact.Email != c.Email {
		if err := s.refuseTwice(ctx, tx, inv.PoleSlug, Organisation{ID: inv.OrganisationID}, c.Email); err != nil {
			return err
		}
	}
	for _, kind := range []DeliveryKind{DeliveryInvitation, DeliveryReminder} {
		if err := tx.CancelDeliveries(ctx, inv.ID, kind, s.now()); err != nil {
			return err
		}
	}
	if d := &inv.Details; !d.Named { // only proposed so far, from the contact
		d.Signatory = Signatory{Name: c.Name, Function: c.Function}
	}
	inv.Contact = c
	if now := s.now(); !now.Before(inv.ExpiresAt) {
		inv.ExpiresAt = now.Add(InvitationLife)
	}
	return s.mailNewLink(ctx, tx, inv)
}
