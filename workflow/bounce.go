package workflow

import "context"

// Bounce records that a mail a relay had accepted came back: the delivery has
// failed, with the reason in the words of the server that refused it, and an
// invitation that nobody has opened since is « non remise ». NotFound when no
// mail of that Message-ID was sent, or it came back before.
func (s *Service) Bounce(ctx context.Context, messageID, reason string) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			d, err := tx.BounceDelivery(ctx, messageID, reason, s.now())
			if err != nil {
				return err
			}
			e := s.deliveryEvent(d)
			e.Type = "delivery.bounced"
			tx.Record(e)
			if d.Kind != DeliveryInvitation {
				return nil
			}
			return s.followDelivery(ctx, tx, d)
		})
	})
}
