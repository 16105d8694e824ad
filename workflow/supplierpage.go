package workflow

import (
	"context"
	"strings"
)

// Suppliers searches the public list. Every word must occur among the name, the
// description, the categories in both languages and the place; accents,
// apostrophes and hyphens are forgiven. A query of signs alone finds nothing.
func (s *Service) Suppliers(ctx context.Context, f SupplierFilter) (SupplierPage, error) {
	f.Hidden, f.Poles = false, nil
	return s.findSuppliers(ctx, f)
}

// OwnSuppliers searches those of the actor's pôles, withdrawn ones too.
func (s *Service) OwnSuppliers(ctx context.Context, a Actor, f SupplierFilter) (SupplierPage, error) {
	if err := a.Permit(PermitRead, f.Pole); err != nil {
		return SupplierPage{}, err
	}
	f.Hidden, f.Poles = true, a.Poles()
	return s.findSuppliers(ctx, f)
}

func (s *Service) findSuppliers(ctx context.Context, f SupplierFilter) (SupplierPage, error) {
	asked := f.Query
	if f.Query = Fold(clip(asked)); f.Query == "" && strings.TrimSpace(asked) != "" {
		return SupplierPage{}, nil
	}
	if f.Limit <= 0 || f.Limit > maxPageSize {
		f.Limit = PageSize
	}
	f.Offset = max(f.Offset, 0)
	page, err := s.Store.Suppliers(ctx, f)
	for i := range page.Suppliers {
		page.Suppliers[i].Where = s.where(page.Suppliers[i])
	}
	return page, err
}

// Supplier gives one with what happened to it. NotFound when it is unknown or in
// another pôle.
func (s *Service) Supplier(ctx context.Context, a Actor, id string) (v SupplierView, err error) {
	if v.Supplier, err = s.permittedSupplier(ctx, s.Store, a, PermitRead, id); err != nil {
		return SupplierView{}, err
	}
	v.Where = s.where(v.Supplier)
	if v.Pole, err = s.Store.Pole(ctx, v.PoleSlug); err != nil {
		return SupplierView{}, err
	}
	v.Events, err = s.Store.JournalOf(ctx, v.record())
	return v, err
}

func (s *Service) permittedSupplier(ctx context.Context, r Reader, a Actor, p Permission, id string) (Supplier, error) {
	if err := a.Permit(p, ""); err != nil {
		return Supplier{}, err
	}
	x, err := r.Supplier(ctx, id)
	if IsKind(err, NotFound) || err == nil && a.Permit(p, x.PoleSlug) != nil {
		return Supplier{}, notFound()
	}
	return x, err
}
