package workflow

import (
	"context"
	"slices"
	"strings"
)

// BounceReport is what a report says about a mail that came back.
type BounceReport struct {
	// DeliveryID is proven by the envelope sender the report came to; empty when
	// there was none, and the Message-ID has to do.
	DeliveryID string
	MessageID  string   // of the mail that came back, without angle brackets
	Recipients []string // addresses the report names for one recipient: original and final
	Answer     string   // status code and words of the server that refused
}

// delivery is the id of the mail the report is about. A Message-ID starts with
// it: see newDelivery.
func (r BounceReport) delivery() string {
	if r.DeliveryID != "" {
		return r.DeliveryID
	}
	id, _, _ := strings.Cut(r.MessageID, "@")
	return id
}

// about tells whether the report names this mail and its recipient.
func (r BounceReport) about(d Delivery) bool {
	named := slices.ContainsFunc(r.Recipients, func(a string) bool { return strings.EqualFold(a, d.Recipient) })
	return named && (r.DeliveryID == d.ID || r.DeliveryID == "" && r.MessageID == d.MessageID)
}

// Bounce records that a mail a relay had accepted came back: the delivery has
// failed, with the reason in the words of the server that refused it, and an
// invitation that nobody has opened since is « non remise ». An address that
// nobody can be written to is reminded no more. NotFound when no such mail was
// sent to that recipient, or it came back before: nothing changes then.
func (s *Service) Bounce(ctx context.Context, r BounceReport) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			d, err := tx.Delivery(ctx, r.delivery())
			if err == nil && !r.about(d) {
				return notFound()
			}
			if err == nil {
				d, err = tx.BounceDelivery(ctx, d.ID, r.Answer, s.now())
			}
			if err != nil {
				return err
			}
			e := s.deliveryEvent(d)
			e.Type = "delivery.bounced"
			tx.Record(e)
			return s.followDelivery(ctx, tx, d)
		})
	})
}

// noteRefusal keeps an address that refused an invitation or a reminder for
// good from being reminded.
func (s *Service) noteRefusal(ctx context.Context, tx Tx, d Delivery) error {
	if d.State != DeliveryFailed || !blamesAddress(d.Answer) {
		return nil
	}
	e := s.event("suppression.bounced", actorSystem, d.PoleSlug, d.InvitationID)
	e.Data["delivery"] = d.ID
	tx.Record(e)
	return s.suppress(ctx, tx, Suppression{PoleSlug: d.PoleSlug, Email: d.Recipient, Reason: SuppressedByBounce, Answer: d.Answer})
}
