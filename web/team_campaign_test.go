package web

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

func TestCampaignThroughItsForms(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.open("/equipe/campagnes").must(t, 200).says(t, "Aucune campagne pour l’instant", "Créer une première campagne")
	refused := b.post("/equipe/campagnes/nouvelle", "name", "Les villes", "day", "2026-12-01", "hour", "25 h", "embargoday", "2026-11-01", "embargohour", "8 h").must(t, 422)
	refused.says(t, "Heure de la cérémonie\u00a0: entrez une heure qui existe", "ce moment est déjà passé")
	if inputValue(refused.body, "name") != "Les villes" || inputValue(refused.body, "hour") != "25 h" || !strings.Contains(refused.body, `href="#embargoday"`) {
		t.Error("the form came back without its answers or its summary")
	}
	b.post("/equipe/campagnes/nouvelle", "name", "Les villes", "place", "Salle A", "day", "2026-12-01", "hour", "14\u00a0h\u00a030", "embargoday", "2026-12-01", "embargohour", "16:00").
		leadsTo(t, "/equipe/campagnes/estrie/les-villes?fait=creee")
	page := b.open("/equipe/campagnes/estrie/les-villes?fait=creee").must(t, 200)
	page.says(t, "La campagne est créée", "Confidentiel jusqu’au 1er\u00a0décembre\u00a02026", "14\u00a0h\u00a030", "Salle A", "Dans 9\u00a0jours")
	form := b.open("/equipe/campagnes/estrie/les-villes/modifier").must(t, 200)
	if inputValue(form.body, "hour") != "14\u00a0h\u00a030" || inputValue(form.body, "embargoday") != "2026-12-01" {
		t.Errorf("the form shows %s", form.body)
	}
	b.post("/equipe/campagnes/estrie/les-villes/modifier", "name", "").must(t, 422)
	b.post("/equipe/campagnes/estrie/les-villes/modifier", "name", "Les villes et les MRC", "closed", "1").
		leadsTo(t, "/equipe/campagnes/estrie/les-villes?fait=modifiee")
	b.open("/equipe/campagnes/estrie/les-villes").must(t, 200).says(t, "Les villes et les MRC", "Fermée", "Sans date")
	b.open("/equipe/campagnes").must(t, 200).says(t, "1 campagne", "0 sur 0")
	b.open("/equipe/campagnes/estrie/les-villes?page=x").must(t, 422)
	reader := x.as("reader").open("/equipe/campagnes/estrie/les-villes").must(t, 200)
	for _, wrong := range []string{"<button", "/modifier", "/invites"} {
		if strings.Contains(reader.body, wrong) {
			t.Errorf("a reader's page holds %s", wrong)
		}
	}
}

