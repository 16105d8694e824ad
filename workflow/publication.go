package workflow

import (
	"context"
	"strconv"
)

// SetPublication changes what the register shows of the person who signed, at
// once, and of a commitment that has ended too. The signature keeps what was
// chosen then. Errors as PersonalPage; Unauthenticated (key
// "manage.unconfirmed") when the browser gave no code.
func (s *Service) SetPublication(ctx context.Context, token, secret string, want Publish, v Visit) error {
	p, err := s.managed(ctx, token, secret, v)
	if err != nil {
		return err
	}
	if want.Signatory == p.Publish().Signatory {
		return nil
	}
	var who Signatory
	if want.Signatory {
		who = p.Signature.Signatory
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("publication.changed", actorSignatory, p.Signature.PoleSlug, p.Signature.InvitationID)
		e.Data["publish_signatory"] = strconv.FormatBool(want.Signatory)
		tx.Record(e)
		return tx.SetPublication(ctx, p.Commitment.ID, p.Seat, who)
	})
}
