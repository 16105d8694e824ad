package workflow

import (
	"context"
)

// DeliveryWithdrawn tells the signatory and the pôle that a commitment was
// withdrawn.
const DeliveryWithdrawn DeliveryKind = "withdrawn"

// KeyWithdrawn is the key of a Conflict: the commitment was withdrawn before.
const KeyWithdrawn = "withdraw.done"

// Withdraw ends the commitment behind the link, today and for good: signing
// again takes another invitation. What was signed stays, and so does its line
// of the register, which says so. Invalid on field "confirm"; Conflict with
// KeyWithdrawn when it was withdrawn before, or "withdraw.superseded" when
// another commitment took its place; other errors as SetPublication.
func (s *Service) Withdraw(ctx context.Context, token, secret string, confirmed bool, v Visit) error {
	p, err := s.managed(ctx, token, secret, v)
	if err != nil {
		return err
	}
	if !confirmed {
		return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "confirm", Key: "withdraw.confirm-missing"}}}
	}
	err = s.Store.Update(ctx, func(tx Tx) error { return s.endByWithdrawal(ctx, tx, p) })
	if err == nil {
		s.signalMail()
	}
	return err
}

// endByWithdrawal decides by the conditional end of the commitment: of any
// number of tries at once, one finds it standing.
func (s *Service) endByWithdrawal(ctx context.Context, tx Tx, p PersonalPage) error {
	c, sig := p.Commitment, p.Signature
	on := CivilDate(s.now())
	if err := tx.EndCommitment(ctx, c.ID, CommitmentWithdrawn, on); IsKind(err, Conflict) {
		return s.whyEnded(ctx, tx, c.ID)
	} else if err != nil {
		return err
	}
	e := s.event("commitment.withdrawn", actorSignatory, sig.PoleSlug, sig.InvitationID)
	e.Data["number"], e.Data["on"] = c.Number, on
	tx.Record(e)
	return s.mailBoth(ctx, tx, p, DeliveryWithdrawn)
}

// whyEnded tells why a commitment cannot be withdrawn.
func (s *Service) whyEnded(ctx context.Context, tx Tx, id string) error {
	c, err := tx.Commitment(ctx, id)
	switch {
	case err != nil:
		return err
	case c.Status == CommitmentWithdrawn:
		return refuse(Conflict, KeyWithdrawn)
	}
	return refuse(Conflict, "withdraw.superseded")
}

// mailBoth queues a mail to everybody who signed for the organisation, and one to
// the pôle.
func (s *Service) mailBoth(ctx context.Context, tx Tx, p PersonalPage, kind DeliveryKind) error {
	inv, err := tx.Invitation(ctx, p.Signature.InvitationID)
	if err != nil {
		return err
	}
	sig, err := tx.Signature(ctx, p.Signature.ID)
	if err != nil {
		return err
	}
	for mailbox := range sig.Mailboxes() {
		own := s.newDelivery(kind, inv, mailbox)
		own.Language = sig.Language
		if err := tx.AddDelivery(ctx, own); err != nil {
			return err
		}
	}
	to, err := s.poleMailbox(ctx, tx, p.Pole, inv.CreatedBy)
	if _, signed := sig.Mailboxes()[to]; err != nil || to == "" || signed {
		return err
	}
	copied := s.newDelivery(kind, inv, to)
	copied.Language = French
	return tx.AddDelivery(ctx, copied)
}

// withdrawnContent says what was withdrawn and since when.
func (s *Service) withdrawnContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	c, sig, err := s.aboutSignature(ctx, d, v, c)
	if err != nil {
		return c, err
	}
	commitment, err := s.Store.CommitmentByNumber(ctx, c.Number)
	c.WithdrawnOn, c.VerifyURL = commitment.StatusOn, s.linkURL("v", c.Number)
	c.Embargo = commitment.EmbargoAt(s.now())
	_, signed := sig.Mailboxes()[d.Recipient]
	c.Team = !signed
	return c, err
}

// aboutSignature fills a mail about what was signed: staff are led to the
// invitation, who signed to the page of the certificate.
func (s *Service) aboutSignature(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, Signature, error) {
	sig, err := s.Store.SignatureOfInvitation(ctx, v.ID)
	if err != nil {
		return c, sig, err
	}
	seat, signed := sig.Mailboxes()[d.Recipient]
	linked, err := s.linked(ctx, sig, seat, d.CreatedAt)
	if err != nil {
		return c, sig, err
	}
	c.Organisation, c.Signatory, c.SignedAt, c.Number = sig.Organisation.Name, sig.Signatory, sig.SignedAt, linked.Number
	c.LinkURL = linked.URL
	if !signed {
		c.LinkURL = s.linkURL("equipe", "invitations", v.ID)
	}
	return c, sig, nil
}
