package mail

import (
	"strings"
	"testing"

	"jachete/workflow"
)

// Each role reads about itself only, and nobody gets a way in.
func TestWelcomeTellsWhatToExpect(t *testing.T) {
	c := newComposer(t)
	said := map[workflow.Role]string{workflow.RoleAdmin: "application d’authentification", workflow.RoleAgent: "inviterez des organisations",
		workflow.RoleReader: "sans rien changer"}
	for role := range said {
		content := sampleDelivery(workflow.DeliveryWelcome, workflow.French)
		content.Role = role
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		text := parse(t, m).Text
		for other, words := range said {
			if strings.Contains(text, words) != (other == role) {
				t.Errorf("%s reads about %s:\n%s", role, other, text)
			}
		}
		if strings.Count(text, "https://") != 1 || !strings.Contains(text, "/equipe/connexion\n") {
			t.Errorf("%s: links\n%s", role, text)
		}
	}
}

func TestWhoSendsIsAsThePoleChose(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	content.Pole.Contact.SenderName, content.Pole.Contact.Privacy = "Achats sociaux du Haut-Essai", "Claude Exemple, vie.privee@example.org"
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	l := parse(t, m)
	if !strings.HasPrefix(l.From, "Achats sociaux du Haut-Essai — ") {
		t.Errorf("From: %s", l.From)
	}
	if !strings.Contains(l.Text, "Renseignements personnels\u00a0: Claude Exemple") {
		t.Errorf("nobody answers for personal information:\n%s", l.Text)
	}
}

func TestInvitationToAdhereAgainSaysSo(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	for _, on := range []string{"", "2019-11-15"} {
		content.Renews.SignedOn = on
		m, err := newComposer(t).Delivery(content)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(parse(t, m).Text, "a déjà signé, le 15\u00a0novembre\u00a02019."); got != (on != "") {
			t.Errorf("renewing the commitment of %q: said %v", on, got)
		}
	}
}
