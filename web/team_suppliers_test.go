package web

import (
	"crypto/rand"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/roster"
	"jachete/workflow/territory"
)

const supplierListHead = "nom;municipalite;mrc;region;categories;site;description\n"

// supplier lists an enterprise of estrie, under a name of its own.
func (x *teamSite) supplier(change ...func(*workflow.SupplierForm)) workflow.Supplier {
	x.t.Helper()
	form := workflow.SupplierForm{Name: "Traiteur " + rand.Text(), Place: territory.Place{MunicipalityCode: "45072"}, Categories: []string{"alimentation", "culture"},
		Site: "https://www.traiteur.example.org/menu", Description: "Des repas d’ici, servis partout."}
	for _, edit := range change {
		edit(&form)
	}
	found, err := x.world.AddSupplier(x.t.Context(), workflow.Operator(), "estrie", form)
	if err != nil {
		x.t.Fatal(err)
	}
	return found
}

// suppliersListed makes a list of estrie that waits for its confirmation.
func (x *teamSite) suppliersListed() workflow.Batch {
	x.t.Helper()
	b, err := x.world.PreviewSuppliers(x.t.Context(), workflow.Operator(), workflow.BatchRequest{Pole: "estrie", FileName: "fournisseurs.csv",
		File: []byte(supplierListHead + "Liste " + rand.Text() + ";Magog;;;conseil;;Des conseils\nCoop B;Magog;;;armes;;x\n")})
	if err != nil {
		x.t.Fatal(err)
	}
	return b
}

// goodSupplier are the fields of the form, the pairs that follow instead or
// beside.
func goodSupplier(pairs ...string) []string {
	fields := map[string]string{"name": "Buanderie Gabarit", "municipality": "Magog — 45072", "category-textile": "1", "site": "buanderie.example.org",
		"description": "Location et entretien\r\nde linge."}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = pairs[i+1]
	}
	var list []string
	for name, value := range fields {
		list = append(list, name, value)
	}
	return list
}

func TestFromFormToPublicSupplier(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open(teamSuppliersPath).must(t, 200).says(t, "Aucun fournisseur pour l’instant", "Après avoir signé", "Ajouter un fournisseur")
	b.open(supplierNewPath).must(t, 200).says(t, "Tout ce que vous écrivez ici est public", "Textile et buanderie", "De 1 à 8 catégories")
	again := b.post(supplierNewPath, goodSupplier("name", "", "category-textile", "", "site", "javascript:alert(1)", "description", "Écrivez à jo@gabarit.org", "municipality", "Laval")...).must(t, 422)
	again.says(t, "Nom\u00a0: écrivez une réponse", "choisissez au moins une catégorie", "écrivez l’adresse d’un site", "retirez l’adresse Web", "n’est pas dans le territoire du pôle")
	again.holds(t, `value="javascript:alert(1)"`, "Écrivez à jo@gabarit.org", `value="Laval"`)
	again = b.post(supplierNewPath, goodSupplier("name", "", "category-conseil", "1", "mrc", "450")...).must(t, 422)
	again.holds(t, `name="category-conseil" value="1" checked`, `name="category-textile" value="1" checked`, `<option value="450" selected`, "de linge.")
	to := b.post(supplierNewPath, goodSupplier()...).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	page.says(t, "L’entreprise est dans la liste publique", "Publique", "Magog, Estrie", "Textile et buanderie", "Location et entretien de linge.", "Fournisseur ajouté")
	page.holds(t, `value="Magog — 45072"`, `href="/fournisseurs?pole=estrie&q=Buanderie+Gabarit"`, `name="revision" value="1"`)
	b.post(supplierNewPath, goodSupplier()...).must(t, 409).holds(t, "déjà dans la liste des fournisseurs", `value="Buanderie Gabarit"`, `href="`+strings.TrimSuffix(to, "?fait=ajoute")+`"`)
	x.browser().open("/fournisseurs?q=linge").must(t, 200).says(t, "Buanderie Gabarit", "Visiter buanderie.example.org")
	b.open(teamSuppliersPath+"?q=gabarit&categorie=textile").must(t, 200).says(t, "1 entreprise", "Buanderie Gabarit", "Catégorie\u00a0: Textile")
	b.open(teamSuppliersPath+"?categorie=conseil").must(t, 200).says(t, "Aucun résultat")
	b.open(teamSuppliersPath+"?categorie=nulle").must(t, 422)
	b.open(teamSuppliersPath+"?pole=montreal").must(t, 422)
	x.enrol()
	x.as("admin").post(supplierNewPath).must(t, 422).says(t, "choisissez le pôle qui présente ces entreprises", "Nom\u00a0: écrivez une réponse", "choisissez au moins une catégorie")
	x.as("admin").post(supplierNewPath, goodSupplier("pole", "nulle-part")...).must(t, 422).says(t, "ce pôle n’existe pas")
}

