package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

func TestPublicListOfSuppliers(t *testing.T) {
	x := newTeam(t)
	public := x.browser()
	empty := public.open("/fournisseurs").must(t, 200)
	empty.says(t, "Fournisseurs d’économie sociale", "Aucune entreprise n’est encore présentée ici")
	if strings.Contains(empty.body, "<form") {
		t.Error("there is nothing to search, and a form")
	}
	x.supplier(func(f *workflow.SupplierForm) { f.Name = "Traiteur l’Œuvre-Exemple" })
	x.supplier(func(f *workflow.SupplierForm) {
		f.Name, f.Place, f.Site, f.Categories = "Écoconseil", territory.Place{RegionCode: "05"}, "", []string{"conseil"}
	})
	all := public.open("/fournisseurs").must(t, 200)
	all.says(t, "2 entreprises", "Traiteur l’Œuvre-Exemple", "Magog, Estrie", "Alimentation et traiteur, Culture et événements", "Des repas d’ici", "Visiter traiteur.example.org", "Joindre l’entreprise par son pôle")
	all.holds(t, `href="https://www.traiteur.example.org/menu" rel="noopener noreferrer nofollow"`, `href="/poles/estrie"`, `href="/api/v1/suppliers.csv"`)
	if strings.Contains(all.body, "target=") || all.Header.Get("Set-Cookie") != "" {
		t.Error("a link opens elsewhere, or a cookie is set")
	}
	for query, want := range map[string][2]string{
		"q=oeuvre": {"Traiteur l’Œuvre", "Écoconseil"}, "q=TRAITEUR+l%27oeuvre": {"Traiteur l’Œuvre", "Écoconseil"}, "categorie=conseil": {"Écoconseil", "Traiteur l’Œuvre"},
		"mrc=450": {"Traiteur l’Œuvre", "Écoconseil"}, "region=estrie&q=ecoconseil": {"Écoconseil", "Traiteur l’Œuvre"}, "region=05": {"Écoconseil", "Montréal :"}, "pole=estrie&q=magog": {"Traiteur l’Œuvre", "Écoconseil"},
	} {
		page := public.open("/fournisseurs?"+query).must(t, 200)
		main := page.body[strings.Index(page.body, "<main"):]
		if _, cards, _ := strings.Cut(main, "class=\"suppliers\""); !strings.Contains(cards, want[0]) || strings.Contains(cards, want[1]) {
			t.Errorf("%s: not %q, or %q", query, want[0], want[1])
		}
	}
	chips := public.open("/fournisseurs?region=05&mrc=450&q=repas&pole=estrie").must(t, 200)
	chips.holds(t, `href="/fournisseurs?pole=estrie&q=repas"`, `href="/fournisseurs?mrc=450&pole=estrie&region=estrie"`, `href="/api/v1/suppliers.json?mrc=450&pole=estrie&q=repas&region=estrie"`, `<input type="hidden" name="pole" value="estrie">`)
	public.open("/fournisseurs?region=outaouais&q=rien").must(t, 200).says(t, "Aucun résultat", "Voir tous les fournisseurs")
	public.open("/fournisseurs?pole=nulle-part").must(t, 200).says(t, "Aucun résultat", "nulle-part")
	for _, bad := range []string{"categorie=x", "region=x", "mrc=999", "pole=A%20B", "page=0", "page=x", "q=" + strings.Repeat("x", 201)} {
		public.open("/fournisseurs?"+bad).must(t, 422)
	}
}

