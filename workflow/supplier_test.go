package workflow_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

// supplierForm is a good form of estrie; tests change what they are about.
func supplierForm(change ...func(*workflow.SupplierForm)) workflow.SupplierForm {
	f := workflow.SupplierForm{Name: "Buanderie de l’Œuvre-Exemple", Place: territory.Place{MunicipalityCode: "45072"}, Categories: []string{"textile", "entretien-menager"},
		Site: "buanderie.example.org", Description: "Location et entretien de linge."}
	for _, edit := range change {
		edit(&f)
	}
	return f
}

func addSupplier(t *testing.T, w *workflowtest.World, change ...func(*workflow.SupplierForm)) workflow.Supplier {
	t.Helper()
	x, err := w.AddSupplier(t.Context(), workflow.Operator(), "estrie", supplierForm(change...))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// shownSuppliers are the names of those the public finds.
func shownSuppliers(t *testing.T, w *workflowtest.World, f workflow.SupplierFilter) (names []string) {
	t.Helper()
	page, err := w.Suppliers(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range page.Suppliers {
		names = append(names, x.Name)
	}
	return names
}

func supplierAgent(pole string) workflow.Actor {
	return workflow.StaffActor(workflow.Staff{ID: "agent-" + pole, Role: workflow.RoleAgent, Poles: []string{pole}})
}

func TestSupplierIsListedAndFound(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		x := addSupplier(t, w)
		if x.Slug != "buanderie-de-l-oeuvre-exemple" || x.MRCCode != "450" || x.RegionCode != "05" || x.Site != "https://buanderie.example.org" ||
			!slices.Equal(x.Categories, []workflow.SupplierCategory{"entretien-menager", "textile"}) {
			t.Errorf("%+v", x)
		}
		for _, query := range []string{"", "oeuvre", "L'ŒUVRE exemple", "buanderie magog", "laundry", "nettoyage linge", "estrie"} {
			if got := shownSuppliers(t, w, workflow.SupplierFilter{Query: query}); len(got) != 1 {
				t.Errorf("%q finds %v", query, got)
			}
		}
		for _, f := range []workflow.SupplierFilter{{Query: "buanderie montréal"}, {Query: "…"}, {Query: "%"}, {Query: "_"}, {Category: "conseil"}, {Region: "06"}, {MRC: "441"}, {Pole: "montreal"}} {
			if got := shownSuppliers(t, w, f); got != nil {
				t.Errorf("%+v finds %v", f, got)
			}
		}
		v, err := w.Supplier(t.Context(), supplierAgent("estrie"), x.ID)
		if err != nil || len(v.Events) != 1 || v.Events[0].Type != "supplier.added" || v.Events[0].Data()["slug"] != x.Slug || !slices.Equal(v.Where, []string{"Magog", "Estrie"}) {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

func TestSupplierNeedsAllThatAPageShows(t *testing.T) {
	w := sqliteWorld(t)
	var nine []string
	for _, c := range workflow.SupplierCategories[:9] {
		nine = append(nine, string(c))
	}
	for _, c := range []struct {
		field, key string
		change     func(*workflow.SupplierForm)
	}{
		{"name", "text.empty", func(f *workflow.SupplierForm) { f.Name = " " }},
		{"name", "text.direction", func(f *workflow.SupplierForm) { f.Name = "Coop \u202Eorg" }},
		{"name", "text.symbol", func(f *workflow.SupplierForm) { f.Name = "Coop 🏛" }},
		{"name", "text.address", func(f *workflow.SupplierForm) { f.Name = "gabarit.org" }},
		{"municipality", "place.unknown", func(f *workflow.SupplierForm) { f.Place.MunicipalityCode = "99999" }},
		{"municipality", "place.unknown", func(f *workflow.SupplierForm) { f.Place.RegionCode = "06" }},
		{"region", "place.missing", func(f *workflow.SupplierForm) { f.Place = territory.Place{} }},
		{"municipality", "supplier.outside", func(f *workflow.SupplierForm) { f.Place = territory.Place{MunicipalityCode: "66023"} }},
		{"municipality", "supplier.outside", func(f *workflow.SupplierForm) { f.Place = territory.Place{RegionCode: "06"} }},
		{"categories", "supplier.category-missing", func(f *workflow.SupplierForm) { f.Categories = nil }},
		{"categories", "supplier.category-unknown", func(f *workflow.SupplierForm) { f.Categories = []string{"textile", "armes"} }},
		{"categories", "supplier.categories-many", func(f *workflow.SupplierForm) { f.Categories = nine }},
		{"description", "text.empty", func(f *workflow.SupplierForm) { f.Description = "\n" }},
		{"description", "text.long", func(f *workflow.SupplierForm) { f.Description = strings.Repeat("é", 301) }},
		{"description", "text.address", func(f *workflow.SupplierForm) { f.Description = "Écrivez à jo@gabarit.org" }},
	} {
		_, err := w.AddSupplier(t.Context(), workflow.Operator(), "estrie", supplierForm(c.change))
		if got := fieldsOf(err); len(got) != 1 || got[0].Field != c.field || got[0].Key != c.key {
			t.Errorf("%s %s: %+v", c.field, c.key, err)
		}
	}
	if got := shownSuppliers(t, w, workflow.SupplierFilter{}); got != nil {
		t.Errorf("%v", got)
	}
	kept := addSupplier(t, w, func(f *workflow.SupplierForm) {
		f.Categories, f.Description, f.Place = nine[:8], "Une ligne,\r\npuis une autre.\n"+strings.Repeat("é", 260), territory.Place{MRCCode: "450"}
	})
	if len(kept.Categories) != 8 || !strings.HasPrefix(kept.Description, "Une ligne, puis une autre. é") || kept.RegionCode != "05" {
		t.Errorf("%+v", kept)
	}
}

// Only an address of the public web is one to lead to.
func TestSiteOfASupplier(t *testing.T) {
	w := sqliteWorld(t)
	site := func(typed string) (string, error) {
		x, err := w.AddSupplier(t.Context(), workflow.Operator(), "estrie", supplierForm(func(f *workflow.SupplierForm) { f.Name, f.Site = "Coop "+rand.Text(), typed }))
		if err == nil {
			form := supplierForm(func(f *workflow.SupplierForm) { f.Name, f.Site, f.Revision = x.Name, x.Site, 1 })
			if again := w.ChangeSupplier(t.Context(), workflow.Operator(), x.ID, form); again != nil {
				t.Errorf("%s is not taken again: %v", x.Site, again)
			}
		}
		return x.Site, err
	}
	for typed, want := range map[string]string{"": "", "  ": "", "www.Gabarit.example.org": "https://www.gabarit.example.org", "HTTP://b.example.org/Une page?x=é#y": "http://b.example.org/Une%20page?x=é#y",
		"https://xn--caf-dma.example.org": "https://xn--caf-dma.example.org"} {
		if got, err := site(typed); got != want || err != nil {
			t.Errorf("%q became %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"javascript:alert(1)", "javascript://example.org/%0aalert(1)", "ftp://example.org", "https://", "exemple", "localhost", "http://localhost/", "https://127.0.0.1/",
		"https://[::1]/", "https://jo:x@example.org", "jo@example.org", "https://example.org:8080", "https://exa mple.org", "https://example.org.", "https://-a.example.org", "https://é.example.org",
		"data:text/html,x", "https://example.org\\@evil.example"} {
		if got, err := site(typed); len(fieldsOf(err)) != 1 || fieldsOf(err)[0].Field != "site" || fieldsOf(err)[0].Key != "supplier.site" {
			t.Errorf("%q became %q, %v", typed, got, err)
		}
	}
}

func TestEnterpriseIsListedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		x := addSupplier(t, w)
		again := supplierForm(func(f *workflow.SupplierForm) {
			f.Name, f.Place.MunicipalityCode = "BUANDERIE de l'Oeuvre exemple", ""
			f.Place.MRCCode = "450"
		})
		_, err := w.AddSupplier(t.Context(), supplierAgent("estrie"), "estrie", again)
		var refused *workflow.Error
		if !errors.As(err, &refused) || refused.Key != workflow.KeySupplierExists || refused.Args["id"] != x.ID {
			t.Errorf("%+v", err)
		}
		if err := w.WithdrawSupplier(t.Context(), workflow.Operator(), x.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.AddSupplier(t.Context(), workflow.Operator(), "estrie", again); workflow.KeyOf(err) != workflow.KeySupplierWithdrawn {
			t.Error(err)
		}
		elsewhere := addSupplier(t, w, func(f *workflow.SupplierForm) { f.Place.MunicipalityCode = "44037" }) // another MRC: another enterprise
		if elsewhere.Slug != "buanderie-de-l-oeuvre-exemple-coaticook" {
			t.Error(elsewhere.Slug)
		}
		var group sync.WaitGroup
		var mu sync.Mutex
		added := 0
		for range 6 {
			group.Go(func() {
				_, err := w.AddSupplier(t.Context(), workflow.Operator(), "estrie", supplierForm(func(f *workflow.SupplierForm) { f.Name = "Tous à la fois" }))
				if err != nil && workflow.KeyOf(err) != workflow.KeySupplierExists {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					added++
				}
			})
		}
		group.Wait()
		if added != 1 {
			t.Errorf("added %d times", added)
		}
	})
}

func TestSupplierIsChangedAsItWasRead(t *testing.T) {
	w := sqliteWorld(t)
	x, other := addSupplier(t, w), addSupplier(t, w, func(f *workflow.SupplierForm) { f.Name = "Traiteur du Modèle" })
	next := supplierForm(func(f *workflow.SupplierForm) {
		f.Name, f.Categories, f.Description, f.Site, f.Revision, f.Place = "Traiteur Gabarit", []string{"alimentation"}, "Des repas.", "", 1, territory.Place{RegionCode: "05"}
	})
	if err := w.ChangeSupplier(t.Context(), supplierAgent("estrie"), x.ID, next); err != nil {
		t.Fatal(err)
	}
	if err := w.ChangeSupplier(t.Context(), workflow.Operator(), x.ID, next); workflow.KeyOf(err) != workflow.KeySupplierMoved {
		t.Error(err)
	}
	v, err := w.Supplier(t.Context(), workflow.Operator(), x.ID)
	if err != nil || v.Slug != x.Slug || v.Name != "Traiteur Gabarit" || v.MRCCode != "" || v.Site != "" || v.Revision != 2 || len(v.Events) != 2 || v.Events[1].Type != "supplier.changed" {
		t.Errorf("%+v, %v", v, err)
	}
	if got := shownSuppliers(t, w, workflow.SupplierFilter{Query: "repas catering"}); !slices.Equal(got, []string{"Traiteur Gabarit"}) {
		t.Errorf("the old words are still looked through: %v", got)
	}
	next.Name, next.Place, next.Revision = other.Name, territory.Place{MRCCode: "450"}, 2
	if err := w.ChangeSupplier(t.Context(), workflow.Operator(), x.ID, next); workflow.KeyOf(err) != workflow.KeySupplierExists {
		t.Error(err)
	}
}

// What is withdrawn is nowhere public, and comes back as it was.
func TestWithdrawnSupplierIsHidden(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		x := addSupplier(t, w)
		for range 2 { // asked twice, done once
			if err := w.WithdrawSupplier(t.Context(), supplierAgent("estrie"), x.ID); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range []workflow.SupplierFilter{{}, {Hidden: true}, {Pole: "estrie"}, {Query: "buanderie", Hidden: true}} {
			if got := shownSuppliers(t, w, f); got != nil {
				t.Errorf("%+v shows %v", f, got)
			}
		}
		beside, err := w.SuppliersBeside(t.Context(), workflow.SupplierTerritory{Region: "05"})
		if err != nil || beside.Total != 0 || beside.Offers != 0 {
			t.Errorf("%+v, %v", beside, err)
		}
		own, err := w.OwnSuppliers(t.Context(), supplierAgent("estrie"), workflow.SupplierFilter{})
		if err != nil || own.Total != 1 || !own.Suppliers[0].Withdrawn() {
			t.Errorf("%+v, %v", own, err)
		}
		if err := w.RestoreSupplier(t.Context(), supplierAgent("estrie"), x.ID); err != nil {
			t.Fatal(err)
		}
		v, err := w.Supplier(t.Context(), workflow.Operator(), x.ID)
		if err != nil || len(v.Events) != 3 || v.Events[1].Type != "supplier.withdrawn" || v.Events[2].Type != "supplier.restored" || shownSuppliers(t, w, workflow.SupplierFilter{}) == nil {
			t.Errorf("%+v, %v", v, err)
		}
	})
}

// What is another pôle's answers as what does not exist.
func TestSuppliersOfAnotherPoleAreUnknown(t *testing.T) {
	w := sqliteWorld(t)
	x := addSupplier(t, w)
	stranger, reader := supplierAgent("montreal"), workflow.StaffActor(workflow.Staff{ID: "r", Role: workflow.RoleReader, Poles: []string{"estrie"}})
	for what, act := range map[string]func(workflow.Actor, string) error{
		"read":     func(a workflow.Actor, id string) error { _, err := w.Supplier(t.Context(), a, id); return err },
		"change":   func(a workflow.Actor, id string) error { return w.ChangeSupplier(t.Context(), a, id, supplierForm()) },
		"withdraw": func(a workflow.Actor, id string) error { return w.WithdrawSupplier(t.Context(), a, id) },
		"restore":  func(a workflow.Actor, id string) error { return w.RestoreSupplier(t.Context(), a, id) },
	} {
		theirs, none := act(stranger, x.ID), act(stranger, "nulle")
		if !workflow.IsKind(theirs, workflow.NotFound) || theirs.Error() != none.Error() {
			t.Errorf("%s: %v, and %v", what, theirs, none)
		}
		if err := act(reader, x.ID); what != "read" && !workflow.IsKind(err, workflow.Forbidden) {
			t.Errorf("%s by a reader: %v", what, err)
		}
	}
	if _, err := w.AddSupplier(t.Context(), stranger, "estrie", supplierForm()); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
	if _, err := w.AddSupplier(t.Context(), reader, "estrie", supplierForm()); !workflow.IsKind(err, workflow.Forbidden) {
		t.Error(err)
	}
	if page, err := w.OwnSuppliers(t.Context(), stranger, workflow.SupplierFilter{Query: "buanderie"}); err != nil || page.Total != 0 {
		t.Errorf("%+v, %v", page, err)
	}
	if _, err := w.OwnSuppliers(t.Context(), stranger, workflow.SupplierFilter{Pole: "estrie"}); !workflow.IsKind(err, workflow.NotFound) {
		t.Error(err)
	}
}

// An enterprise that another pôle withdrew is not known here: it may be listed,
// and then the other one cannot come back beside it.
func TestWithdrawnElsewhereStandsInNobodysWay(t *testing.T) {
	w := sqliteWorld(t)
	shared := func(f *workflow.SupplierForm) { f.Place = territory.Place{RegionCode: "16"} }
	first, err := w.AddSupplier(t.Context(), workflow.Operator(), "longueuil", supplierForm(shared))
	if err != nil {
		t.Fatal(err)
	}
	other := poleSharing(t, w, "16", "longueuil")
	if _, err := w.AddSupplier(t.Context(), supplierAgent(other), other, supplierForm(shared)); workflow.KeyOf(err) != workflow.KeySupplierExists || strings.Contains(err.Error(), first.ID) {
		t.Error(err)
	}
	if err := w.WithdrawSupplier(t.Context(), workflow.Operator(), first.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddSupplier(t.Context(), supplierAgent(other), other, supplierForm(shared)); err != nil {
		t.Fatal(err)
	}
	if err := w.RestoreSupplier(t.Context(), workflow.Operator(), first.ID); workflow.KeyOf(err) != workflow.KeySupplierExists {
		t.Error(err)
	}
}

// poleSharing is another pôle of a region.
func poleSharing(t *testing.T, w *workflowtest.World, region, but string) string {
	t.Helper()
	for _, p := range must1(w.Poles(t.Context())) {
		for _, m := range w.Atlas.Municipalities(p.Territory) {
			if p.Slug != but && m.RegionCode == region {
				return p.Slug
			}
		}
	}
	t.Fatal("no other pôle in the region")
	return ""
}

func TestSuppliersBesideTheBuyersOfATerritory(t *testing.T) {
	w := sqliteWorld(t)
	for _, name := range []string{"Étoile", "Coop A", "Coop B", "Coop C", "Coop D", "Coop E", "Zone", "Œuvre"} {
		addSupplier(t, w, func(f *workflow.SupplierForm) { f.Name = name })
	}
	addSupplier(t, w, func(f *workflow.SupplierForm) {
		f.Name, f.Place, f.Categories = "Ailleurs", territory.Place{MRCCode: "440"}, []string{"conseil"}
	})
	for _, c := range []struct {
		of           workflow.SupplierTerritory
		total, pairs int
		path         string
	}{
		{workflow.SupplierTerritory{Region: "05"}, 9, 17, "/fournisseurs?region=estrie"},
		{workflow.SupplierTerritory{MRC: "450"}, 8, 16, "/fournisseurs?mrc=450"},
		{workflow.SupplierTerritory{Pole: "estrie"}, 9, 17, "/fournisseurs?pole=estrie"},
		{workflow.SupplierTerritory{Pole: "montreal"}, 0, 0, "/fournisseurs?pole=montreal"},
		{workflow.SupplierTerritory{}, 9, 17, "/fournisseurs"},
	} {
		got, err := w.SuppliersBeside(t.Context(), c.of)
		if err != nil || got.Total != c.total || got.Offers != c.pairs || got.Path != c.path || len(got.Suppliers) != min(6, c.total) {
			t.Errorf("%+v: %+v, %v", c.of, got, err)
		}
	}
	beside := must1(w.SuppliersBeside(t.Context(), workflow.SupplierTerritory{MRC: "450"}))
	if beside.Suppliers[5].Name != "Étoile" || beside.Suppliers[0].Where[0] != "Magog" {
		t.Errorf("%+v", beside.Suppliers)
	}
	for place, path := range map[[2]string]string{{"450", "05"}: "/fournisseurs?mrc=450", {"410", "05"}: "/fournisseurs?region=estrie", {"", "05"}: "/fournisseurs?region=estrie", {"", ""}: ""} {
		near, err := w.SuppliersNear(t.Context(), place[0], place[1])
		if err != nil || near.Path != path {
			t.Errorf("%v: %s, %v", place, near.Path, err)
		}
	}
}

// A year later, the question says where to buy.
func TestYearlyQuestionLeadsToSuppliers(t *testing.T) {
	w := sqliteWorld(t)
	committed(t, w)
	addSupplier(t, w)
	w.Clock.Move(366 * 24 * time.Hour)
	if mails, _ := yearly(t, w); len(mails) != 1 || mails[0].Suppliers != 1 || mails[0].SuppliersURL != workflowtest.BaseURL+"/fournisseurs?region=estrie" {
		t.Errorf("%+v", mails)
	}
	alone := sqliteWorld(t)
	committed(t, alone)
	alone.Clock.Move(366 * 24 * time.Hour)
	if mails, _ := yearly(t, alone); len(mails) != 1 || mails[0].Suppliers != 0 || mails[0].SuppliersURL != "" {
		t.Errorf("%+v", mails)
	}
}
