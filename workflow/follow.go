package workflow

import (
	"context"
	"slices"

	"jachete/workflow/journal"
)

// notFound is the one answer about a record that is unknown or in another
// pôle.
func notFound() error { return refuse(NotFound, "record.not-found") }

// InvitationPage is one invitation with everything that happened to it.
type InvitationPage struct {
	InvitationView
	Deliveries []Delivery      // oldest first
	Events     []journal.Entry // oldest first
	Seats      []SeatRecord    // of those who sign, when several do
	FollowUps  []FollowUp      // of what was signed, by year
	// Suppression tells why the address is not written to; zero when it may be.
	Suppression Suppression
	Corrections []Correction // that the person who signed asked for, oldest first
	// Predecessor is the invitation it was passed on from, and Successor the one
	// that took its place; zero for none.
	Predecessor, Successor Invitation
}

// Invitations lists the invitations the actor may read, in the order of the
// filter, with how many match in all. Every word of the query must occur in the
// organisation's name, the contact's or the address; accents, apostrophes,
// hyphens and parts of words are forgiven.
func (s *Service) Invitations(ctx context.Context, a Actor, f InvitationFilter) ([]InvitationView, int, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, 0, err
	}
	now := s.now()
	f.Poles, f.Query, f.At = a.Poles(), clip(f.Query), now
	list, total, err := s.Store.Invitations(ctx, f)
	for i := range list {
		list[i].State = list[i].StateAt(now)
	}
	return list, total, err
}

// CountInvitations counts by state those the actor may read.
func (s *Service) CountInvitations(ctx context.Context, a Actor, f InvitationFilter) (map[State]int, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, err
	}
	f.Poles, f.Query = a.Poles(), clip(f.Query)
	return s.Store.CountInvitations(ctx, f, s.now())
}

// Invitation gives the page of one invitation. NotFound when it is unknown or
// in another pôle.
func (s *Service) Invitation(ctx context.Context, a Actor, id string) (InvitationPage, error) {
	v, err := s.permitted(ctx, s.Store, a, PermitRead, id)
	if err != nil {
		return InvitationPage{}, err
	}
	v.State = v.StateAt(s.now())
	page := InvitationPage{InvitationView: v}
	if page.Deliveries, err = s.Store.DeliveriesOf(ctx, id); err != nil {
		return InvitationPage{}, err
	}
	if page.Suppression, err = s.Store.Suppression(ctx, v.PoleSlug, v.Contact.Email); err != nil && !IsKind(err, NotFound) {
		return InvitationPage{}, err
	}
	if page.Seats, err = s.Store.Seats(ctx, id); err != nil {
		return InvitationPage{}, err
	}
	if page.Events, err = s.Store.JournalOf(ctx, id); err != nil {
		return InvitationPage{}, err
	}
	if err := s.addTransfers(ctx, &page); err != nil {
		return InvitationPage{}, err
	}
	if err := s.addAfterwards(ctx, &page); err != nil {
		return InvitationPage{}, err
	}
	return page, s.notePageRead(ctx, a, v)
}

// addAfterwards reads what followed a signature.
func (s *Service) addAfterwards(ctx context.Context, page *InvitationPage) (err error) {
	if page.Number == "" {
		return nil
	}
	if page.Corrections, err = s.Store.Corrections(ctx, page.ID); err != nil {
		return err
	}
	c, err := s.Store.CommitmentByNumber(ctx, page.Number)
	if err != nil {
		return err
	}
	page.FollowUps, err = s.Store.FollowUps(ctx, c.ID)
	return err
}

// addTransfers reads the invitations beside one that was passed on.
func (s *Service) addTransfers(ctx context.Context, page *InvitationPage) (err error) {
	if page.TransferredFrom != "" {
		if page.Predecessor, err = s.Store.Invitation(ctx, page.TransferredFrom); err != nil {
			return err
		}
	}
	if page.TransferredTo != "" {
		page.Successor, err = s.Store.Invitation(ctx, page.TransferredTo)
	}
	return err
}

// permitted reads an invitation the actor may act upon.
func (s *Service) permitted(ctx context.Context, r Reader, a Actor, p Permission, id string) (InvitationView, error) {
	if err := a.Permit(p, ""); err != nil {
		return InvitationView{}, err
	}
	v, err := r.InvitationView(ctx, id)
	if IsKind(err, NotFound) || err == nil && a.Permit(p, v.PoleSlug) != nil {
		return InvitationView{}, notFound()
	}
	return v, err
}

// Resend makes a new link and queues its mail; the old link dies, and with it
// every browser that was opened with it: see deadLink. The term starts anew, as long as it
// was. Conflict (key "invitation.unsubscribed") when the address asked for no
// more.
func (s *Service) Resend(ctx context.Context, a Actor, id string) error {
	err := s.moveByStaff(ctx, a, id, ActionResend, func(tx Tx, inv *Invitation) error {
		life := inv.ExpiresAt.Sub(inv.CreatedAt)
		if life > InvitationLife || life <= 0 {
			life = InvitationLife
		}
		inv.ExpiresAt = s.now().Add(life)
		return s.mailNewLink(ctx, tx, inv)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

// mailNewLink gives the invitation another link and queues its mail. Everybody
// signs again.
func (s *Service) mailNewLink(ctx context.Context, tx Tx, inv *Invitation) error {
	if err := s.refuseUnsubscribed(ctx, tx, inv.PoleSlug, inv.Contact.Email); err != nil {
		return err
	}
	if _, err := s.voidActs(ctx, tx, *inv); err != nil {
		return err
	}
	inv.Issue++
	inv.Refusal, inv.SnoozedUntil = Refusal{}, "" // answers to the link before: the journal keeps them
	return tx.AddDelivery(ctx, s.invitationMail(*inv))
}

// Revoke ends an invitation: its link says so from now on.
func (s *Service) Revoke(ctx context.Context, a Actor, id string) error {
	return s.moveByStaff(ctx, a, id, ActionRevoke, func(Tx, *Invitation) error { return nil })
}

func (s *Service) moveByStaff(ctx context.Context, a Actor, id string, action Action, also func(Tx, *Invitation) error) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			v, err := s.permitted(ctx, tx, a, PermitWrite, id)
			if err != nil {
				return err
			}
			inv := v.Invitation
			if err := s.mustGo(&inv, action, PartyStaff); err != nil {
				return err
			}
			if err := s.cancelMails(ctx, tx, id); err != nil {
				return err
			}
			if err := also(tx, &inv); err != nil {
				return err
			}
			e := s.event("invitation."+string(action), a, inv.PoleSlug, id)
			if v.State == StateDeclined {
				e.Type = "invitation.reopen" // the table lets nothing else happen to it
			}
			tx.Record(e)
			return tx.MoveInvitation(ctx, v.Invitation, inv)
		})
	})
}

// cancelMails cancels what waits to be mailed with a link that is to die.
func (s *Service) cancelMails(ctx context.Context, tx Tx, id string) error {
	if err := tx.CancelDeliveries(ctx, id, DeliveryInvitation, s.now()); err != nil {
		return err
	}
	return tx.CancelDeliveries(ctx, id, DeliveryReminder, s.now())
}

// Actions lists what staff may do to an invitation in a state.
func Actions(state State, role Role) []Action {
	if !slices.Contains(roles[role], PermitWrite) {
		return nil
	}
	var list []Action
	for _, a := range []Action{ActionResend, ActionCorrect, ActionExtend, ActionAssign, ActionAnnotate, ActionRevoke, ActionCountersign} {
		if state.Can(a, PartyStaff) {
			list = append(list, a)
		}
	}
	return list
}
