package workflow

import (
	"context"
	"time"
)

// EmbargoAt is when a commitment that is not public at now becomes so; zero
// when it is public.
func (c Commitment) EmbargoAt(now time.Time) time.Time {
	if c.PublishedAt.After(now) {
		return c.PublishedAt
	}
	return time.Time{}
}

// confidential is all that may be said of a commitment before it is public, to
// somebody who knows its number: until when. The signature's id is for links
// to the original, which only its holders get.
func (c Commitment) confidential() Commitment {
	return Commitment{Number: c.Number, SignatureID: c.SignatureID, PublishedAt: c.PublishedAt}
}

// underEmbargo puts off the publication of what is being signed until its
// campaign allows it.
func (s *Service) underEmbargo(ctx context.Context, tx Tx, c Commitment) (Commitment, error) {
	if c.Campaign == "" {
		return c, nil
	}
	campaign, err := tx.KeepCampaign(ctx, c.PoleSlug, c.Campaign)
	if IsKind(err, NotFound) { // invited before campaigns were records
		return c, nil
	}
	if campaign.EmbargoUntil.After(c.PublishedAt) {
		c.PublishedAt = campaign.EmbargoUntil
	}
	return c, err
}

// moveEmbargo makes what is not public yet follow the campaign: at its embargo,
// or now when that is lifted.
func (s *Service) moveEmbargo(ctx context.Context, tx Tx, c Campaign) error {
	now := s.now()
	to := c.EmbargoUntil
	if to.Before(now) {
		to = now
	}
	_, err := tx.MoveEmbargo(ctx, c.PoleSlug, c.Slug, to, now)
	return err
}

// recordPublished tells the journal when the commitment is in the register.
func (s *Service) recordPublished(tx Tx, invitation string, c Commitment) {
	e := s.event("commitment.published", actorSystem, c.PoleSlug, invitation)
	if until := c.EmbargoAt(s.now()); !until.IsZero() {
		e.Type = "commitment.embargoed"
		e.Data["until"] = UTCStamp(until)
	}
	e.Data["number"], e.Data["slug"] = c.Number, c.Slug
	tx.Record(e)
}
