package workflow

import (
	"context"
	"maps"
	"slices"
)

const (
	// MaxTransfers bounds how often an invitation is passed on, counted from the
	// person first invited.
	MaxTransfers = 3
	// MaxTransferReason bounds what is said of why, in characters.
	MaxTransferReason = 300
)

// TransferForm names the colleague who is to sign.
type TransferForm struct {
	Name     string
	Function string
	Email    string
	Reason   string // told to the colleague and to the pôle; may be empty
}

// Transfer passes the invitation on to a colleague. The old link dies and says
// to whom, by name and function; the colleague gets an invitation of her own,
// with everything typed so far but who signs; the pôle is told, and so is the
// person invited until now, since a link that was forwarded may be in a
// stranger's hands. Invalid names the fields "name", "function", "email" (also,
// key "transfer.same", for the address invited already and, key "transfer.ask",
// for one that the pôle has to write to itself) and "why". Conflict with key
// "transfer.most" after MaxTransfers, "step.signed" once signed; Limited after
// too many tries. Other errors as Signing: of two transfers at once, one wins
// and the other is told that it was passed on.
func (s *Service) Transfer(ctx context.Context, secret string, form TransferForm, v Visit) error {
	to, wrong := form.clean()
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.mayTransfer(ctx, tx, secret, wrong) }); err != nil {
		return err
	}
	return s.leave(ctx, secret, func(tx Tx, p Signing, inv *Invitation) error {
		if err := s.mayWriteTo(ctx, tx, p.Invitation, to.Email); err != nil {
			return err
		}
		if err := s.mustGo(inv, ActionTransfer, PartySignatory); err != nil {
			return err
		}
		next, err := s.passedOn(p.Invitation, to, form.Reason)
		if err != nil {
			return err
		}
		inv.TransferredTo = next.ID
		s.recordTransfer(tx, *inv, next, v)
		return s.addSuccessor(ctx, tx, p, next)
	})
}

// clean tidies the form in place and gives the colleague.
func (t *TransferForm) clean() (Contact, error) {
	var f fields
	var problem *FieldError
	c := Contact{Name: t.Name, Function: t.Function, Email: t.Email}
	cleanContact(&c, &f)
	t.Reason, problem = CleanLine(t.Reason, MaxTransferReason)
	f.check("why", problem)
	if holdsAddress(t.Reason) {
		f.add("why", "text.address")
	}
	return c, f.err()
}

// mayTransfer counts the try. Its limit is that of the whole chain: whoever has
// the link could else have mail sent to strangers, or try out addresses.
func (s *Service) mayTransfer(ctx context.Context, tx Tx, secret string, wrong error) error {
	p, err := s.signingFrom(ctx, tx, secret)
	if err != nil {
		return err
	}
	if err := p.requireContact(); err != nil {
		return err
	}
	chain, err := s.chainOf(ctx, tx, p.Invitation)
	switch {
	case err != nil:
		return err
	case len(chain) > MaxTransfers:
		return refuse(Conflict, "transfer.most")
	case wrong != nil:
		return wrong
	}
	return s.take(ctx, tx, limitTransfer, chain[0].ID)
}

// chainOf lists an invitation after those it was passed on from, the first one
// first.
func (s *Service) chainOf(ctx context.Context, r Reader, inv Invitation) ([]Invitation, error) {
	chain := []Invitation{inv}
	for inv.TransferredFrom != "" {
		var err error
		if inv, err = r.Invitation(ctx, inv.TransferredFrom); err != nil {
			return nil, err
		}
		chain = append(chain, inv)
	}
	slices.Reverse(chain)
	return chain, nil
}

// mayWriteTo says the same of every address that is not ours to write to, or
// has an invitation already: the form is no way to learn about an address.
func (s *Service) mayWriteTo(ctx context.Context, tx Tx, inv Invitation, email string) error {
	if email == inv.Contact.Email {
		return refuseField("email", "transfer.same")
	}
	_, err := tx.Suppression(ctx, inv.PoleSlug, email)
	if IsKind(err, NotFound) {
		err = s.refuseTwice(ctx, tx, inv.PoleSlug, Organisation{ID: inv.OrganisationID}, email)
	} else if err == nil {
		err = refuse(Conflict, "transfer.ask")
	}
	if IsKind(err, Conflict) {
		return refuseField("email", "transfer.ask")
	}
	return err
}

// addSuccessor keeps the colleague's invitation and queues what has to be told.
func (s *Service) addSuccessor(ctx context.Context, tx Tx, p Signing, next Invitation) error {
	if err := tx.AddInvitation(ctx, next); err != nil {
		return err
	}
	if sha256 := next.Details.Resolution.ExtractSHA256; sha256 != "" {
		x, err := tx.Extract(ctx, p.Invitation.ID, sha256)
		if err != nil {
			return err
		}
		x.InvitationID = next.ID
		if err := tx.AddExtract(ctx, x); err != nil {
			return err
		}
	}
	if err := tx.AddDelivery(ctx, s.invitationMail(next)); err != nil {
		return err
	}
	if err := tx.AddDelivery(ctx, s.newDelivery(DeliveryTransferred, p.Invitation, p.Invitation.Contact.Email)); err != nil {
		return err
	}
	return s.tellPole(ctx, tx, DeliveryTransferred, p)
}

// recordTransfer writes to the journals of both invitations.
func (s *Service) recordTransfer(tx Tx, was, next Invitation, v Visit) {
	e := s.event("invitation.transfer", actorSignatory, was.PoleSlug, was.ID)
	e.Data["to"], e.Personal = next.ID, v.personal()
	maps.Copy(e.Personal, map[string]string{"name": next.Contact.Name, "function": next.Contact.Function, "email": next.Contact.Email})
	maps.Copy(e.Personal, given("reason", next.TransferReason))
	tx.Record(e)
	e = s.event("invitation.created", actorSignatory, next.PoleSlug, next.ID)
	e.Data["organisation"], e.Data["from"] = next.OrganisationID, was.ID
	e.Personal = map[string]string{"email": next.Contact.Email, "name": next.Contact.Name, "source": next.Source}
	maps.Copy(e.Personal, given("reason", next.TransferReason))
	tx.Record(e)
}
