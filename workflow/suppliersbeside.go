package workflow

import (
	"context"
	"net/url"
)

// SuppliersPath is the address of the public list of suppliers, without its
// query.
const SuppliersPath = "/fournisseurs"

// besideCount is how many suppliers stand beside the buyers of a territory.
const besideCount = 6

// SupplierTerritory is a region, an MRC or a pôle: the one that is not empty. The
// zero value is all of Québec.
type SupplierTerritory struct {
	Region string // code
	MRC    string // code
	Pole   string // slug
}

// SuppliersBeside is what a territory's enterprises offer to its buyers.
type SuppliersBeside struct {
	SupplierPage        // the first few, and how many in all
	Path         string // of the list of all of them, with its query
}

// SuppliersBeside sums up the public suppliers of a territory. One that nobody
// knows has none.
func (s *Service) SuppliersBeside(ctx context.Context, t SupplierTerritory) (SuppliersBeside, error) {
	page, err := s.Suppliers(ctx, SupplierFilter{Region: t.Region, MRC: t.MRC, Pole: t.Pole, Limit: besideCount})
	return SuppliersBeside{page, s.suppliersOf(t)}, err
}

// SuppliersNear sums up those of an MRC, by its code, or where it has none those
// of its region.
func (s *Service) SuppliersNear(ctx context.Context, mrc, region string) (SuppliersBeside, error) {
	if mrc != "" {
		near, err := s.SuppliersBeside(ctx, SupplierTerritory{MRC: mrc})
		if err != nil || near.Total > 0 {
			return near, err
		}
	}
	if region == "" {
		return SuppliersBeside{}, nil
	}
	return s.SuppliersBeside(ctx, SupplierTerritory{Region: region})
}

// addSuppliersNear lets a mail point to who sells near an organisation.
func (s *Service) addSuppliersNear(ctx context.Context, o Snapshot, m *MailContent) error {
	near, err := s.SuppliersNear(ctx, o.MRCCode, o.RegionCode)
	if near.Total > 0 {
		m.Suppliers, m.SuppliersURL = near.Total, s.BaseURL+near.Path
	}
	return err
}

// suppliersOf is the address of the list of a territory.
func (s *Service) suppliersOf(t SupplierTerritory) string {
	region, _ := s.Atlas.Region(t.Region)
	query := url.Values{}
	for name, value := range map[string]string{"region": region.Slug, "mrc": t.MRC, "pole": t.Pole} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return SuppliersPath
	}
	return SuppliersPath + "?" + query.Encode()
}
