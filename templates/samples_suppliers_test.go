package templates

import (
	"strings"
	"testing"

	"jachete/workflow"
)

func sampleSuppliers(text string) workflow.SuppliersBeside {
	plain := workflow.Supplier{ID: "ABC", Slug: "a", Name: text, PoleSlug: "estrie", Categories: workflow.SupplierCategories[:8], Where: []string{text, "Estrie"},
		Description: text, Site: "https://www.gabarit.example.org/x", Batch: "L", Revision: 3}
	noSite, hidden := plain, plain
	noSite.Site, noSite.Where, hidden.WithdrawnAt, hidden.Site = "", nil, sampleTime, "https://"+strings.Repeat("long-", 12)+"a.example.org"
	return workflow.SuppliersBeside{SupplierPage: workflow.SupplierPage{Suppliers: []workflow.Supplier{plain, noSite, hidden}, Total: 1_234, Offers: 9_876}, Path: "/fournisseurs?region=estrie"}
}

func supplierFamilies() map[string][]string {
	return map[string][]string{"supplier-list.": entryWords(), "supplier-column.": workflow.SupplierColumns, "suppliers.done-": {"added", "changed", "withdrawn", "restored"}}
}

// suppliersPublic are the public pages with suppliers on them.
func suppliersPublic() []Page {
	pages := []Page{&Suppliers{}}
	for _, text := range []string{"Traiteur Gabarit", long} {
		found, option := sampleSuppliers(text), []Option{{Value: "a", Label: text, Chosen: true}, {Value: "b", Label: "B"}}
		chips := []Chip{{Name: "Région", Value: text, Without: "/fournisseurs"}}
		pages = append(pages, &Suppliers{Query: text, Category: option, Region: option, MRC: option, Pole: "estrie", Chips: chips, Found: found.SupplierPage, Page: 2, Pages: 3,
			Previous: "/fournisseurs", Next: "/fournisseurs?page=3", CSV: "/a.csv", JSON: "/a.json"},
			&Suppliers{Query: text, Chips: chips, Page: 1}, &Region{Localities: Localities{Beside: found}}, &Pole{Pole: samplePole, Localities: Localities{Beside: found}})
	}
	return pages
}

func supplierSamples(team TeamFrame) []Page {
	options := []Option{{"a", long, true}, {"b", "B", false}}
	refused := func(names ...string) TeamFrame {
		return TeamFrame{Frame: wrong(names...), Writer: true}
	}
	found := workflow.SupplierView{Supplier: sampleSuppliers(long).Suppliers[0], Pole: samplePole}
	plain := workflow.SupplierView{Supplier: sampleSuppliers("Traiteur Gabarit").Suppliers[1], Pole: samplePole}
	hidden := workflow.SupplierView{Supplier: sampleSuppliers("Traiteur Gabarit").Suppliers[2], Pole: samplePole}
	form := SupplierForm{Pole: "a", Name: long, Municipality: long, Site: long, Description: long, Revision: "3"}
	fields := func(f TeamFrame) SupplierFields {
		return SupplierFields{TeamFrame: f, Form: form, MRCs: options, Regions: options, Places: []string{long}, Categories: options}
	}
	taken := fields(refused(""))
	taken.Listed = "/equipe/fournisseurs/ABC"
	all := []string{"name", "municipality", "categories", "description", "site"}
	return []Page{
		&TeamSuppliers{}, &TeamSuppliers{TeamFrame: TeamFrame{Writer: true}},
		&TeamSuppliers{TeamFrame: team, Query: long, Categories: options, Poles: options, Chips: []Chip{{"Catégorie", long, "/equipe/fournisseurs"}}, Found: sampleSuppliers(long).SupplierPage,
			PoleNames: map[string]string{"estrie": long}, Page: 2, Pages: 3, Previous: "/equipe/fournisseurs", Next: "/equipe/fournisseurs?page=3"},
		&TeamSuppliers{TeamFrame: team, Chips: []Chip{{"Catégorie", long, "/equipe/fournisseurs"}}},
		&TeamSupplierNew{}, &TeamSupplierNew{SupplierFields: taken}, &TeamSupplierNew{SupplierFields: fields(refused(append(all, "pole")...)), Poles: options},
		&TeamSupplier{Found: plain, Public: "/fournisseurs"},
		&TeamSupplier{SupplierFields: fields(team), Found: found, Done: "added", Public: "/fournisseurs", Events: []TeamEvent{{At: sampleTime, Type: "supplier.added", Actor: "you"}}},
		&TeamSupplier{SupplierFields: fields(team), Found: hidden, Done: "withdrawn"}, &TeamSupplier{SupplierFields: fields(refused(all...)), Found: found, Public: "/fournisseurs"},
		&TeamSupplier{SupplierFields: taken, Found: found, Public: "/fournisseurs"},
	}
}

// The link leaves the site without telling whence, and vouches for nothing.
func TestSitesOfSuppliersAreOnlyLinked(t *testing.T) {
	out, err := Render(&Suppliers{Frame: Frame{Lang: workflow.English}, Found: sampleSuppliers("Traiteur Gabarit").SupplierPage})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<a href="https://www.gabarit.example.org/x" rel="noopener noreferrer nofollow">Visit gabarit.example.org</a>`, `<p lang="fr-CA">Traiteur Gabarit</p>`, `href="/poles/estrie"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%s is not there", want)
		}
	}
	if strings.Contains(string(out), "target=") {
		t.Error("a link opens elsewhere")
	}
}

// The names of the categories are held to the rules of the catalogues.
func TestCategoriesAreWordedInTheirLanguage(t *testing.T) {
	for _, c := range workflow.SupplierCategories {
		for _, fault := range faultsOf(c.In(workflow.French)) {
			t.Errorf("%s: %s", c, fault)
		}
		for _, lang := range []workflow.Language{workflow.French, workflow.English} {
			if word := foreign(lang, c.In(lang)); word != "" {
				t.Errorf("%s says %q in %s", c, word, lang)
			}
		}
	}
}

// Nothing is said of a territory without suppliers.
func TestNoSuppliersNoBlock(t *testing.T) {
	for _, page := range []Page{&Region{}, &Pole{}, &SignThanks{Step: Step{Signing: sampleSigning("A")}}} {
		page.Outline().Lang = workflow.French
		out, err := Render(page)
		if err != nil || strings.Contains(string(out), `id="fournisseurs"`) || strings.Contains(string(out), "/fournisseurs?") {
			t.Errorf("%s: %v", page.File(), err)
		}
	}
}
