package web

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// publishable is a French text that may be published.
const publishable = "Nous, **{organisation}**, constatons que nos achats soutiennent l’emploi, l’inclusion et la vitalité du territoire, et que les " +
	"entreprises d’économie sociale sont près de nous. Nous leur ferons une plus grande place.\n\n- **Connaître** : nous informer de l’offre.\n\n" +
	"Signée au nom de **{organisation}** par **{prénom nom}**, {fonction}[ par la résolution no {numéro} adoptée le {date}]."

const publishableEN = "We, **{organization}**, recognize that our purchases support jobs, inclusion, the environment and the vitality of our territory. " +
	"We will give social economy enterprises a larger place in them, within our rules and according to our needs and means."

// draftForm is the form of a text, filled in.
func draftForm(pairs ...string) []string {
	form := []string{"revision", "1", "version", "1.1", "titlefr", "Déclaration nouvelle", "textfr", publishable, "titleen", "New declaration", "texten", publishableEN}
	for i := 0; i < len(pairs); i += 2 {
		for j := 0; j < len(form); j += 2 {
			if form[j] == pairs[i] {
				form[j+1] = pairs[i+1]
			}
		}
	}
	return form
}

// started begins a text and gives the path of its page.
func (x *teamSite) started(b *browser, pole string) string {
	x.t.Helper()
	a := b.post("/equipe/declarations", "pole", pole)
	to := a.Header.Get("Location")
	if a.StatusCode != 303 || !strings.HasPrefix(to, "/equipe/declarations/brouillons/") {
		x.t.Fatalf("%d, %q\n%s", a.StatusCode, to, visible(a.body))
	}
	return to
}

func TestPreparingAndPublishingAVersion(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	b.open("/equipe/declarations").must(t, 200).says(t, "Aucun texte en préparation", "Tous les pôles", "Déclaration, version 1.0")
	b.post("/equipe/declarations").must(t, 422).says(t, "choisissez le pôle")
	at := x.started(b, "*")
	b.open(at).must(t, 200).says(t, "version 1.1", "Brouillon", "Différences avec la version 1.0")
	b.open(at+"/publier").must(t, 422).says(t, "trop court pour être une déclaration")
	refused := b.post(at, draftForm("textfr", "Un texte 🎉 et <b>plus</b>")...).must(t, 422)
	refused.says(t, "ne peut pas être imprimé", "Un texte 🎉 et <b>plus</b>")
	if strings.Contains(refused.body, "<b>plus") {
		t.Error("what was typed became HTML")
	}
	b.post(at, draftForm()...).leadsTo(t, at+"?fait=enregistre")
	b.post(at, draftForm()...).must(t, 409).says(t, "Quelqu’un d’autre vient de modifier")
	b.open(at+"/apercu").must(t, 200).says(t, "rien n’est publié", "Nous leur ferons une plus grande place", "We will give")
	pdf := b.open(at+"/projet.pdf").must(t, 200)
	if pdf.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(pdf.body, "[prénom nom]") || strings.Contains(pdf.body, "{fonction}") {
		t.Errorf("the draft as a file: %s", pdf.body)
	}
	b.open(at+"/publier").must(t, 200).says(t, "ne se modifie plus", "Déclaration nouvelle", "Tous les pôles")
	b.post(at+"/publier", "revision", "2", "publish", "2020-01-01").must(t, 422).says(t, "cette date est passée")
	b.post(at+"/publier", "revision", "1").must(t, 409).says(t, "Quelqu’un d’autre vient de modifier")
	b.post(at+"/publier", "revision", "2", "publish", "2026-12-01").leadsTo(t, at+"?fait=enregistre")
	b.open(at+"?fait=enregistre").must(t, 200).says(t, "le texte paraîtra le 1er\u00a0décembre\u00a02026", "Retirer la date")
	if anyone := x.browser().open("/declaration/1.1"); anyone.StatusCode != 404 {
		t.Errorf("a planned text is public: %d", anyone.StatusCode)
	}
	b.post(at+"/retirer", "revision", "3").leadsTo(t, at+"?fait=enregistre")
	b.post(at+"/publier", "revision", "4").leadsTo(t, "/equipe/declarations?fait=publiee")
	b.open("/equipe/declarations?fait=publiee").must(t, 200).says(t, "La version est publiée", "Déclaration, version 1.1")
	b.open(at).must(t, 404)
	x.browser().open("/declaration").must(t, 200).says(t, "Déclaration nouvelle", "{prénom nom}")
	x.browser().open("/declaration/1.0").must(t, 200)
}