func TestChangingAndWithdrawingASupplier(t *testing.T) {
	x := newTeam(t)
	b, found := x.as("agent"), x.supplier()
	at := supplierAddress(found.ID)
	if body := x.as("reader").open(at).must(t, 200).body; strings.Contains(body, "<form method=\"post\" action=\""+at) || strings.Contains(body, "retirer") {
		t.Error("a reader is offered to change it")
	}
	b.post(at, goodSupplier("revision", "1", "name", "")...).must(t, 422).holds(t, `value="buanderie.example.org"`, "<details open>")
	b.post(at, goodSupplier("revision", "1")...).leadsTo(t, at+"?fait=modifie")
	b.open(at+"?fait=modifie").must(t, 200).says(t, "Les changements sont enregistrés", "Buanderie Gabarit", "Fiche modifiée")
	b.post(at, goodSupplier("revision", "1", "name", "Perdu")...).must(t, 409).holds(t, "Quelqu’un vient de modifier cette fiche", `value="Perdu"`)
	b.post(at+"/retirer").leadsTo(t, at+"?fait=retire")
	b.open(at+"?fait=retire").must(t, 200).says(t, "L’entreprise est retirée de la liste publique", "Retirée", "Rétablir dans la liste publique")
	b.open(teamSuppliersPath).must(t, 200).says(t, "Buanderie Gabarit", "Retirée")
	public := x.browser()
	for _, path := range []string{"/fournisseurs", "/fournisseurs?q=gabarit", "/fournisseurs?pole=estrie", suppliersJSON, suppliersCSV, "/regions/estrie", "/poles/estrie"} {
		if strings.Contains(public.open(path).must(t, 200).body, "Gabarit<") || strings.Contains(public.open(path).body, "buanderie-gabarit") {
			t.Errorf("%s shows what is withdrawn", path)
		}
	}
	b.post(supplierNewPath, goodSupplier()...).must(t, 409).says(t, "dans votre liste, mais retirée", "Ouvrir la fiche qui existe déjà")
	b.post(at+"/retablir").leadsTo(t, at+"?fait=retabli")
	b.open(at+"?fait=retire").must(t, 200).holds(t, "Publique")
	public.open("/fournisseurs").must(t, 200).says(t, "Buanderie Gabarit")
}

func TestFromListToSuppliers(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open(supplierImportPath).must(t, 200).says(t, "rien n’est publié avant votre confirmation", "Les catégories", "Transport et livraison")
	file := strings.Replace(supplierListHead, "description\n", "description;Courriel\n", 1) + "Coop A;Magog;;;traiteur|Transport et livraison;a.example.org;Des repas;x@example.org\n" +
		"Coop B;;Coaticook;;conseil;;Des conseils;\n=Coop C;Magog;;;armes;;x;\nCoop D;Laval;;;conseil;;x;\nCoop A;Magog;;;conseil;;x;\n"
	to := b.sendFile(supplierImportPath, listField, file).must(t, 303).Header.Get("Location")
	page := b.open(to).must(t, 200)
	page.says(t, "Vérifiez la liste avant de la publier", "1 colonne n’est pas utilisée", "Courriel", "Publier 2 entreprises", "«\u00a0armes\u00a0» n’est pas de la liste", "Hors du territoire du pôle",
		"En double dans le fichier", "La ligne 2 présente déjà cette entreprise")
	if strings.Contains(x.browser().open("/fournisseurs").body, "Coop A") {
		t.Error("the preview published something")
	}
	b.open(to+"?voir=bonnes").must(t, 200).says(t, "Coop A", "traiteur|Transport et livraison")
	refused := b.open(to+"/ecartees.csv").must(t, 200).body
	if !strings.Contains(refused, "'=Coop C") || !strings.Contains(refused, ";Laval;") {
		t.Error(refused)
	}
	b.post(to+"/confirmer", "lines", "3", "sha256", "0").must(t, 422)
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	b.post(to+"/confirmer", shown(page)...).leadsTo(t, to)
	b.open(to+"?voir=bonnes").must(t, 200).says(t, "2 entreprises sont dans la liste publique", "Voir la fiche")
	b.post(to+"/annuler").must(t, 409).says(t, "déjà présentées")
	x.browser().open("/fournisseurs?mrc=440").must(t, 200).says(t, "Coop B", "MRC de Coaticook, Estrie")
	again := b.sendFile(supplierImportPath, listField, file).must(t, 303).Header.Get("Location")
	b.open(again).must(t, 200).says(t, "Aucune ligne n’est à ajouter", "Déjà dans la liste")
	mended := b.sendFile(supplierImportPath, listField, strings.ReplaceAll(refused, "armes", "conseil")).must(t, 303).Header.Get("Location")
	b.open(mended).must(t, 200).says(t, "Publier 1 entreprise")
	b.sendFile(supplierImportPath, listField, "").must(t, 422).says(t, "choisissez le fichier CSV")
	b.sendFile(supplierImportPath, listField, strings.Repeat("x", roster.MaxBytes+1)).must(t, 413)
	if model := b.open(supplierImportPath+"/modele.csv").must(t, 200).body; model != "\ufeff"+strings.TrimSpace(supplierListHead)+"\r\n" {
		t.Error(model)
	}
}
