package workflow

import (
	"context"
	"time"

	"jachete/workflow/journal"
)

// AddSupplier lists an enterprise that sells, public at once. Invalid names every
// field to correct; Conflict (KeySupplierExists, KeySupplierWithdrawn) when the
// enterprise is listed already, with its id in Args if it is this pôle's.
func (s *Service) AddSupplier(ctx context.Context, a Actor, pole string, form SupplierForm) (Supplier, error) {
	if err := a.Permit(PermitWrite, pole); err != nil {
		return Supplier{}, err
	}
	known, err := s.Store.Pole(ctx, pole)
	if err != nil && !IsKind(err, NotFound) {
		return Supplier{}, err
	}
	x, wrong := s.cleanSupplier(known, form)
	if err = together(unknownPoleField(err), wrong); err != nil {
		return Supplier{}, err
	}
	for range chunkTries {
		err = s.Store.Update(ctx, func(tx Tx) error {
			x, err = s.addSupplier(ctx, tx, a, x)
			return err
		})
		if KeyOf(err) != KeySupplierTaken { // somebody was quicker: look again
			break
		}
	}
	return x, err
}

func (s *Service) addSupplier(ctx context.Context, tx Tx, a Actor, x Supplier) (Supplier, error) {
	if err := s.refuseListed(ctx, tx, x); err != nil {
		return x, err
	}
	slug, err := s.supplierSlug(ctx, tx, x, map[string]bool{})
	if err != nil {
		return x, err
	}
	x = s.newSupplier(a, x, slug)
	e := s.event("supplier.added", a, x.PoleSlug, x.record())
	e.Data["slug"] = x.Slug
	tx.Record(e)
	return x, tx.AddSuppliers(ctx, []Supplier{x})
}

// newSupplier gives a clean supplier what it begins with.
func (s *Service) newSupplier(a Actor, x Supplier, slug string) Supplier {
	x.ID, x.Slug, x.Revision = newID(), slug, 1
	x.CreatedBy, x.CreatedAt, x.UpdatedAt = a.name(), s.now(), s.now()
	return x
}

// supplierSlug gives a free address, made as that of an organisation. What was
// looked up already is in taken.
func (s *Service) supplierSlug(ctx context.Context, r Reader, x Supplier, taken map[string]bool) (string, error) {
	return s.freeSlug(Organisation{Name: x.Name, MRCCode: x.MRCCode}, func(slug string) (bool, error) {
		if known, looked := taken[slug]; looked {
			return known, nil
		}
		found, err := r.SupplierSlugsTaken(ctx, []string{slug})
		return len(found) > 0, err
	})
}

// refuseListed holds the list to each enterprise once. What another pôle has
// withdrawn is not known here.
func (s *Service) refuseListed(ctx context.Context, r Reader, x Supplier) error {
	found, err := r.SuppliersLike(ctx, []string{x.Likeness()})
	for _, other := range found {
		own := other.PoleSlug == x.PoleSlug
		switch {
		case other.ID == x.ID:
		case own && other.Withdrawn():
			return &Error{Kind: Conflict, Key: KeySupplierWithdrawn, Args: map[string]string{"id": other.ID}}
		case own:
			return &Error{Kind: Conflict, Key: KeySupplierExists, Args: map[string]string{"id": other.ID}}
		case !other.Withdrawn() && !x.Withdrawn():
			return refuse(Conflict, KeySupplierExists)
		}
	}
	return err
}

// ChangeSupplier writes a form over a supplier as it was read. NotFound when it
// is unknown or in another pôle; Invalid and Conflict as for AddSupplier, and
// Conflict (KeySupplierMoved) when somebody else changed it meanwhile.
func (s *Service) ChangeSupplier(ctx context.Context, a Actor, id string, form SupplierForm) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		was, err := s.permittedSupplier(ctx, tx, a, PermitWrite, id)
		if err != nil {
			return err
		}
		pole, err := tx.Pole(ctx, was.PoleSlug)
		if err != nil {
			return err
		}
		x, err := s.cleanSupplier(pole, form)
		if err != nil {
			return err
		}
		next := was
		next.Name, next.MunicipalityCode, next.MRCCode, next.RegionCode = x.Name, x.MunicipalityCode, x.MRCCode, x.RegionCode
		next.Categories, next.Site, next.Description, next.Words = x.Categories, x.Site, x.Description, x.Words
		next.Revision, next.UpdatedAt = form.Revision, s.now()
		return s.writeSupplier(ctx, tx, next, s.event("supplier.changed", a, next.PoleSlug, next.record()))
	})
}

// WithdrawSupplier hides a supplier from the public; one that is hidden stays so.
// NotFound as for ChangeSupplier.
func (s *Service) WithdrawSupplier(ctx context.Context, a Actor, id string) error {
	return s.hideSupplier(ctx, a, id, true)
}

// RestoreSupplier shows a supplier again; one that is shown stays so. NotFound as
// for ChangeSupplier; Conflict (KeySupplierExists) when another pôle lists the
// enterprise meanwhile.
func (s *Service) RestoreSupplier(ctx context.Context, a Actor, id string) error {
	return s.hideSupplier(ctx, a, id, false)
}

func (s *Service) hideSupplier(ctx context.Context, a Actor, id string, hide bool) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		x, err := s.permittedSupplier(ctx, tx, a, PermitWrite, id)
		if err != nil || x.Withdrawn() == hide {
			return err
		}
		e := s.event("supplier.restored", a, x.PoleSlug, x.record())
		x.WithdrawnAt, x.UpdatedAt = time.Time{}, s.now()
		if hide {
			e.Type = "supplier.withdrawn"
			x.WithdrawnAt = s.now()
		}
		return s.writeSupplier(ctx, tx, x, e)
	})
}

// writeSupplier writes a supplier over the one that was read, unless the
// enterprise is listed elsewhere.
func (s *Service) writeSupplier(ctx context.Context, tx Tx, x Supplier, e journal.Event) error {
	if err := s.refuseListed(ctx, tx, x); err != nil {
		return err
	}
	e.Data["slug"] = x.Slug
	tx.Record(e)
	return tx.SetSupplier(ctx, x)
}
