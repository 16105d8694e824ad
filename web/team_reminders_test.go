package web

import (
	"path"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// The tests' day is Sunday 2026-11-22.
func TestPlanOfAPole(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	b, at := x.as("agent"), "/equipe/poles/estrie/rappels"
	b.open("/equipe/poles/estrie").must(t, 200).says(t, "Calendrier des rappels", "Adresses désabonnées")
	b.open(at).must(t, 200).says(t, "10 et 25\u00a0jours après l’envoi et 7\u00a0jours avant le terme, à 9\u00a0h\u00a000",
		"Pour une invitation envoyée aujourd’hui, le 22\u00a0novembre\u00a02026", "mercredi 2\u00a0décembre\u00a02026", "jeudi 14\u00a0janvier\u00a02027")
	trial := b.post(at, "plan", "own", "after", "3", "before", "", "remindhour", "14", "apercu", "1").must(t, 200)
	trial.says(t, "Rien n’est encore enregistré", "un rappel 3\u00a0jours après l’envoi, à 14\u00a0h\u00a000", "mercredi 25\u00a0novembre\u00a02026")
	if !strings.Contains(trial.body, `value="14" selected`) {
		t.Error("what was typed is lost")
	}
	b.open(at).must(t, 200).says(t, "10 et 25\u00a0jours") // nothing was kept
	b.post(at, "plan", "own", "after", "3", "before", "", "remindhour", "14").leadsTo(t, at+"?fait=enregistre")
	b.open(at+"?fait=enregistre").must(t, 200).says(t, "Le calendrier est enregistré", "3\u00a0jours après l’envoi")
	b.open("/equipe/invitations/"+inv.ID).must(t, 200).says(t, "Prochain rappel", "25\u00a0novembre\u00a02026, 14\u00a0h\u00a000")
	b.post(at, "plan", "off", "after", "", "before", "", "remindhour", "").leadsTo(t, at+"?fait=enregistre")
	x.as("reader").open(at).must(t, 200).says(t, "Aucun rappel ne part automatiquement", "Pour changer ce calendrier")
	if page := x.as("reader").open(at); strings.Contains(page.body, "<form") {
		t.Error("a reader is shown the form")
	}
}

func TestPlanFormComesBackFilled(t *testing.T) {
	x := newTeam(t)
	b, at := x.as("agent"), "/equipe/poles/estrie/rappels"
	for name, c := range map[string]struct{ plan, after, before, hour, field, says string }{
		"no choice": {"", "10", "", "9", "plan", "choisissez si le pôle rappelle"},
		"words":     {"own", "dix", "", "9", "after", "écrivez des nombres de jours"},
		"too many":  {"own", "5, 10, 20", "7", "9", "after", "trois rappels au plus"},
		"before":    {"own", "10", "366", "9", "before", "écrivez des nombres de jours"},
		"none":      {"own", "", "", "9", "after", "donnez au moins un nombre"},
		"hour":      {"own", "10", "", "25", "remindhour", "choisissez une heure"},
	} {
		a := b.post(at, "plan", c.plan, "after", c.after, "before", c.before, "remindhour", c.hour).must(t, 422)
		a.says(t, c.says)
		if !strings.Contains(a.body, `href="#`+c.field+`"`) || !strings.Contains(a.body, `id="`+c.field+`-error"`) || !strings.Contains(a.body, `value="`+c.after+`"`) {
			t.Errorf("%s: no way to the field, or what was typed is lost", name)
		}
	}
	if p, err := x.world.Pole(t.Context(), "estrie"); err != nil || !p.Reminders.IsZero() {
		t.Errorf("kept %+v, %v", p.Reminders, err)
	}
}

func TestRemindingFromThePage(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	b, at := x.as("agent"), "/equipe/invitations/"+inv.ID
	b.open(at).must(t, 200).says(t, "0 sur 3", "2\u00a0décembre\u00a02026, 9\u00a0h\u00a000", "Envoyer un rappel maintenant", "camille@example.org")
	b.post(at+"/rappeler").leadsTo(t, at+"?fait=rappelee")
	b.open(at+"?fait=rappelee").must(t, 200).says(t, "Le rappel part tout de suite", "1 sur 3", "à compter du 23\u00a0novembre\u00a02026, 10\u00a0h\u00a000")
	b.post(at+"/rappeler").must(t, 409).says(t, "Le prochain pourra partir à compter du 23\u00a0novembre\u00a02026, 10\u00a0h\u00a000")
	if mails := x.world.Deliver(t); len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryReminder {
		t.Fatalf("%d mails", len(mails))
	}
	b.post(at+"/ne-plus-rappeler").leadsTo(t, at+"?fait=sans-rappel")
	stopped := b.open(at+"?fait=sans-rappel").must(t, 200)
	stopped.says(t, "sont arrêtés", "Reprendre les rappels", "Rappels arrêtés par vous")
	if strings.Contains(stopped.body, at+"/rappeler") {
		t.Error("a reminder is offered though they are stopped")
	}
	b.post(at+"/reprendre-rappels").leadsTo(t, at+"?fait=avec-rappel")
	b.open(at+"?fait=avec-rappel").must(t, 200).says(t, "reprennent", "2\u00a0décembre\u00a02026")
	if page := x.as("reader").open(at).must(t, 200); strings.Contains(page.body, "rappeler") || !strings.Contains(page.body, "1 sur 3") {
		t.Error("a reader may remind, or does not see where reminders stand")
	}
	signed := x.signedOne()
	if page := b.open("/equipe/invitations/" + signed.ID); strings.Contains(page.body, "Prochain rappel") {
		t.Error("a signed invitation speaks of reminders")
	}
}

func TestAddressesThatAreNotWrittenTo(t *testing.T) {
	x := newTeam(t)
	at := "/equipe/poles/estrie/desabonnements"
	b := x.as("agent")
	b.open(at).must(t, 200).says(t, "Aucune adresse pour l’instant")
	to := func(email string) workflow.MailContent {
		inv, err := x.world.Service.Invite(t.Context(), workflow.Operator(), func() workflow.InviteRequest {
			r := workflowtest.Request()
			r.Contact.Email = email
			return r
		}())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range x.world.Deliver(t) {
			if m.Delivery.InvitationID == inv.ID {
				return m
			}
		}
		t.Fatal("not mailed")
		return workflow.MailContent{}
	}
	lost, gone := to("perdue@example.org"), to("partie@example.org")
	report := workflow.BounceReport{DeliveryID: lost.Delivery.ID, Recipients: []string{"perdue@example.org"}, Answer: "550 5.1.1 unknown <perdue@example.org>"}
	if err := x.world.Bounce(t.Context(), report); err != nil {
		t.Fatal(err)
	}
	x.world.Clock.Move(time.Minute)
	if _, err := x.world.Unsubscribe(t.Context(), path.Base(gone.UnsubscribeURL), workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	b.open("/equipe/invitations/"+lost.Delivery.InvitationID).must(t, 200).says(t, "Boîte inconnue", "550 5.1.1 unknown", "Non remise")
	page := b.open(at).must(t, 200)
	page.says(t, "2 adresses", "perdue@example.org", "Courriel revenu", "Boîte inconnue", "550 5.1.1 unknown", "partie@example.org", "S’est désabonnée", "Seule la personne")
	if n := strings.Count(page.body, `name="email"`); n != 1 {
		t.Errorf("%d addresses may be lifted", n)
	}
	masked := x.as("reader").open(at).must(t, 200)
	masked.says(t, "p…@example.org")
	if strings.Contains(masked.body, "perdue@") || strings.Contains(masked.body, "partie@") || strings.Contains(masked.body, "<form") {
		t.Error("a reader sees whole addresses, or may lift one")
	}
	b.post(at, "email", "partie@example.org").must(t, 409).says(t, "la loi ne permet pas au pôle")
	b.post(at, "email", "perdue@example.org").leadsTo(t, at+"?fait=retiree")
	b.open(at+"?fait=retiree").must(t, 200).says(t, "L’adresse est retirée de la liste", "1 adresse")
	b.open(at+"?page=2").must(t, 200)
	b.open(at+"?page=x").must(t, 422)
}
