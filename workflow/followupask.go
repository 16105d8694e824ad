package workflow

import (
	"context"
	"strconv"
	"time"
)

// DeliveryAnniversary asks an organisation whether its commitment holds.
const DeliveryAnniversary DeliveryKind = "anniversary"

// LinkFollowUp opens one year's question. Its subject is a commitment id, its
// issue the year.
const LinkFollowUp LinkPurpose = "follow-up"

// followUpLife is how long the link of a yearly mail opens the question.
const followUpLife = 180 * 24 * time.Hour

// askFollowUps asks the organisations whose anniversary has come.
func (s *Service) askFollowUps(ctx context.Context) error {
	due, err := s.Store.DueFollowUps(ctx, s.now(), sweepBatch)
	for _, c := range due {
		err := s.Store.Update(ctx, func(tx Tx) error { return s.askFollowUp(ctx, tx, c) })
		if err != nil && !IsKind(err, Conflict) { // another instance was quicker, or it has ended
			return err
		}
	}
	if len(due) > 0 {
		s.signalMail()
	}
	return err
}

// askFollowUp queues one question. While a commitment is under embargo nobody is
// asked, and an address that wants no more mail is left alone.
func (s *Service) askFollowUp(ctx context.Context, tx Tx, c Commitment) error {
	sig, err := tx.Signature(ctx, c.SignatureID)
	if err != nil {
		return err
	}
	earlier, err := tx.FollowUps(ctx, c.ID)
	if err != nil {
		return err
	}
	now := s.now()
	n := 1
	for !anniversary(sig.SignedAt, n).After(now) {
		n++
	}
	if err := tx.AskAgainAt(ctx, c, anniversary(sig.SignedAt, n)); err != nil {
		return err
	}
	f := FollowUp{CommitmentID: c.ID, Year: n - 1, AskedAt: now, Recipient: Contact{Name: sig.Signatory.Name, Function: sig.Signatory.Function, Email: sig.Evidence.Email}}
	if len(earlier) > 0 && earlier[len(earlier)-1].asks().Email != "" { // else who was asked is forgotten
		f.Recipient = earlier[len(earlier)-1].asks()
	}
	if stopped, err := tx.Suppressed(ctx, c.PoleSlug, f.Recipient.Email); err != nil || stopped {
		return err
	}
	inv, err := tx.Invitation(ctx, sig.InvitationID)
	if err != nil {
		return err
	}
	d := s.newDelivery(DeliveryAnniversary, inv, f.Recipient.Email)
	d.Issue, d.Language = f.Year, sig.Language
	d.Key = string(DeliveryAnniversary) + ":" + followUpKey(f)
	e := s.event("followup.asked", actorSystem, c.PoleSlug, sig.InvitationID)
	e.Personal = map[string]string{"email": f.Recipient.Email}
	tx.Record(e)
	if err := tx.AddFollowUp(ctx, f); err != nil {
		return err
	}
	return tx.AddDelivery(ctx, d)
}

// anniversaryContent is the yearly mail.
func (s *Service) anniversaryContent(ctx context.Context, d Delivery, c MailContent) (MailContent, error) {
	sig, err := s.Store.SignatureOfInvitation(ctx, d.InvitationID)
	if err != nil {
		return MailContent{}, err
	}
	cert, err := s.certificateOf(ctx, sig.ID)
	if err != nil {
		return MailContent{}, err
	}
	commitment, err := s.Store.CommitmentByNumber(ctx, cert.Number)
	if err != nil {
		return MailContent{}, err
	}
	f, err := s.followUp(ctx, s.Store, commitment.ID, d.Issue)
	if err != nil {
		return MailContent{}, err
	}
	stopped, err := s.Store.Suppressed(ctx, d.PoleSlug, d.Recipient)
	if err != nil {
		return MailContent{}, err
	}
	if stopped || !commitment.holds() || !f.ConfirmedAt.IsZero() {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	token, err := s.links.Mint(LinkFollowUp, Link{Subject: commitment.ID, Issue: f.Year, Expires: d.CreatedAt.Add(followUpLife)}, d.CreatedAt)
	if err != nil {
		return MailContent{}, err
	}
	stop, err := s.links.Mint(LinkUnsubscribe, Link{Subject: d.InvitationID + ":" + strconv.Itoa(f.Year), Expires: d.CreatedAt.Add(unsubscribeLife)}, d.CreatedAt)
	c.Organisation, c.Recipient, c.SignedAt, c.Number = commitment.Organisation.Name, f.Recipient, sig.SignedAt, cert.Number
	c.ExpiresAt = d.CreatedAt.Add(followUpLife)
	if err := s.addSuppliersNear(ctx, commitment.Organisation, &c); err != nil {
		return MailContent{}, err
	}
	c.LinkURL, c.UnsubscribeURL = s.linkURL("engagement", token), s.linkURL("desabonnement", stop)
	return c, err
}

// followUp finds one year's question. NotFound when it was not asked.
func (s *Service) followUp(ctx context.Context, r Reader, commitmentID string, year int) (FollowUp, error) {
	list, err := r.FollowUps(ctx, commitmentID)
	if err != nil {
		return FollowUp{}, err
	}
	for _, f := range list {
		if f.Year == year {
			return f, nil
		}
	}
	return FollowUp{}, refuse(NotFound, "link.unknown")
}
