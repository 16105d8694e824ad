package workflow

import (
	"context"
	"strconv"
)

// SetPublication changes what the register shows of the person who signed, and
// for the contact also the quote and the logo, at once, and of a commitment that
// has ended too. A logo can only be taken away. The signature keeps what was
// chosen then. Invalid on field "quote"; errors as PersonalPage; Unauthenticated
// (key "manage.unconfirmed") when the browser gave no code.
func (s *Service) SetPublication(ctx context.Context, token, secret string, want Publish, v Visit) error {
	p, err := s.managed(ctx, token, secret, v)
	if err != nil {
		return err
	}
	var f fields
	var problem *FieldError
	want.Quote, problem = CleanText(want.Quote, MaxQuote)
	f.check("quote", problem)
	if err := f.err(); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		if err := tx.HoldOrganisation(ctx, p.Commitment.OrganisationID); err != nil { // two signatories take turns
			return err
		}
		was, err := tx.Commitment(ctx, p.Commitment.ID)
		if err != nil {
			return err
		}
		now := was
		now.publishFor(p.MailedCertificate, want)
		if now == was {
			return nil
		}
		e := s.event("publication.changed", actorSignatory, p.Signature.PoleSlug, p.Signature.InvitationID)
		e.Data["publish_signatory"], e.Data["publish_quote"] = strconv.FormatBool(want.Signatory), strconv.FormatBool(want.Quote != "")
		tx.Record(e)
		return tx.SetPublication(ctx, now)
	})
}

// publishFor makes public what one person of those who signed chooses now.
func (c *Commitment) publishFor(p MailedCertificate, want Publish) {
	if p.Seat == SeatSecond {
		if c.PublicSecond = (Signatory{}); want.Signatory {
			c.PublicSecond = p.Signature.Signatory
		}
		return
	}
	if want.Logo != c.PublicLogo {
		want.Logo = ""
	}
	c.publish(want, p.Signature.Signatory)
}