func TestPagesOfSuppliers(t *testing.T) {
	x := newTeam(t)
	for k := range workflow.PageSize + 1 {
		x.supplier(func(f *workflow.SupplierForm) { f.Name = fmt.Sprintf("Coop %02d", k) })
	}
	public := x.browser()
	public.open("/fournisseurs?region=estrie").must(t, 200).holds(t, "Page 1 de 2", `rel="next" href="/fournisseurs?page=2&region=estrie"`)
	last := public.open("/fournisseurs?page=9").must(t, 200)
	last.holds(t, "Page 2 de 2", "Coop 25", `rel="prev" href="/fournisseurs"`)
	var data struct {
		Total, Pages int
		Licence      string
		Categories   []struct{ Code, Fr, En string }
		Suppliers    []map[string]any
	}
	answer := public.open(suppliersJSON+"?page=2").must(t, 200)
	if err := json.Unmarshal([]byte(answer.body), &data); err != nil || data.Total != 26 || data.Pages != 2 || len(data.Suppliers) != 1 || data.Licence != workflow.DataLicence || len(data.Categories) != len(workflow.SupplierCategories) {
		t.Errorf("%v %s", err, answer.body)
	}
	for name, want := range map[string]any{"name": "Coop 25", "region": "Estrie", "mrc_code": "450", "municipality": "Magog", "pole": "estrie", "updated_on": "2026-11-22", "site": "https://www.traiteur.example.org/menu"} {
		if data.Suppliers[0][name] != want {
			t.Errorf("%s: %v", name, data.Suppliers[0][name])
		}
	}
	if answer.Header.Get("Access-Control-Allow-Origin") != "*" || answer.Header.Get("ETag") == "" {
		t.Errorf("%v", answer.Header)
	}
	public.headers["If-None-Match"] = answer.Header.Get("ETag")
	public.open(suppliersJSON+"?page=2").must(t, 304)
}

func TestSuppliersAsCSV(t *testing.T) {
	x := newTeam(t)
	x.supplier(func(f *workflow.SupplierForm) { f.Name, f.Description = "=Coop", "Des repas; \"bons\", d’ici" })
	answer := x.browser().open(suppliersCSV+"?region=estrie").must(t, 200)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(answer.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != "'=Coop" || rows[1][2] != "Alimentation et traiteur|Culture et événements" || rows[1][3] != "Des repas; \"bons\", d’ici" {
		t.Errorf("%v %v", err, rows)
	}
	if answer.Header.Get("Content-Disposition") != `attachment; filename="fournisseurs.csv"; filename*=UTF-8''fournisseurs.csv` {
		t.Error(answer.Header.Get("Content-Disposition"))
	}
	for _, personal := range []string{"operator", "created", "@"} {
		if strings.Contains(answer.body, personal) {
			t.Errorf("the file says %s", personal)
		}
	}
}

// Who committed and who sells stand on the same page.
func TestSuppliersStandBesideTheBuyers(t *testing.T) {
	x := newTeam(t)
	public := x.browser()
	for _, path := range []string{"/regions/estrie", "/poles/estrie"} {
		if strings.Contains(public.open(path).must(t, 200).body, `id="fournisseurs"`) {
			t.Errorf("%s speaks of suppliers, and there are none", path)
		}
	}
	for k := range 7 {
		x.supplier(func(f *workflow.SupplierForm) { f.Name = fmt.Sprintf("Coop %d", k) })
	}
	for path, all := range map[string]string{"/regions/estrie": "/fournisseurs?region=estrie", "/poles/estrie": "/fournisseurs?pole=estrie"} {
		page := public.open(path).must(t, 200)
		page.says(t, "Les entreprises d’économie sociale qui vendent", "7 entreprises d’économie sociale", "14 offres, par catégorie", "Coop 5")
		page.holds(t, `href="`+all+`"`)
		if strings.Contains(page.body, "Coop 6") {
			t.Errorf("%s shows more than a few", path)
		}
	}
	if strings.Contains(public.open("/regions/montreal").must(t, 200).body, "Coop 0") {
		t.Error("another region shows them")
	}
}

// Who has just signed is shown where to buy.
func TestSignatoriesAreLedToTheirSuppliers(t *testing.T) {
	x := newTeam(t)
	x.supplier()
	thanks := func(place territory.Place) answer {
		_, token := x.invited(func(r *workflow.InviteRequest) { r.Place, r.Kind = place, workflow.KindCooperative })
		secret, form := x.world.Ready(t, token)
		if _, err := x.world.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		x.world.Clock.Move(2 * 60e9)
		b := x.browser()
		b.cookies[cookieSigning] = secret
		return b.open("/signature/merci").must(t, 200)
	}
	thanks(territory.Place{MunicipalityCode: "45072"}).holds(t, "1 entreprise d’économie sociale de votre territoire", `href="/fournisseurs?mrc=450"`)
	thanks(territory.Place{MRCCode: "440"}).holds(t, `href="/fournisseurs?region=estrie"`)
	if strings.Contains(thanks(territory.Place{RegionCode: "06"}).body, "/fournisseurs") {
		t.Error("a link leads to an empty list")
	}
}
