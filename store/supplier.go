package store

import (
	"context"
	"fmt"
	"strings"

	"jachete/workflow"
)

const supplierColumns = "id, slug, name, pole_slug, municipality_code, mrc_code, region_code, categories, site, description, batch, " +
	"revision, created_by, created_at, updated_at, withdrawn_at, words"

var (
	insertSupplier = supplierColumns + ", likeness, collated, offers"
	selectSupplier = "SELECT " + supplierColumns + " FROM supplier WHERE "

	// updateSupplier writes over the revision that was read, and over no other.
	updateSupplier = `UPDATE supplier SET name = $3, municipality_code = $4, mrc_code = $5, region_code = $6, categories = $7, site = $8,
		description = $9, updated_at = $10, withdrawn_at = $11, words = $12, likeness = $13, collated = $14, offers = $15,
		revision = $2 + 1 WHERE id = $1 AND revision = $2`
)

func scanSupplier(r row) (x workflow.Supplier, err error) {
	return x, r.Scan(&x.ID, &x.Slug, &x.Name, &x.PoleSlug, &x.MunicipalityCode, &x.MRCCode, &x.RegionCode, fromJSON{&x.Categories}, &x.Site,
		&x.Description, &x.Batch, &x.Revision, &x.CreatedBy, (*instant)(&x.CreatedAt), (*instant)(&x.UpdatedAt), (*instant)(&x.WithdrawnAt), &x.Words)
}

// Supplier implements workflow.Reader.
func (r reader) Supplier(ctx context.Context, id string) (workflow.Supplier, error) {
	return one(ctx, r.link, "supplier.not-found", scanSupplier, selectSupplier+"id = $1", id)
}

// Suppliers implements workflow.Reader.
func (r reader) Suppliers(ctx context.Context, f workflow.SupplierFilter) (workflow.SupplierPage, error) {
	w := suppliersWhere(f)
	totals, err := many(ctx, r.link, func(r row) (p workflow.SupplierPage, err error) {
		return p, r.Scan(&p.Total, &p.Offers)
	}, "SELECT COUNT(*), CAST(COALESCE(SUM(offers), 0) AS BIGINT) FROM supplier WHERE "+w.String(), w.args...)
	if err != nil || len(totals) == 0 || totals[0].Total == 0 {
		return workflow.SupplierPage{}, err
	}
	query := selectSupplier + w.String() + fmt.Sprintf(" ORDER BY collated, id LIMIT %s OFFSET %s", w.arg(limited(f.Limit)), w.arg(max(f.Offset, 0)))
	totals[0].Suppliers, err = many(ctx, r.link, scanSupplier, query, w.args...)
	return totals[0], err
}

// suppliersWhere narrows by a filter. A folded word holds letters and digits
// only, and a code no quotation mark: neither says anything else to LIKE.
func suppliersWhere(f workflow.SupplierFilter) *where {
	w := new(where)
	w.equal("region_code", f.Region)
	w.equal("mrc_code", f.MRC)
	w.equal("pole_slug", f.Pole)
	if f.Poles != nil {
		w.in("pole_slug", f.Poles)
	}
	if !f.Hidden {
		w.and("withdrawn_at = 0")
	}
	if f.Category != "" {
		w.and("categories LIKE " + w.arg(`%"`+string(f.Category)+`"%`))
	}
	for word := range strings.FieldsSeq(f.Query) {
		w.and("words LIKE " + w.arg("%"+word+"%"))
	}
	return w
}

// SuppliersLike implements workflow.Reader.
func (r reader) SuppliersLike(ctx context.Context, likenesses []string) (found []workflow.Supplier, err error) {
	err = chunks(likenesses, func(w *where) error {
		some, err := many(ctx, r.link, scanSupplier, selectSupplier+w.String()+" ORDER BY id", w.args...)
		found = append(found, some...)
		return err
	}, "likeness")
	return found, err
}

// SupplierSlugsTaken implements workflow.Reader.
func (r reader) SupplierSlugsTaken(ctx context.Context, slugs []string) (taken []string, err error) {
	err = chunks(slugs, func(w *where) error {
		some, err := many(ctx, r.link, value[string], "SELECT slug FROM supplier WHERE "+w.String(), w.args...)
		taken = append(taken, some...)
		return err
	}, "slug")
	return taken, err
}

// AddSuppliers implements workflow.Tx.
func (t *tx) AddSuppliers(ctx context.Context, list []workflow.Supplier) error {
	t.shown = true
	return t.addMany(ctx, workflow.KeySupplierTaken, "supplier", insertSupplier, argsOf(list, func(x workflow.Supplier) []any {
		return []any{x.ID, x.Slug, x.Name, x.PoleSlug, x.MunicipalityCode, x.MRCCode, x.RegionCode, asJSON(x.Categories), x.Site, x.Description,
			x.Batch, x.Revision, x.CreatedBy, ms(x.CreatedAt), ms(x.UpdatedAt), ms(x.WithdrawnAt), x.Words, x.Likeness(),
			workflow.CollationKey(x.Name), len(x.Categories)}
	}))
}

// SetSupplier implements workflow.Tx.
func (t *tx) SetSupplier(ctx context.Context, x workflow.Supplier) error {
	t.shown = true
	n, err := t.run(ctx, updateSupplier, x.ID, x.Revision, x.Name, x.MunicipalityCode, x.MRCCode, x.RegionCode, asJSON(x.Categories), x.Site,
		x.Description, ms(x.UpdatedAt), ms(x.WithdrawnAt), x.Words, x.Likeness(), workflow.CollationKey(x.Name), len(x.Categories))
	switch {
	case err != nil && isDuplicate(err):
		return t.fail(conflict(workflow.KeySupplierTaken))
	case err != nil:
		return t.fail(err)
	case n == 0:
		return conflict(workflow.KeySupplierMoved)
	}
	return nil
}
