package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

func TestCorrectingFromThePage(t *testing.T) {
	x := newTeam(t)
	inv, token := x.invited()
	b, page := x.as("agent"), "/equipe/invitations/"+inv.ID
	b.open(page).must(t, 200).says(t, "Corriger la personne ou l’adresse")
	wrong := b.post(page+"/corriger", "name", "Dominique Modèle", "function", "Direction", "email", "d@@", "civility", "").must(t, 422)
	wrong.says(t, "adresse complète")
	if !strings.Contains(wrong.body, `value="d@@"`) || !strings.Contains(wrong.body, `value="Dominique Modèle"`) || !strings.Contains(wrong.body, "<details open><summary>Corriger") {
		t.Error("the form does not come back open and filled in")
	}
	b.post(page+"/corriger", "name", "Dominique Modèle", "function", "Direction", "email", "d@example.org", "civility", "monsieur").leadsTo(t, page+"?fait=corrigee")
	a := b.open(page+"?fait=corrigee").must(t, 200)
	a.says(t, "L’adresse est corrigée", "Dominique Modèle", "d@example.org", "Adresse remplacée\u00a0: c…@example.org", "Adresse corrigée, nouveau lien demandé par vous")
	x.browser().open("/i/"+token).must(t, 410)
	x.world.Deliver(t)

	other, _ := x.invited(func(r *workflow.InviteRequest) { r.Organisation, r.Contact.Email = "Coop Gabarit", "b@example.org" })
	second, _ := x.invited(func(r *workflow.InviteRequest) { r.Organisation, r.Contact.Email = "Coop Gabarit", "c@example.org" })
	if other.OrganisationID != second.OrganisationID {
		t.Fatal("two organisations")
	}
	b.post("/equipe/invitations/"+second.ID+"/corriger", "name", "A", "function", "B", "email", "b@example.org").must(t, http.StatusConflict).
		says(t, "a déjà une invitation ouverte")
}

func TestExtendingFromThePage(t *testing.T) {
	x := newTeam(t)
	inv, token := x.invited()
	b, page := x.as("agent"), "/equipe/invitations/"+inv.ID
	for _, typed := range []string{"", "jamais", "2020-01-01", "401"} {
		b.post(page+"/prolonger", "expires", typed).must(t, 422).says(t, "entrez une date à venir")
	}
	b.post(page+"/prolonger", "expires", "2027-06-01").leadsTo(t, page+"?fait=prolongee")
	b.open(page+"?fait=prolongee").must(t, 200).says(t, "L’échéance est déplacée", "Du 21\u00a0janvier\u00a02027 au 1er\u00a0juin\u00a02027", "1er\u00a0juin\u00a02027, 23\u00a0h\u00a059")
	x.world.Clock.Move(100 * 24 * time.Hour)
	x.browser().open("/i/"+token).must(t, 200)
}

func TestNoteOnThePage(t *testing.T) {
	x := newTeam(t)
	inv, token := x.invited()
	b, page := x.as("agent"), "/equipe/invitations/"+inv.ID
	b.open(page).must(t, 200).says(t, "Aucune note pour l’instant")
	b.post(page+"/note", "note", strings.Repeat("a", workflow.MaxNote+1)).must(t, 422).says(t, "Note interne")
	b.post(page+"/note", "note", "Rappeler <lundi>").leadsTo(t, page+"?fait=notee")
	b.open(page+"?fait=notee").must(t, 200).says(t, "La note est enregistrée", "Rappeler <lundi>", "Note interne modifiée par vous")
	x.as("reader").open(page).must(t, 200).says(t, "Rappeler <lundi>")
	if strings.Contains(x.browser().open("/i/"+token).must(t, 200).body, "Rappeler") {
		t.Error("the person invited reads the note")
	}
}

