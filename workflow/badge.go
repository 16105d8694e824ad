package workflow

import (
	"context"
)

// Badge is what a signatory shows on its own site. It holds what the register
// does, and no person.
type Badge struct {
	Number       string
	Organisation string
	Since        int // year of the first of the commitments that follow one another
	Status       CommitmentStatus
}

// Holds tells that nothing has ended the commitment.
func (b Badge) Holds() bool { return Commitment{Status: b.Status}.holds() }

// maxRenewed bounds how many commitments in a row are followed to the first.
const maxRenewed = 20

// Badge gives the badge of a certificate's number. NotFound when it was never
// issued, and exactly so while its commitment is under embargo: other sites
// show badges.
func (s *Service) Badge(ctx context.Context, number string) (Badge, error) {
	unknown := refuse(NotFound, "certificate.not-found")
	canonical, ok := ParseNumber(number)
	if !ok {
		return Badge{}, unknown
	}
	c, err := s.Store.CommitmentByNumber(ctx, canonical)
	if IsKind(err, NotFound) || err == nil && !c.EmbargoAt(s.now()).IsZero() {
		return Badge{}, unknown
	} else if err != nil {
		return Badge{}, err
	}
	if c, _, err = s.publicly(ctx, c); err != nil {
		return Badge{}, err
	}
	since, err := s.since(ctx, c)
	return Badge{Number: canonical, Organisation: c.Organisation.Name, Since: since, Status: c.Status}, err
}

// since follows what a commitment replaces to the first year, as long as
// nothing was withdrawn in between.
func (s *Service) since(ctx context.Context, c Commitment) (year int, err error) {
	year = c.Signed().Year
	for range maxRenewed {
		if c.Replaces == "" {
			break
		}
		c, err = s.Store.Commitment(ctx, c.Replaces)
		if err != nil || c.Status != CommitmentSuperseded || c.PublishedAt.IsZero() {
			break
		}
		if before := c.Signed().Year; before != 0 {
			year = before
		}
	}
	if IsKind(err, NotFound) {
		err = nil
	}
	return year, err
}