func TestVariantOfAPole(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.post("/equipe/declarations", "pole", "*").must(t, 403)
	at := x.started(b, "estrie")
	b.open(at).must(t, 200).says(t, "version 1.1-estrie")
	b.post(at, draftForm()...).leadsTo(t, at+"?fait=enregistre")
	b.post(at+"/publier", "revision", "2").leadsTo(t, "/equipe/declarations?fait=publiee")
	x.browser().open("/declaration/1.1-estrie").must(t, 200).says(t, "Déclaration nouvelle")
	if page := visible(x.browser().open("/declaration").must(t, 200).body); strings.Contains(page, "Déclaration nouvelle") {
		t.Error("a variant became everybody's text")
	}
	inv, _ := x.invited()
	if inv.DeclarationVersion != "1.1-estrie" {
		t.Errorf("invited to sign %s", inv.DeclarationVersion)
	}
	if page := x.as("elsewhere").open("/equipe/declarations").must(t, 200); strings.Contains(page.body, "estrie") {
		t.Error("another pôle's list shows the variant")
	}
}

var pieces = regexp.MustCompile(`(?s)<(ins|del)><span class="hidden"[^>]*>([^<]*)</span>([^<]*)<span`)

// Whoever cannot see the colours hears what was added and what was removed.
func TestDifferencesAreSaidInWords(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	at := x.started(b, "*")
	b.post(at, draftForm()...).leadsTo(t, at+"?fait=enregistre")
	b.post(at+"/publier", "revision", "2").leadsTo(t, "/equipe/declarations?fait=publiee")
	at = x.started(b, "*")
	b.post(at, draftForm("version", "1.2", "textfr", strings.Replace(publishable, "plus grande place", "place <juste>", 1))...).must(t, 303)
	a := b.open("/equipe/declarations/comparer?de=1.1&a="+strings.TrimPrefix(at, "/equipe/declarations/brouillons/")).must(t, 200)
	found := map[string]string{}
	for _, m := range pieces.FindAllStringSubmatch(a.body, -1) {
		found[m[1]+strings.TrimSpace(m[2])] += html.UnescapeString(m[3])
	}
	if strings.TrimSpace(found["insajout\u00a0:"]) != "<juste>" || strings.TrimSpace(found["delretrait\u00a0:"]) != "plus grande" {
		t.Errorf("said %q", found)
	}
	b.open("/equipe/declarations/comparer?de=1.1&a=1.1").must(t, 200).says(t, "Aucune différence")
	b.open("/equipe/declarations/comparer?de=1.1&a=9.9").must(t, 404)
}

func TestOfferingTheNewText(t *testing.T) {
	x := newTeam(t)
	signed := x.signedOne()
	b := x.as("agent")
	b.open("/equipe/declarations/adhesions").must(t, 200).says(t, "Tout le monde est à jour")
	at := x.started(b, "estrie")
	b.post(at, draftForm()...).leadsTo(t, at+"?fait=enregistre")
	b.post(at+"/publier", "revision", "2").leadsTo(t, "/equipe/declarations?fait=publiee")
	b.open("/equipe/declarations/adhesions").must(t, 200).says(t, "Inviter 1 organisation", "Version 1.0")
	x.as("elsewhere").post("/equipe/declarations/adhesions", "pole", "estrie").must(t, 404)
	b.post("/equipe/declarations/adhesions", "pole", "estrie").leadsTo(t, "/equipe/declarations/adhesions?fait=invitees&pole=estrie")
	page := b.open("/equipe/declarations/adhesions?fait=invitees&pole=estrie").must(t, 200)
	page.says(t, "Déjà invitée")
	if strings.Contains(page.body, "/i/") {
		t.Error("the page holds a live link")
	}
	x.world.Clock.Move(24 * time.Hour)
	mails := x.world.Deliver(t)
	token := ""
	for _, m := range mails {
		if m.Delivery.Kind == workflow.DeliveryInvitation {
			token = strings.TrimPrefix(m.LinkURL, workflowtest.BaseURL+"/i/")
		}
	}
	x.browser().open("/i/"+token).must(t, 200).says(t, "a déjà signé, le 22\u00a0novembre\u00a02026")
	secret, form := x.world.Ready(t, token)
	number, err := x.world.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	before, err := x.world.Invitation(t.Context(), workflow.Operator(), signed.ID)
	if err != nil {
		t.Fatal(err)
	}
	old := x.browser().open("/v/"+before.Number).must(t, 200)
	old.says(t, "Remplacé par")
	if !strings.Contains(old.body, `href="/v/`+number+`"`) {
		t.Error("the old certificate does not lead to the new one")
	}
	x.browser().open("/signataires/"+before.Organisation.Slug).must(t, 200).says(t, "Remplacé par Engagement du", "Remplace Engagement du")
	if list := visible(x.browser().open("/signataires").must(t, 200).body); strings.Count(list, "Rivière-Exemple") != 1 {
		t.Errorf("the register shows both:\n%s", list)
	}
}
