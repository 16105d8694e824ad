package storetest

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// Supplier is an enterprise of the pôle "rive" with every field set but the
// moment of its withdrawal.
func Supplier(id, name string) workflow.Supplier {
	return workflow.Supplier{ID: id, Slug: "slug-" + id, Name: name, PoleSlug: "rive", MunicipalityCode: "58227", MRCCode: "580", RegionCode: "16",
		Categories: []workflow.SupplierCategory{"alimentation", "textile"}, Site: "https://" + id + ".example.org/é", Description: "Des repas d’ici.",
		Batch: "b1", Revision: 1, CreatedBy: "someone", CreatedAt: noon, UpdatedAt: noon.Add(time.Minute), Words: workflow.Fold(name + " repas traiteur")}
}

func (w *world) list(suppliers ...workflow.Supplier) {
	w.t.Helper()
	w.must(func(tx workflow.Tx) error { return tx.AddSuppliers(w.ctx, suppliers) })
}

// wantSuppliers are the ids that match, in their order.
func (w *world) wantSuppliers(what string, f workflow.SupplierFilter, ids ...string) {
	w.t.Helper()
	page := read[workflow.SupplierPage](w.t)(w.Suppliers(w.ctx, f))
	var got []string
	for _, x := range page.Suppliers {
		got = append(got, x.ID)
	}
	if strings.Join(got, " ") != strings.Join(ids, " ") {
		w.t.Errorf("%s: %v, want %v", what, got, ids)
	}
}

func suppliers(t *testing.T, w *world) {
	a, hidden := Supplier("a", "Coopérative Gabarit"), Supplier("b", "Ébénisterie du Modèle")
	hidden.WithdrawnAt = noon.Add(time.Hour)
	w.list(a, hidden)
	w.list()
	wantEqual(t, read[workflow.Supplier](t)(w.Supplier(w.ctx, "a")), a)
	wantEqual(t, read[workflow.Supplier](t)(w.Supplier(w.ctx, "b")), hidden)
	_, err := w.Supplier(w.ctx, "nulle")
	wantError(t, err, workflow.NotFound, "supplier.not-found")
	wantEqual(t, read[[]string](t)(w.SupplierSlugsTaken(w.ctx, []string{"slug-a", "slug-c"})), []string{"slug-a"})
	wantEqual(t, read[[]workflow.Supplier](t)(w.SuppliersLike(w.ctx, []string{hidden.Likeness(), "x"})), []workflow.Supplier{hidden})
	w.refused(workflow.NotFound, "supplier.not-found", func(tx workflow.Tx) error {
		_, err := tx.Supplier(w.ctx, "nulle")
		return err
	})
}

// suppliersOnce: a pôle has an enterprise once, and all pôles show it once.
func suppliersOnce(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("autre")) })
	a := Supplier("a", "Coopérative Gabarit")
	w.list(a)
	taken := func(what string, x workflow.Supplier) {
		t.Helper()
		err := w.Update(w.ctx, func(tx workflow.Tx) error { return tx.AddSuppliers(w.ctx, []workflow.Supplier{x}) })
		if workflow.KeyOf(err) != workflow.KeySupplierTaken {
			t.Errorf("%s: %v", what, err)
		}
	}
	slug, own, shown := Supplier("b", "B"), Supplier("b", "COOPERATIVE gabarit"), Supplier("b", "Coopérative-Gabarit")
	slug.Slug, own.WithdrawnAt, shown.PoleSlug = "slug-a", noon, "autre"
	taken("the address of another", slug)
	taken("withdrawn, of the same pôle", own)
	taken("shown by another pôle", shown)
	shown.WithdrawnAt = noon
	w.list(shown)
	shown.WithdrawnAt = time.Time{}
	w.refused(workflow.Conflict, workflow.KeySupplierTaken, func(tx workflow.Tx) error { return tx.SetSupplier(w.ctx, shown) })
	a.WithdrawnAt = noon
	w.must(func(tx workflow.Tx) error { return tx.SetSupplier(w.ctx, a) })
	w.must(func(tx workflow.Tx) error { return tx.SetSupplier(w.ctx, shown) })
	w.wantSuppliers("shown", workflow.SupplierFilter{}, "b")
}

