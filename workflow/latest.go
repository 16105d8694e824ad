package workflow

import (
	"context"
	"strings"
	"time"
)

// LatestSignatories gives at most limit lines of the public register that match,
// those that became public last first. The order and page of the filter do not
// count.
func (s *Service) LatestSignatories(ctx context.Context, f RegisterFilter, limit int) ([]Commitment, error) {
	list, err := s.Store.LatestCommitments(ctx, f, s.now(), limit)
	page, err := s.allPublicly(ctx, RegisterPage{Commitments: list}, err)
	return page.Commitments, err
}

// ChangedAt is when what the public knows of a commitment last changed: when it
// appeared, or the start of the day since which its status holds.
func (c Commitment) ChangedAt() time.Time {
	at := c.PublishedAt
	since := c.LapsesAt()
	if c.Status != CommitmentLapsed {
		since, _ = time.ParseInLocation(time.DateOnly, c.StatusOn, Zone) // zero for none
	}
	if since.After(at) {
		return since
	}
	return at
}

// EachSignatory gives every line of Register that matches, whatever its page, as
// the register is at one moment. An error of do ends it and is returned.
func (s *Service) EachSignatory(ctx context.Context, f RegisterFilter, do func(Commitment) error) error {
	asked := f.Query
	if f.Query = Fold(clip(asked)); f.Query == "" && strings.TrimSpace(asked) != "" {
		return nil
	}
	return s.Store.EachCommitment(ctx, f, s.now(), func(c Commitment) error {
		c, _, err := s.publicly(ctx, c)
		if err != nil {
			return err
		}
		return do(c)
	})
}
