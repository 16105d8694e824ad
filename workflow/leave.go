package workflow

import "context"

// leave ends an invitation by its person's own act. act moves it and says why;
// no mail with its link is left on its way. Its sessions, and with them its
// codes, end as those of any dead link do.
func (s *Service) leave(ctx context.Context, secret string, act func(Tx, Signing, *Invitation) error) error {
	err := s.atStep(ctx, secret, StepRead, func(tx Tx, p Signing) error {
		if err := p.requireContact(); err != nil {
			return err
		}
		inv := p.Invitation
		if err := act(tx, p, &inv); err != nil {
			return err
		}
		if err := s.cancelMails(ctx, tx, inv.ID); err != nil {
			return err
		}
		return tx.MoveInvitation(ctx, p.Invitation, inv)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

// tellPole queues a mail about the invitation to its pôle, in French. A pôle
// without an address and whose inviting staff is gone sees it in its lists.
func (s *Service) tellPole(ctx context.Context, tx Tx, kind DeliveryKind, p Signing) error {
	to, err := s.poleMailbox(ctx, tx, p.Pole, p.Invitation.CreatedBy)
	if err != nil || to == "" {
		return err
	}
	d := s.newDelivery(kind, p.Invitation, to)
	d.Language = French
	return tx.AddDelivery(ctx, d)
}

// poleMailbox is where a pôle reads what happens to its invitations: its own
// address, else that of whoever invited; empty when neither is known.
func (s *Service) poleMailbox(ctx context.Context, r Reader, p Pole, invitedBy string) (string, error) {
	if p.Contact.Email != "" {
		return p.Contact.Email, nil
	}
	staff, err := r.Staff(ctx, invitedBy)
	if IsKind(err, NotFound) {
		return "", nil
	}
	return staff.Email, err
}

// given is a value with its name, or nothing when it is empty.
func given(name, value string) map[string]string {
	if value == "" {
		return nil
	}
	return map[string]string{name: value}
}

// Farewell is what becomes of an invitation that its person declined or passed
// on.
type Farewell struct {
	Invitation   Invitation
	Organisation Organisation
	Pole         Pole
	Successor    Contact // who was passed on to, without the address
}

// Farewell tells the browser that declined or passed on what happens now.
// Errors as Signing, for an invitation in another state too.
func (s *Service) Farewell(ctx context.Context, secret string, state State) (Farewell, error) {
	_, live := s.Signing(ctx, secret)
	if KeyOf(live) != "link."+string(state) {
		return Farewell{}, live
	}
	session, err := s.Store.SigningSession(ctx, hashSecret(secret))
	if err != nil {
		return Farewell{}, err
	}
	v, err := s.Store.InvitationView(ctx, session.InvitationID)
	if err != nil {
		return Farewell{}, err
	}
	f := Farewell{Invitation: v.Invitation, Organisation: v.Organisation, Pole: v.Pole}
	f.Successor, err = s.successorOf(ctx, s.Store, v.Invitation)
	return f, err
}
