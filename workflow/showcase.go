package workflow

import (
	"cmp"
	"context"
	"slices"

	"jachete/workflow/territory"
)

// latestSignatories is how many of the newest lines the first page shows.
const latestSignatories = 6

// Showcase is what the first page of the site says of the movement.
type Showcase struct {
	Counts     RegisterCounts
	Covered    Tally               // municipalities of Québec
	Latest     []Commitment        // by date of signature
	Ceremonies []AnnouncedCeremony // soonest first
}

// AnnouncedCeremony is one that its pôle chose to tell the public about.
type AnnouncedCeremony struct {
	Campaign
	Pole Pole
}

// Showcase gathers the first page.
func (s *Service) Showcase(ctx context.Context) (show Showcase, err error) {
	if show.Counts, err = s.Store.RegisterCounts(ctx, RegisterFilter{}, s.now()); err != nil {
		return show, err
	}
	latest, err := s.Register(ctx, RegisterFilter{Holds: true, Order: ByDate, Limit: latestSignatories})
	if err != nil {
		return show, err
	}
	show.Latest = latest.Commitments
	show.Covered = Tally{Signed: show.Counts.Towns, Total: len(s.Atlas.Municipalities(territory.Set{}))}
	show.Ceremonies, err = s.AnnouncedCeremonies(ctx, "")
	return show, err
}

// publicMunicipalities gives the codes of those that the public may know to be
// committed themselves, each once.
func (s *Service) publicMunicipalities(ctx context.Context) ([]string, error) {
	live, err := s.Store.LiveMunicipalities(ctx, s.now())
	codes := knownTo("", live) // of no pôle's own
	slices.Sort(codes)
	return slices.Compact(codes), err
}

// AnnouncedCeremonies lists those to come, soonest first; of one pôle when its
// slug is given.
func (s *Service) AnnouncedCeremonies(ctx context.Context, pole string) ([]AnnouncedCeremony, error) {
	f := CampaignFilter{AnnouncedAfter: s.now()}
	if pole != "" {
		f.Poles = []string{pole}
	}
	campaigns, err := s.Store.Campaigns(ctx, f)
	if err != nil {
		return nil, err
	}
	var list []AnnouncedCeremony
	for _, c := range campaigns {
		p, err := s.Store.Pole(ctx, c.PoleSlug)
		if err != nil {
			return nil, err
		}
		list = append(list, AnnouncedCeremony{c, p})
	}
	slices.SortFunc(list, func(a, b AnnouncedCeremony) int {
		return cmp.Or(a.CeremonyAt.Compare(b.CeremonyAt), cmp.Compare(a.PoleSlug, b.PoleSlug))
	})
	return list, nil
}

// Locality is where a region, an MRC or the territory of a pôle stands.
type Locality struct {
	Counts   RegisterCounts
	Coverage Coverage
	Found    RegisterPage // the first lines
}

// Locality tells of the commitments that a filter finds, and how much of a
// territory has signed.
func (s *Service) Locality(ctx context.Context, f RegisterFilter, within territory.Set) (l Locality, err error) {
	if l.Counts, err = s.Store.RegisterCounts(ctx, f, s.now()); err != nil {
		return l, err
	}
	codes, err := s.publicMunicipalities(ctx)
	if err != nil {
		return l, err
	}
	l.Coverage = Cover(s.Atlas, within, codes, nil)
	l.Found, err = s.Register(ctx, f)
	return l, err
}

// Town is a municipality with its commitment, if it made one.
type Town struct {
	territory.Municipality
	Label      string
	Commitment Commitment // zero when it has none
}

// Towns lists the municipalities of an MRC by name, with what they committed to.
func (s *Service) Towns(ctx context.Context, mrc string) ([]Town, error) {
	found, err := s.Register(ctx, RegisterFilter{MRC: mrc, Kind: KindMunicipality, Holds: true, Limit: maxPageSize})
	if err != nil {
		return nil, err
	}
	by := map[string]Commitment{}
	for _, c := range found.Commitments {
		by[c.Organisation.MunicipalityCode] = c
	}
	var towns []Town
	for _, m := range s.Atlas.Municipalities(territory.Set{MRCs: []string{mrc}}) {
		towns = append(towns, Town{m, s.Atlas.Label(m), by[m.Code]})
	}
	slices.SortStableFunc(towns, func(a, b Town) int {
		return slices.Compare(CollationKey(a.Label), CollationKey(b.Label))
	})
	return towns, nil
}

// neighbours is how many organisations nearby a page names.
const neighbours = 6

// Neighbours gives organisations of the same MRC that have signed, the latest
// first, or of the same region where there is no MRC; inMRC tells which.
func (s *Service) Neighbours(ctx context.Context, c Commitment) (found RegisterPage, inMRC bool, err error) {
	f := RegisterFilter{Region: c.Organisation.RegionCode, Holds: true, Order: ByDate, Limit: neighbours + 1}
	if inMRC = c.Organisation.MRCCode != ""; inMRC {
		f.Region, f.MRC = "", c.Organisation.MRCCode
	}
	if f.Region == "" && f.MRC == "" {
		return RegisterPage{}, false, nil
	}
	found, err = s.Register(ctx, f)
	found.Commitments = slices.DeleteFunc(found.Commitments, func(other Commitment) bool { return other.Slug == c.Slug })
	found.Commitments = found.Commitments[:min(len(found.Commitments), neighbours)]
	return found, inMRC, err
}