func TestChangingTheCampaign(t *testing.T) {
	x := newTeam(t)
	x.openCampaign("estrie", "automne", "Grand automne")
	x.openCampaign("montreal", "ailleurs", "Ailleurs")
	inv, _ := x.invited()
	b, page := x.as("agent"), "/equipe/invitations/"+inv.ID
	if body := b.open(page).must(t, 200).body; !strings.Contains(body, "Grand automne") || strings.Contains(body, "Ailleurs") {
		t.Error("the campaigns proposed are not those of the pôle")
	}
	b.post(page+"/campagne", "campaign", "montreal/ailleurs").must(t, 422)
	b.post(page+"/campagne", "campaign", "estrie/automne").leadsTo(t, page+"?fait=regroupee")
	b.open(page).must(t, 200).says(t, "Campagne\u00a0: Grand automne")
	b.open("/equipe/invitations?campagne=estrie/automne").must(t, 200).says(t, "1 invitation", "Campagne\u00a0: Grand automne")
	b.post(page+"/campagne", "campaign", "").leadsTo(t, page+"?fait=regroupee")
	b.open(page).must(t, 200).says(t, "Retirée de sa campagne")
}

func TestCopyOfAMailIsShown(t *testing.T) {
	x := newTeam(t)
	inv, err := x.world.Service.Invite(t.Context(), workflow.Operator(), workflow.InviteRequest{Pole: "estrie", Organisation: "Coop Gabarit", Kind: workflow.KindOther,
		Place: territory.Place{RegionCode: "05"}, Contact: workflow.Contact{Name: "Camille", Function: "Direction", Email: "camille@example.org"}})
	if err != nil {
		t.Fatal(err)
	}
	mail := "/equipe/invitations/" + inv.ID + "/courriels/" + x.mailOf(inv.ID)
	b := x.as("agent")
	b.open(mail).must(t, 200).says(t, "Il n’y a pas de copie de ce courriel")
	if strings.Contains(b.open("/equipe/invitations/"+inv.ID).body, mail) {
		t.Error("a copy is offered before there is one")
	}
	claimed, err := x.world.ClaimDeliveries(t.Context(), 1)
	if err != nil || len(claimed) != 1 {
		t.Fatal(claimed, err)
	}
	copied := "L’objet\n\nBonjour <b>Camille</b>,\n\n[lien personnel]\n"
	if err := x.world.SettleDelivery(t.Context(), claimed[0], workflow.Outcome{Sent: true, Answer: "250 OK", Copy: copied}); err != nil {
		t.Fatal(err)
	}
	if page := b.open("/equipe/invitations/"+inv.ID).must(t, 200); strings.Count(page.body, mail) != 2 {
		t.Error("the copy is not offered beside the mail and in the timeline")
	}
	a := b.open(mail).must(t, 200)
	a.says(t, "L’objet", "Bonjour <b>Camille</b>", "[lien personnel]", "camille@example.org", "250 OK")
	x.as("reader").open(mail).must(t, 200).says(t, "c…@example.org")
}

// order gives the organisations of a page, from top to bottom.
func order(body string, names ...string) (found []string) {
	at := map[string]int{}
	for _, n := range names {
		if i := strings.Index(body, ">"+n+"</a>"); i >= 0 {
			at[n] = i
			found = append(found, n)
		}
	}
	slices.SortFunc(found, func(a, b string) int { return at[a] - at[b] })
	return found
}

