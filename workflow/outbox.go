package workflow

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"jachete/workflow/journal"
)

// leaseLife is how long a worker may hold a delivery before another takes it.
// It exceeds the longest SMTP dialogue (connect 10 s, DATA 120 s).
const leaseLife = 5 * time.Minute

// messageDomain is the right side of Message-IDs: the public host.
func (s *Service) messageDomain() string {
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}

func (s *Service) newDelivery(kind DeliveryKind, inv Invitation, to string) Delivery {
	id, now := newID(), s.now()
	return Delivery{
		ID: id, Key: fmt.Sprintf("%s:%s:%d:%s", kind, inv.ID, inv.Issue, to), Kind: kind, InvitationID: inv.ID,
		PoleSlug: inv.PoleSlug, Issue: inv.Issue, Recipient: to, Language: inv.Language,
		MessageID: id + "@" + s.messageDomain(), State: DeliveryWaiting, RunAt: now, CreatedAt: now,
	}
}

func (s *Service) invitationMail(inv Invitation) Delivery {
	return s.newDelivery(DeliveryInvitation, inv, inv.Contact.Email)
}

// ClaimDeliveries leases up to n deliveries that are due. Each is claimed by
// one worker only, over all instances.
func (s *Service) ClaimDeliveries(ctx context.Context, n int) (list []Delivery, err error) {
	now := s.now()
	err = s.Store.Update(ctx, func(tx Tx) error {
		list, err = tx.ClaimDeliveries(ctx, now, now.Add(leaseLife), newID(), n)
		return err
	})
	return list, err
}

// MailContent gives what a claimed delivery says, with its links minted for
// the occasion. Gone when the mail is no longer wanted: the link it would
// carry is dead; the delivery is cancelled then.
func (s *Service) MailContent(ctx context.Context, d Delivery) (MailContent, error) {
	switch d.Kind {
	case DeliveryWelcome:
		return s.welcomeContent(ctx, d)
	case DeliveryRetrieval:
		return s.retrievalContent(ctx, d)
	case DeliveryRequest:
		return s.requestContent(ctx, d)
	}
	v, err := s.Store.InvitationView(ctx, d.InvitationID)
	if err != nil {
		return MailContent{}, err
	}
	c := contentOfMail(d, v)
	switch d.Kind {
	case DeliveryInvitation:
		return s.invitationContent(ctx, d, v, c)
	case DeliveryReminder:
		return s.reminderContent(ctx, d, v, c)
	case DeliveryCosign:
		return s.cosignContent(ctx, d, v, c)
	case DeliveryAnniversary:
		return s.anniversaryContent(ctx, d, c)
	case DeliveryWithdrawn:
		return s.withdrawnContent(ctx, d, v, c)
	case DeliveryCorrection:
		return s.correctionContent(ctx, d, v, c)
	case DeliveryTransferred, DeliveryDeclined:
		return s.leaveContent(ctx, d, v, c)
	}
	return s.certificateContent(ctx, d, v, c)
}

// contentOfMail is what every mail about an invitation says, before its links.
func contentOfMail(d Delivery, v InvitationView) MailContent {
	c := MailContent{Delivery: d, Pole: v.Pole, Organisation: v.Organisation.Name, Recipient: v.Contact, Message: v.Message, Source: v.Source, ExpiresAt: v.ExpiresAt}
	if who, taken := v.Details.Cosignatories()[d.Seat]; taken {
		c.Recipient = Contact{Name: who.Name, Function: who.Function, Email: who.Email}
	}
	return c
}

func (s *Service) invitationContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	if d.Issue != v.Issue || !v.StateAt(s.now()).Open() {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	if unsubscribed, err := s.Store.Suppressed(ctx, v.PoleSlug, d.Recipient); err != nil {
		return MailContent{}, err
	} else if unsubscribed {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	if v.Renews != "" {
		var err error
		if c.Renews, err = s.Store.Commitment(ctx, v.Renews); err != nil {
			return MailContent{}, err
		}
		c.Corrects = c.Renews.Version == v.DeclarationVersion
	}
	if err := s.addTransfer(ctx, v, &c); err != nil {
		return MailContent{}, err
	}
	return s.withLinks(c, v, d.CreatedAt)
}

// withLinks puts in the link that signs, as it was first written for this
// issue, and the one that unsubscribes.
func (s *Service) withLinks(c MailContent, v InvitationView, issued time.Time) (MailContent, error) {
	d := c.Delivery
	token, err := s.links.Mint(LinkSign, Link{Subject: v.ID, Issue: v.Issue, Expires: issued.Add(linkLife)}, issued)
	if err != nil {
		return MailContent{}, err
	}
	stop, err := s.links.Mint(LinkUnsubscribe, Link{Subject: v.ID, Expires: d.CreatedAt.Add(unsubscribeLife)}, d.CreatedAt)
	if err != nil {
		return MailContent{}, err
	}
	c.LinkURL, c.UnsubscribeURL = s.linkURL("i", token), s.linkURL("desabonnement", stop)
	return c, nil
}

func (s *Service) cancelDelivery(ctx context.Context, d Delivery) error {
	lease := d.Lease
	d.State, d.FinishedAt, d.Lease, d.LeaseUntil = DeliveryCancelled, s.now(), "", time.Time{}
	err := retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			if err := tx.FinishDelivery(ctx, lease, d); err != nil {
				return err
			}
			return s.followDelivery(ctx, tx, d)
		})
	})
	if err != nil {
		return err
	}
	return refuse(Gone, "delivery.cancelled")
}

