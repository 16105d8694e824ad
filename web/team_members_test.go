package web

import (
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestInvitingAColleague(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b := x.as("admin")
	b.post("/equipe/membres/nouveau", "name", "Jo Exemple", "email", "jo@", "role", "agent").must(t, 422).
		says(t, "adresse complète", "choisissez au moins un pôle")
	b.post("/equipe/membres/nouveau", "name", "Jo Exemple", "email", "agent@example.org", "role", "admin").must(t, 409).says(t, "a déjà cette adresse")
	a := b.post("/equipe/membres/nouveau", "name", "Jo Exemple", "email", "jo@example.org", "role", "agent", "pole-estrie", "1", "pole-montreal", "1")
	at, _, _ := strings.Cut(a.Header.Get("Location"), "?")
	if a.StatusCode != 303 || !strings.HasPrefix(at, "/equipe/membres/") {
		t.Fatalf("%d, %s", a.StatusCode, at)
	}
	mails := x.world.Deliver(t)
	if len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryWelcome || mails[0].LinkURL != workflowtest.BaseURL+"/equipe/connexion" {
		t.Errorf("mailed %+v", mails)
	}
	b.open(at+"?fait=invitee").must(t, 200).says(t, "courriel d’accueil part", "Membre de l’équipe ajouté", "accepté par le serveur")
	b.open("/equipe/membres").must(t, 200).says(t, "Jo Exemple")
	x.as("agent").open("/equipe/membres").must(t, 200).says(t, "Jo Exemple", "admin@example.org")
	read := x.as("agent").open(at).must(t, 200)
	read.says(t, "jo@example.org", "Agente ou agent")
	if strings.Contains(read.body, "<form method=\"post\" action=\"/equipe/membres") || strings.Contains(read.body, "Membre de l’équipe ajouté") {
		t.Error("an agent sees more than the colleague")
	}
}

func TestChangingAColleague(t *testing.T) {
	x := newTeam(t)
	x.enrol()
	b, colleague := x.as("admin"), x.as("colleague")
	at := "/equipe/membres/" + x.people["colleague"].ID
	colleague.open("/equipe/poles/estrie").must(t, 200)
	b.post(at, "name", "Camille Équipe", "role", "reader", "pole-montreal", "1").leadsTo(t, at+"?fait=enregistree")
	colleague.open("/equipe/poles/estrie").must(t, 404)
	colleague.open("/equipe/poles/montreal").must(t, 200)
	colleague.open("/equipe/invitations/nouvelle").must(t, 403)
	b.post(at+"/fermer").leadsTo(t, at+"?fait=fermee")
	colleague.open("/equipe").leadsTo(t, "/equipe/connexion")
	b.post(at+"/rouvrir").leadsTo(t, at+"?fait=rouverte")
	x.as("colleague").open("/equipe").must(t, 200)

	self := "/equipe/membres/" + x.people["admin"].ID
	b.post(self+"/fermer").must(t, 409).says(t, "dernière personne qui administre")
	b.post(self, "name", "Camille Équipe", "role", "agent", "pole-estrie", "1").must(t, 409).says(t, "dernière personne qui administre")
	b.post(self+"/application").must(t, 409).says(t, "dans votre profil")
	b.open("/equipe").must(t, 200)
}

func TestOwnSessionsAndAuthenticator(t *testing.T) {
	x := newTeam(t)
	here, there := x.as("agent"), x.as("agent")
	page := here.open("/equipe/profil").must(t, 200)
	page.says(t, "Navigateur inconnu", "Ce navigateur", "Fermer toutes les autres sessions")
	if strings.Count(page.body, "/fermer\"") != 2 || strings.Contains(page.body, here.cookies[cookieTeam]) {
		t.Error("not one button for each other browser, or the page holds a secret")
	}
	_, handle, _ := strings.Cut(page.body, "/equipe/profil/sessions/")
	handle = handle[:16]
	x.as("reader").post("/equipe/profil/sessions/"+handle+"/fermer").must(t, 404)
	there.open("/equipe").must(t, 200)
	here.post("/equipe/profil/sessions/"+handle+"/fermer").leadsTo(t, "/equipe/profil?fait=fermee")
	there.open("/equipe").leadsTo(t, "/equipe/connexion")
	there = x.as("agent")
	here.post("/equipe/profil/sessions/fermer").leadsTo(t, "/equipe/profil?fait=fermees")
	there.open("/equipe").leadsTo(t, "/equipe/connexion")

	here.post("/equipe/profil/application", "code", "000000").must(t, 422).says(t, "ce code n’est pas le bon")
	key := x.offered(here)
	before := here.cookies[cookieTeam]
	here.post("/equipe/profil/application", "code", x.codeOf(key)).leadsTo(t, "/equipe/profil?fait=inscrite")
	if here.cookies[cookieTeam] == before {
		t.Error("the session kept its secret")
	}
	here.open("/equipe/profil").must(t, 200).says(t, "Remplacer l’application")
	x.world.Clock.Move(60e9)
	next := x.offered(here)
	here.post("/equipe/profil/application", "current", "000000", "code", x.codeOf(next)).must(t, 422).says(t, "Code de l’application actuelle\u00a0: ce code n’est pas le bon")
	here.post("/equipe/profil/application", "current", x.codeOf(key), "code", x.codeOf(next)).leadsTo(t, "/equipe/profil?fait=remplacee")
	here.open("/equipe").must(t, 200)
}

// offered reads the secret that the page of the authenticator shows.
func (x *teamSite) offered(b *browser) string {
	x.t.Helper()
	return keyIn(x.t, b.open("/equipe/profil/application").must(x.t, 200).body)
}

// codeOf is the code an authenticator shows now.
func (x *teamSite) codeOf(key string) string {
	return workflowtest.TOTP(key, x.world.Clock.Now().Unix()/30)
}