// supplierRevisions: of those who read the same supplier, one writes.
func supplierRevisions(t *testing.T, w *world) {
	x := Supplier("a", "A")
	w.list(x)
	next := x
	next.Name, next.MunicipalityCode, next.MRCCode, next.RegionCode, next.Site, next.Description = "Nouveau nom", "", "", "05", "", "Autre chose."
	next.Categories, next.Words, next.UpdatedAt, next.WithdrawnAt = []workflow.SupplierCategory{"conseil"}, "nouveau nom", noon.Add(time.Hour), noon
	next.PoleSlug, next.Slug, next.CreatedBy = "autre", "autre", "autre"
	wantEqual(t, w.parallel(8, func(tx workflow.Tx) (bool, error) { return true, tx.SetSupplier(w.ctx, next) }), 1)
	next.PoleSlug, next.Slug, next.CreatedBy, next.Revision = x.PoleSlug, x.Slug, x.CreatedBy, 2
	wantEqual(t, read[workflow.Supplier](t)(w.Supplier(w.ctx, "a")), next)
	wantEqual(t, len(read[[]workflow.Supplier](t)(w.SuppliersLike(w.ctx, []string{next.Likeness()}))), 1)
	w.refused(workflow.Conflict, workflow.KeySupplierMoved, func(tx workflow.Tx) error { return tx.SetSupplier(w.ctx, Supplier("nulle", "Z")) })
}

func supplierFilters(t *testing.T, w *world) {
	w.must(func(tx workflow.Tx) error { return tx.AddPole(w.ctx, Pole("autre")) })
	a, b, c, d := Supplier("a", "Zone d’essai"), Supplier("b", "Éco-Gabarit"), Supplier("c", "Ecole du Modèle"), Supplier("d", "Ébauche")
	b.RegionCode, b.MRCCode, b.Categories, b.Words = "05", "430", []workflow.SupplierCategory{"conseil"}, "eco gabarit conseil"
	c.PoleSlug, d.WithdrawnAt = "autre", noon
	w.list(a, b, c, d)
	w.wantSuppliers("all, as read in French", workflow.SupplierFilter{}, "b", "c", "a")
	w.wantSuppliers("withdrawn too", workflow.SupplierFilter{Hidden: true}, "d", "b", "c", "a")
	w.wantSuppliers("one page", workflow.SupplierFilter{Limit: 1, Offset: 1}, "c")
	w.wantSuppliers("after the end", workflow.SupplierFilter{Limit: 1, Offset: 9})
	w.wantSuppliers("a region", workflow.SupplierFilter{Region: "05"}, "b")
	w.wantSuppliers("an MRC", workflow.SupplierFilter{MRC: "580"}, "c", "a")
	w.wantSuppliers("a pôle", workflow.SupplierFilter{Pole: "autre"}, "c")
	w.wantSuppliers("own", workflow.SupplierFilter{Poles: []string{"autre", "nulle"}, Hidden: true}, "c")
	w.wantSuppliers("of nobody", workflow.SupplierFilter{Poles: []string{}})
	w.wantSuppliers("a category", workflow.SupplierFilter{Category: "textile"}, "c", "a")
	w.wantSuppliers("part of a category", workflow.SupplierFilter{Category: "text"})
	w.wantSuppliers("every word", workflow.SupplierFilter{Query: "traiteur modele"}, "c")
	w.wantSuppliers("words of two", workflow.SupplierFilter{Query: "traiteur gabarit"})
	w.wantSuppliers("text no database keeps", workflow.SupplierFilter{Query: "a\x00b"})
	page := read[workflow.SupplierPage](t)(w.Suppliers(w.ctx, workflow.SupplierFilter{Limit: 1}))
	wantEqual(t, []int{len(page.Suppliers), page.Total, page.Offers}, []int{1, 3, 5})
	wantEqual(t, read[workflow.SupplierPage](t)(w.Suppliers(w.ctx, workflow.SupplierFilter{Region: "99"})), workflow.SupplierPage{})
}
