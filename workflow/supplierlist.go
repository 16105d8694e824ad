package workflow

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// PreviewSuppliers is CheckSuppliers, kept for PreviewLife so that somebody may
// confirm it. Nothing is listed.
func (s *Service) PreviewSuppliers(ctx context.Context, a Actor, r BatchRequest) (Batch, error) {
	b, rows, err := s.CheckSuppliers(ctx, a, r)
	if err != nil {
		return Batch{}, err
	}
	return b, s.keepPreview(ctx, a, b, rows)
}

// SupplierBatch gives a list of suppliers. NotFound when it is unknown or in
// another pôle.
func (s *Service) SupplierBatch(ctx context.Context, a Actor, id string) (Batch, error) {
	return s.permittedBatch(ctx, s.Store, a, BatchOfSuppliers, id)
}

// SupplierBatches lists the latest of the actor's pôles.
func (s *Service) SupplierBatches(ctx context.Context, a Actor, limit int) ([]Batch, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return nil, err
	}
	return s.Store.Batches(ctx, BatchFilter{Purpose: BatchOfSuppliers, Poles: a.Poles(), Limit: limit})
}

// SupplierRows gives lines of a list in their order. NotFound as for
// SupplierBatch.
func (s *Service) SupplierRows(ctx context.Context, a Actor, f BatchRowFilter) ([]BatchRow, error) {
	if _, err := s.permittedBatch(ctx, s.Store, a, BatchOfSuppliers, f.Batch); err != nil {
		return nil, err
	}
	return s.Store.BatchRows(ctx, f)
}

// CancelSuppliers gives up a list that nobody confirmed. Conflict (key
// "supplier.list-done") when its enterprises are listed.
func (s *Service) CancelSuppliers(ctx context.Context, a Actor, id string) error {
	err := s.cancelBatch(ctx, a, BatchOfSuppliers, id)
	if KeyOf(err) == "batch.done" {
		return refuse(Conflict, "supplier.list-done")
	}
	return err
}

// ConfirmSuppliers lists the good lines, all in one transaction. A list that is
// confirmed already stays as it is. Errors as for ConfirmBatch.
func (s *Service) ConfirmSuppliers(ctx context.Context, a Actor, id string, seen Seen) (Batch, error) {
	return s.confirmAtOnce(ctx, a, BatchOfSuppliers, id, seen, s.listSuppliers)
}

// listSuppliers judges the lines again, as the list stands now, and adds those
// that are still good.
func (s *Service) listSuppliers(ctx context.Context, tx Tx, a Actor, b Batch) (Batch, error) {
	rows, err := tx.BatchRows(ctx, BatchRowFilter{Batch: b.ID, Waiting: true})
	if err != nil {
		return b, err
	}
	list, err := s.planSuppliers(ctx, tx, a, b, rows)
	if err != nil {
		return b, err
	}
	b = b.done(a, s.now(), len(list), len(rows))
	// Of two confirmations at once, the later ends here.
	if err := tx.FinishBatch(ctx, b, rows); err != nil {
		return b, err
	}
	e := s.event("suppliers.listed", a, b.PoleSlug, b.record())
	e.Data["made"], e.Data["skipped"] = strconv.Itoa(b.Made), strconv.Itoa(b.Skipped)
	tx.Record(e)
	for _, x := range list {
		e := s.event("supplier.imported", a, x.PoleSlug, x.record())
		e.Data["slug"], e.Data["batch"] = x.Slug, b.ID
		tx.Record(e)
	}
	return b, tx.AddSuppliers(ctx, list)
}

// planSuppliers drafts the suppliers of the lines and notes on each line what
// becomes of it. All lists add in the same order, so that two at once do not wait
// for each other.
func (s *Service) planSuppliers(ctx context.Context, tx Tx, a Actor, b Batch, rows []BatchRow) (list []Supplier, err error) {
	pole, err := tx.Pole(ctx, b.PoleSlug)
	if err != nil {
		return nil, err
	}
	lines := make([]supplierLine, len(rows))
	g := newGazetteer(s.Atlas)
	for i, row := range rows {
		lines[i] = s.readSupplier(g, pole, row.Cells)
	}
	listed, err := s.listedAmong(ctx, tx, pole, lines)
	if err != nil {
		return nil, err
	}
	slugs, err := s.supplierSlugs(ctx, tx, lines)
	if err != nil {
		return nil, err
	}
	for i, q := range lines {
		row := &rows[i]
		if row.Outcome, row.Reasons = listed.verdict(q); row.Outcome != RowGood {
			continue
		}
		slug, err := s.supplierSlug(ctx, tx, q.supplier, slugs)
		if err != nil {
			return nil, err
		}
		x := s.newSupplier(a, q.supplier, slug)
		x.Batch, row.InvitationID, slugs[slug] = b.ID, x.ID, true
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y Supplier) int { return strings.Compare(x.Likeness(), y.Likeness()) })
	return list, nil
}

// supplierSlugs tells, of the addresses that good lines would like, which are
// taken.
func (s *Service) supplierSlugs(ctx context.Context, r Reader, lines []supplierLine) (map[string]bool, error) {
	all := map[string]bool{}
	for _, q := range lines {
		if q.verdict == RowGood {
			for _, slug := range s.wantedSlugs(Organisation{Name: q.supplier.Name, MRCCode: q.supplier.MRCCode}) {
				all[slug] = false
			}
		}
	}
	taken, err := r.SupplierSlugsTaken(ctx, slices.Sorted(maps.Keys(all)))
	for _, slug := range taken {
		all[slug] = true
	}
	return all, err
}
