package web

import (
	"strings"
	"testing"
	"time"
)

// Whoever follows a dead address is helped: the words of the address are searched
// for, and organisations of the register that resemble are proposed.
func TestDeadAddressesHelp(t *testing.T) {
	x := newSite(t)
	x.certified()
	a := x.get("/une/vieille-page_d’avant").must(t, 404)
	a.says(t, "Page introuvable", "Chercher une organisation au registre", "Voir tout le registre", "Vérifier une attestation", "Aller à la page d’accueil")
	if !strings.Contains(a.body, `name="q" value="vieille page d avant"`) || strings.Contains(a.body, "Cherchiez-vous") {
		t.Errorf("%s", a.body)
	}
	for _, slug := range []string{"ville-de-riviere-exemple-2", "riviere-exemple", "ancienne-ville-riviere", "ville-exemple"} {
		a := x.get("/signataires/"+slug).must(t, 404)
		a.says(t, "Cherchiez-vous une de ces organisations?", "Ville de Rivière-Exemple", "Montérégie")
		if !strings.Contains(a.body, `href="/signataires/ville-de-riviere-exemple"`) {
			t.Errorf("%s proposes no way", slug)
		}
	}
	for _, slug := range []string{"ville-de-saint-x", "absente", "%00", "%ff", "a", strings.Repeat("b", 3000)} {
		if a := x.get("/signataires/"+slug).must(t, 404); strings.Contains(a.body, "Cherchiez-vous") {
			t.Errorf("%.20s proposes something", slug)
		}
	}
	x.get("/signataires/riviere?lang=en").must(t, 404).says(t, "Were you looking for one of these organizations?")
}

// Addresses that are somebody's own, files and data are plainly not found.
func TestDeadAddressesHelpOnlyInPublic(t *testing.T) {
	x := newTeam(t)
	agent := x.as("agent")
	for path, a := range map[string]answer{"staff": agent.open("/equipe/invitations/inconnue"), "staff, no route": agent.open("/equipe/x"), "picture": x.get("/partage/x.png"),
		"data": x.get("/api/v1/signatories/x"), "badge": x.get("/badge/x.svg"), "file": x.get("/static/x.css"), "link": x.get("/i/x"), "written": x.browser().send("DELETE", "/signataires", "")} {
		if strings.Contains(a.body, `role="search"`) {
			t.Errorf("%s: %d is helped", path, a.StatusCode)
		}
	}
}

// Under embargo an organisation is neither there nor proposed.
func TestDeadAddressesKeepSecrets(t *testing.T) {
	x := newTeam(t)
	underEmbargo(t, x)
	for _, slug := range []string{"cooperative-gabarit-secrete", "gabarit-secrete", "gabarit"} {
		if a := x.get("/signataires/"+slug).must(t, 404); strings.Contains(a.body, "Gabarit") || strings.Contains(a.body, "Cherchiez-vous") {
			t.Errorf("%s tells", slug)
		}
	}
	x.world.Clock.Move(25 * time.Hour)
	x.get("/signataires/gabarit").must(t, 404).says(t, secretName)
}