// certificateLife is how long the link of a certificate mail opens it. The
// number on the certificate works for ever.
const certificateLife = 10 * 365 * 24 * time.Hour

// LongestLink is how long any link may open what it is for: a key that has
// minted one is needed as long.
const LongestLink = certificateLife

// unsubscribeLife exceeds the 60 days the anti-spam law asks for.
const unsubscribeLife = 400 * 24 * time.Hour

func (s *Service) certificateContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	sig, err := s.Store.SignatureOfInvitation(ctx, v.ID)
	if err != nil {
		return MailContent{}, err
	}
	cert, err := s.certificateOf(ctx, sig.ID)
	if err != nil {
		return MailContent{}, err
	}
	token, err := s.links.Mint(LinkCertificate, Link{Subject: certificateSubject(sig.ID, d.Seat), Expires: d.CreatedAt.Add(certificateLife)}, d.CreatedAt)
	if err != nil {
		return MailContent{}, err
	}
	commitment, err := s.Store.CommitmentByNumber(ctx, cert.Number)
	if err != nil {
		return MailContent{}, err
	}
	c.Embargo = commitment.EmbargoAt(s.now())
	c.Organisation, c.Signatory, c.SignedAt, c.Number = sig.Organisation.Name, sig.Signatory, sig.SignedAt, cert.Number
	for _, act := range sig.Acts {
		c.Signatories = append(c.Signatories, act.Signatory)
	}
	c.LinkURL, c.VerifyURL = s.linkURL("c", token), s.linkURL("v", cert.Number)
	if d.Kind == DeliveryPoleCopy {
		c.LinkURL = s.linkURL("equipe", "invitations", v.ID) // staff sign in; the signatory's link is not theirs
	}
	if !d.LinkOnly {
		c.PDF = cert.PDF
	}
	return c, nil
}

// SettleDelivery records what became of an attempt, and moves the invitation
// with it: « envoyée » only after the relay's 250. Conflict when the lease was
// lost meanwhile: another worker's result stands.
func (s *Service) SettleDelivery(ctx context.Context, d Delivery, o Outcome) error {
	if o.At.IsZero() {
		o.At = s.now()
	}
	settled := d.settle(o)
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			if err := tx.FinishDelivery(ctx, d.Lease, settled); err != nil {
				return err
			}
			tx.Record(s.deliveryEvent(settled))
			return s.followDelivery(ctx, tx, settled)
		})
	})
}

func (s *Service) deliveryEvent(d Delivery) journal.Event {
	e := s.event("delivery."+string(d.State), actorSystem, d.PoleSlug, d.record())
	e.Data["delivery"], e.Data["kind"], e.Data["message_id"] = d.ID, string(d.Kind), d.MessageID
	e.Personal = map[string]string{"answer": d.Answer}
	return e
}

// followDelivery moves the invitation after its mail, if it still waits for
// that mail, and plans its reminders.
func (s *Service) followDelivery(ctx context.Context, tx Tx, d Delivery) error {
	if d.Kind != DeliveryInvitation && d.Kind != DeliveryReminder {
		return nil
	}
	if err := s.noteRefusal(ctx, tx, d); err != nil {
		return err
	}
	was, err := tx.Invitation(ctx, d.InvitationID)
	if err != nil || was.Issue != d.Issue {
		return err
	}
	inv := was
	inv.follow(d)
	if inv == was {
		return nil
	}
	if err := s.planReminder(ctx, tx, &inv); err != nil {
		return err
	}
	return tx.MoveInvitation(ctx, was, inv)
}

// follow takes in what became of a mail; a person may have been quicker than
// our record. A reminder that was cancelled or given up says nothing of the
// invitation, which arrived.
func (i *Invitation) follow(d Delivery) {
	action := map[DeliveryState]Action{DeliverySent: ActionDeliver, DeliveryFailed: ActionFail,
		DeliveryGaveUp: ActionFail, DeliveryCancelled: ActionFail}[d.State]
	if d.Kind == DeliveryReminder && d.State != DeliveryFailed {
		return
	}
	if next, ok := i.State.Next(action, PartySystem); ok {
		i.State = next
	}
	if d.State == DeliverySent {
		i.SentAt = d.FinishedAt
	}
}