// A campaign reminds as its pôle does until it says otherwise.
func TestCampaignHasItsOwnReminders(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	inv, _ := x.invited(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	b, at := x.as("agent"), "/equipe/campagnes/estrie/"+c.Slug+"/modifier"
	chosen := func(a answer, plan string) {
		t.Helper()
		if !strings.Contains(a.body, `name="plan" value="`+plan+`" checked`) {
			t.Errorf("%s is not what the form shows", plan)
		}
	}
	chosen(b.open("/equipe/campagnes/nouvelle").must(t, 200), "pole")
	chosen(b.open(at).must(t, 200), "pole")
	refused := b.post(at, "name", "Automne", "place", "Salle B", "plan", "own", "after", "5, dix", "before", "", "remindhour", "14").must(t, 422)
	refused.says(t, "écrivez des nombres de jours")
	chosen(refused, "own")
	for name, typed := range map[string]string{"after": "5, dix", "name": "Automne", "place": "Salle B"} {
		if inputValue(refused.body, name) != typed {
			t.Errorf("%s came back as %q", name, inputValue(refused.body, name))
		}
	}
	if !strings.Contains(refused.body, `href="#after"`) || !strings.Contains(refused.body, `id="after-error"`) || !strings.Contains(refused.body, `value="14" selected`) {
		t.Error("no way to the field, or the hour is lost")
	}
	b.post(at, "name", "Automne", "plan", "own", "after", "5", "before", "", "remindhour", "14").leadsTo(t, "/equipe/campagnes/estrie/"+c.Slug+"?fait=modifiee")
	form := b.open(at).must(t, 200)
	if chosen(form, "own"); inputValue(form.body, "after") != "5" {
		t.Error("the plan is not kept")
	}
	b.open("/equipe/invitations/"+inv.ID).must(t, 200).says(t, "27\u00a0novembre\u00a02026, 14\u00a0h\u00a000")
	b.post(at, "name", "Automne", "plan", "pole", "after", "", "before", "", "remindhour", "").leadsTo(t, "/equipe/campagnes/estrie/"+c.Slug+"?fait=modifiee")
	b.open("/equipe/invitations/"+inv.ID).must(t, 200).says(t, "2\u00a0décembre\u00a02026, 9\u00a0h\u00a000")
	b.post("/equipe/campagnes/nouvelle", "name", "Sans rappel", "plan", "off").leadsTo(t, "/equipe/campagnes/estrie/sans-rappel?fait=creee")
	if found, err := x.world.Service.Campaign(t.Context(), workflow.Operator(), "estrie", "sans-rappel"); err != nil || !found.Reminders.Off {
		t.Errorf("%+v, %v", found.Reminders, err)
	}
}

// With several pôles, the form asks for one.
func TestCampaignOfOnePole(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	b.post("/equipe/campagnes/nouvelle", "name", "Les villes").must(t, 422).says(t, "choisissez le pôle")
	b.post("/equipe/campagnes/nouvelle", "name", "Les villes", "pole", "nulle-part").must(t, 404)
	b.post("/equipe/campagnes/nouvelle", "name", "Les villes", "pole", "montreal").leadsTo(t, "/equipe/campagnes/montreal/les-villes?fait=creee")
}

func TestCampaignFollowsUpAfterTheCeremony(t *testing.T) {
	x := newTeam(t)
	c := x.campaign(func(r *workflow.CampaignRequest) {
		r.Ceremony = workflow.LocalTimeOf(x.world.Clock.Now().Add(time.Hour))
	})
	in := func(name string) func(*workflow.InviteRequest) {
		return func(r *workflow.InviteRequest) { r.Campaign, r.Organisation = c.Slug, name }
	}
	x.signedOne(in("Ville de Rivière-Exemple"))
	x.invited(in("MRC du Haut-Essai"))
	path := "/equipe/campagnes/estrie/" + c.Slug
	b := x.as("agent")
	before := b.open(path).must(t, 200)
	before.says(t, "Organisations signataires\u00a0: 1 sur 2 invitées", "22\u00a0novembre\u00a02026 1 copie", "Aujourd’hui")
	if strings.Contains(before.body, "À relancer") {
		t.Error("nobody is late yet")
	}
	x.world.Clock.Move(2 * time.Hour)
	after := b.open(path).must(t, 200)
	after.says(t, "À relancer", "1 organisation n’a pas signé")
	late, _, _ := strings.Cut(after.body[strings.Index(after.body, `class="attention"`):], "</section>")
	if !strings.Contains(late, "MRC du Haut-Essai") || strings.Contains(late, "Rivière-Exemple") {
		t.Errorf("late: %s", visible(late))
	}
}

func TestCampaignListHasPages(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	for range workflow.PageSize + 1 {
		x.invited(func(r *workflow.InviteRequest) { r.Campaign, r.Contact.Email = c.Slug, rand.Text()+"@example.org" })
	}
	b := x.as("agent")
	b.open("/equipe/campagnes/estrie/"+c.Slug).must(t, 200).says(t, "26 invitations", "Page 1 de 2", "Page suivante")
	b.open("/equipe/campagnes/estrie/"+c.Slug+"?page=2").must(t, 200).says(t, "Page 2 de 2", "Page précédente")
}

func TestCopiesToPrint(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	x.signedOne(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	b := x.as("agent")
	path := "/equipe/campagnes/estrie/" + c.Slug + "/attestations.pdf"
	file := b.open(path+"?jour=2026-11-22").must(t, 200)
	if !strings.HasPrefix(file.body, "%PDF-") || !strings.Contains(file.Header.Get("Content-Disposition"), "attestations-"+c.Slug+"-2026-11-22.pdf") ||
		file.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", file.Header)
	}
	b.open(path+"?jour=2026-11-21").must(t, 404).says(t, "Personne n’a signé ce jour-là")
	b.open(path+"?jour=%2e%2e%2fx").must(t, 404)
}
