package workflow

import (
	"context"
	"time"
)

// DeliveryRetrieval lists the certificates that were signed from a mailbox, to
// that mailbox.
const DeliveryRetrieval DeliveryKind = "retrieval"

// Limits of asking for certificates by mail. Those of a mailbox are kept
// silently: whoever asks again learns nothing.
var (
	limitRetrieval    = limit{"retrieval", 1, 10 * time.Minute}
	limitRetrievalDay = limit{"retrieval-day", 6, 24 * time.Hour}
	limitRetrievalIP  = limit{"retrieval-address", 10, 15 * time.Minute}
)

// LinkedCertificate is a certificate with the link that opens it.
type LinkedCertificate struct {
	Organisation string
	Number       string
	SignedAt     time.Time
	URL          string
}

// RequestCertificates mails links to the certificates that were signed from an
// address to that address, in the language of who asks. A mail is queued for
// any address, known or not, and only its worker looks: the answer is the same
// and takes as long. Invalid on field "email"; Limited after too many from one
// visitor.
func (s *Service) RequestCertificates(ctx context.Context, email string, lang Language, v Visit) error {
	address, problem := CleanEmail(email)
	if problem != nil {
		problem.Field = "email"
		return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{*problem}}
	}
	err := s.Store.Update(ctx, func(tx Tx) error {
		if err := s.take(ctx, tx, limitRetrievalIP, clientKey(v.IP)); err != nil {
			return err
		}
		for _, l := range []limit{limitRetrieval, limitRetrievalDay} {
			if free, err := tx.Take(ctx, s.limitKey(l, address), l.uses, l.window, s.now()); err != nil || !free {
				return err
			}
		}
		d := s.newDelivery(DeliveryRetrieval, Invitation{Language: lang}, address)
		d.Key = string(DeliveryRetrieval) + ":" + d.ID
		e := s.event("retrieval.asked", actorPublic, "", d.record())
		e.Personal = v.personal()
		tx.Record(e)
		return tx.AddDelivery(ctx, d)
	})
	if err == nil {
		s.signalMail()
	}
	return err
}

// retrievalContent lists the certificates, latest first. The delivery is
// cancelled when nothing was signed from that mailbox.
func (s *Service) retrievalContent(ctx context.Context, d Delivery) (MailContent, error) {
	list, err := s.Store.SignaturesFrom(ctx, d.Recipient)
	if err != nil {
		return MailContent{}, err
	}
	if len(list) == 0 {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	c := MailContent{Delivery: d}
	for _, sig := range list {
		linked, err := s.linked(ctx, sig, sig.Mailboxes()[d.Recipient], d.CreatedAt)
		if err != nil {
			return MailContent{}, err
		}
		c.Certificates = append([]LinkedCertificate{linked}, c.Certificates...)
	}
	return c, nil
}

// linked mints the link of a certificate, for whoever signed at a seat.
func (s *Service) linked(ctx context.Context, sig Signature, seat Seat, issued time.Time) (LinkedCertificate, error) {
	cert, err := s.certificateOf(ctx, sig.ID)
	if err != nil {
		return LinkedCertificate{}, err
	}
	token, err := s.links.Mint(LinkCertificate, Link{Subject: certificateSubject(sig.ID, seat), Expires: issued.Add(certificateLife)}, issued)
	return LinkedCertificate{Organisation: sig.Organisation.Name, Number: cert.Number, SignedAt: sig.SignedAt, URL: s.linkURL("c", token)}, err
}
