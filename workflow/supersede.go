package workflow

import "context"

// supersede ends what the organisation had committed to with the pôle: of the
// same two, one commitment stands. The new one names the one it was asked to
// renew, or else the latest. Two signatures at once for one organisation take
// turns, so that the later finds the earlier.
func (s *Service) supersede(ctx context.Context, tx Tx, renews string, c *Commitment) error {
	if err := tx.HoldOrganisation(ctx, c.OrganisationID); err != nil {
		return err
	}
	standing, err := tx.StandingCommitments(ctx, c.PoleSlug, c.OrganisationID)
	if err != nil {
		return err
	}
	c.Replaces = replacedOf(standing, renews)
	for _, old := range standing {
		e := s.event("commitment.superseded", actorSystem, old.PoleSlug, "commitment:"+old.ID)
		e.Data["number"], e.Data["by"] = old.Number, c.Number
		tx.Record(e)
		if err := tx.EndCommitment(ctx, old.ID, CommitmentSuperseded, c.SignedOn); err != nil {
			return err
		}
	}
	return nil
}

// replacedOf picks the commitment a new one names: the one it renews, or else
// the latest. Empty when there is none.
func replacedOf(standing []Commitment, renews string) string {
	var latest Commitment
	for _, old := range standing {
		if old.ID == renews {
			return old.ID
		}
		if !old.PublishedAt.Before(latest.PublishedAt) {
			latest = old
		}
	}
	return latest.ID
}

// publicly gives a commitment as the public may know it now, and the one that
// replaces it. While that one is under embargo, nothing is said of it.
func (s *Service) publicly(ctx context.Context, c Commitment) (known, replacement Commitment, err error) {
	if c.Lapsed(s.now()) {
		c.Status = CommitmentLapsed
	}
	if c.Status != CommitmentSuperseded {
		return c, Commitment{}, nil
	}
	after, err := s.Store.Replacement(ctx, c.ID)
	switch {
	case IsKind(err, NotFound):
		return c, Commitment{}, nil
	case err != nil:
		return c, Commitment{}, err
	case after.PublishedAt.IsZero() || after.PublishedAt.After(s.now()):
		c.Status, c.StatusOn = CommitmentActive, ""
		return c, Commitment{}, nil
	}
	return c, after, nil
}

// allPublicly is publicly for every line of a page.
func (s *Service) allPublicly(ctx context.Context, page RegisterPage, err error) (RegisterPage, error) {
	for i := range page.Commitments {
		if err != nil {
			break
		}
		page.Commitments[i], _, err = s.publicly(ctx, page.Commitments[i])
	}
	return page, err
}