func TestListInTheOrderAsked(t *testing.T) {
	x := newTeam(t)
	names := []string{"Écoles Unies", "Coop Zèbre", "Ébène inc"}
	for i, name := range names {
		x.invited(func(r *workflow.InviteRequest) {
			r.Organisation, r.Life = name, time.Duration(30-10*i)*24*time.Hour
		})
		x.world.Clock.Move(time.Hour)
	}
	b := x.as("agent")
	for query, want := range map[string][]string{
		"":                            {"Ébène inc", "Coop Zèbre", "Écoles Unies"},
		"?sens=inverse":               {"Écoles Unies", "Coop Zèbre", "Ébène inc"},
		"?tri=nom":                    {"Coop Zèbre", "Ébène inc", "Écoles Unies"},
		"?tri=nom&sens=inverse":       {"Écoles Unies", "Ébène inc", "Coop Zèbre"},
		"?tri=echeance":               {"Ébène inc", "Coop Zèbre", "Écoles Unies"},
		"?tri=activite&du=2026-11-22": {"Ébène inc", "Coop Zèbre", "Écoles Unies"},
		"?q=ECOLES":                   {"Écoles Unies"},
		"?q=unies+camille":            {"Écoles Unies"},
		"?fin=7":                      nil,
		"?du=2026-11-23":              nil,
		"?au=2026-11-22&tri=nom":      {"Coop Zèbre", "Ébène inc", "Écoles Unies"},
		"?au=2026-11-21":              nil,
	} {
		a := b.open("/equipe/invitations"+query).must(t, 200)
		if got := order(a.body, names...); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	byName := b.open("/equipe/invitations?tri=nom").must(t, 200).body
	for _, want := range []string{`aria-sort="ascending"><a href="/equipe/invitations?sens=inverse&amp;tri=nom"`, `<a href="/equipe/invitations?tri=echeance"`,
		`<option value="nom" selected>`} {
		if !strings.Contains(byName, want) {
			t.Errorf("the headings lack %s", want)
		}
	}
	if newest := b.open("/equipe/invitations").must(t, 200).body; strings.Count(newest, "aria-sort") != 1 || !strings.Contains(newest, `aria-sort="descending"`) {
		t.Error("the usual order is not told")
	}
}

func TestListTellsWhatWasTypedWrong(t *testing.T) {
	x := newTeam(t)
	x.invited()
	a := x.as("agent").open("/equipe/invitations?du=2026-13-01&au=hier").must(t, 422)
	a.says(t, "Créées depuis le\u00a0: entrez une date réelle", "Créées jusqu’au\u00a0: entrez une date réelle")
	if !strings.Contains(a.body, `value="2026-13-01"`) || !strings.Contains(a.body, `href="#du"`) {
		t.Error("what was typed, or the way to it, is missing")
	}
	for _, bad := range []string{"tri=alea", "sens=haut", "taille=26", "taille=1000", "fin=8", "campagne=estrie", "campagne=montreal/x", "campagne=../x"} {
		x.as("agent").open("/equipe/invitations?"+bad).must(t, 422)
	}
}

func TestNothingFoundHelps(t *testing.T) {
	x := newTeam(t)
	x.invited()
	a := x.as("agent").open("/equipe/invitations?q=coop+absente&etat=sent").must(t, 200)
	a.says(t, "Aucun résultat", "Chercher seulement «\u00a0coop\u00a0»", "parmi toutes les invitations", "Retirer tous les filtres")
	for _, want := range []string{`href="/equipe/invitations?etat=sent&amp;q=coop"`, `href="/equipe/invitations?q=coop&#43;absente"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestViewsAndPageSizes(t *testing.T) {
	x := newTeam(t)
	for range workflow.PageSize + 1 {
		x.invited(func(r *workflow.InviteRequest) { r.Life = 3 * 24 * time.Hour })
	}
	b := x.as("agent")
	a := b.open("/equipe/invitations").must(t, 200)
	a.says(t, "Toutes (26)", "Se terminent d’ici 7\u00a0jours (26)", "Non remise (0)", "En attente de résolution (0)", "Page 1 de 2")
	if !strings.Contains(a.body, `href="/equipe/invitations?fin=7&amp;tri=echeance"`) {
		t.Error("the view of what ends soon has no address")
	}
	b.open("/equipe/invitations?fin=7&tri=echeance").must(t, 200).says(t, "26 invitations", "À faire\u00a0: échéance d’ici 7\u00a0jours")
	wide := b.open("/equipe/invitations?taille=50&etat=sent").must(t, 200)
	if strings.Contains(visible(wide.body), "Page 1 de") || strings.Count(wide.body, `<th scope="row">`) != 26 {
		t.Error("a page of 50 does not hold 26")
	}
	if !strings.Contains(wide.body, `href="/equipe/invitations?taille=50"`) {
		t.Error("taking a filter away changes the size of the page")
	}
	x.world.Clock.Move(4 * 24 * time.Hour) // past their term, whether or not the sweep has been by
	b = x.as("agent")
	b.open("/equipe/invitations?etat=sent").must(t, 200).says(t, "Aucun résultat")
	b.open("/equipe/invitations?etat=expired").must(t, 200).says(t, "26 invitations")
}
