package workflow

import "context"

// Glance is what can be said of the register, or of a part of it, in a few
// lines. It holds no person.
type Glance struct {
	Total          int // commitments that are not withdrawn; within a pôle, one for each organisation
	Regions        int // in which there is one at least
	Municipalities int // that committed themselves
	Latest         []Commitment
}

// maxLatest bounds how many lines a glance gives.
const maxLatest = 20

// Glance counts what is public now and meets the filter, and gives the latest
// of it by date of signature, or of announcement where only that is known. Of
// the filter, only what places a commitment counts.
func (s *Service) Glance(ctx context.Context, f RegisterFilter, latest int) (Glance, error) {
	within := RegisterFilter{Region: f.Region, MRC: f.MRC, Pole: f.Pole, Holds: true, Order: ByDate, Limit: min(latest, maxLatest)}
	counts, err := s.Store.RegisterCounts(ctx, within, s.now())
	if err != nil {
		return Glance{}, err
	}
	delete(counts.ByRegion, "") // an organisation of all of Québec
	g := Glance{Total: counts.Total, Regions: len(counts.ByRegion), Municipalities: counts.Towns}
	if latest <= 0 {
		return g, nil
	}
	page, err := s.Register(ctx, within)
	g.Latest = page.Commitments
	return g, err
}
