package mail

import (
	"strings"
	"testing"

	"jachete/workflow"
)

func textOf(t *testing.T, content workflow.MailContent) Letter {
	t.Helper()
	m, err := newComposer(t).Delivery(content)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, m)
}

// The colleague reads who passes it on and why, and others nothing of the kind.
func TestAnInvitationThatWasPassedOnSaysByWhomAndWhy(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
	if text := textOf(t, content).Text; strings.Contains(text, "transfère") || strings.Contains(text, "Motif") {
		t.Errorf("nobody passed it on:\n%s", text)
	}
	content.PassedOnBy = workflow.Contact{Name: "Camille Exemple", Function: "Greffière"}
	if text := textOf(t, content).Text; !strings.Contains(text, "Camille Exemple, Greffière, vous transfère cette invitation") || strings.Contains(text, "Motif") {
		t.Errorf("passed on without a reason:\n%s", text)
	}
	content.TransferReason = "Elle signe ici, voir evil.example/x"
	if text := textOf(t, content).Text; !strings.Contains(text, "Motif\u00a0: Elle signe ici") || strings.Contains(text, "evil.example/x") {
		t.Errorf("passed on with a reason:\n%s", text)
	}
}

// The pôle is led to the new invitation; the person invited before is told what
// to do if it was somebody else.
func TestATransferIsToldToBothSides(t *testing.T) {
	content := sampleDelivery(workflow.DeliveryTransferred, workflow.French)
	content.Delivery.Recipient = "pole@example.org"
	pole := textOf(t, content)
	if pole.To != "pole@example.org" || !strings.Contains(pole.Text, content.LinkURL) || !strings.Contains(pole.Text, "Camille Exemple, de Ville de Rivière-Exemple, a transféré") ||
		!strings.Contains(pole.Text, "Nouvelle personne invitée\u00a0: Dominique Gabarit") || strings.Contains(pole.Text, "Ce n’est pas vous") {
		t.Errorf("to %s:\n%s", pole.To, pole.Text)
	}
	content.ToPole, content.LinkURL, content.Delivery.Recipient = false, "", content.Recipient.Email
	person := textOf(t, content)
	if !strings.HasPrefix(person.To, "Camille Exemple <") || strings.Contains(person.Text, "http") || !strings.Contains(person.Text, "Ce n’est pas vous qui l’avez demandé?") {
		t.Errorf("to %s:\n%s", person.To, person.Text)
	}
}

// Each reason has one line of its own, and what was added is a quotation.
func TestARefusalSaysItsReason(t *testing.T) {
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		seen := map[string]bool{}
		for _, reason := range workflow.RefusalReasons {
			content := sampleDelivery(workflow.DeliveryDeclined, lang)
			content.Refusal.Reason = reason
			l := textOf(t, content)
			if strings.Count(l.Text, "\nMotif\u00a0: ")+strings.Count(l.Text, "\nReason: ") != 1 || !strings.Contains(l.Text, "> Le conseil préfère attendre.\n> Merci!") || strings.Contains(l.To, "Camille") {
				t.Errorf("%s to %s:\n%s", reason, l.To, l.Text)
			}
			seen[l.Text] = true
		}
		if len(seen) != len(workflow.RefusalReasons) {
			t.Errorf("%s: %d different mails", lang, len(seen))
		}
	}
	content := sampleDelivery(workflow.DeliveryDeclined, workflow.French)
	content.Refusal.Words = ""
	if text := textOf(t, content).Text; strings.Contains(text, "ajoute") {
		t.Errorf("nothing was added:\n%s", text)
	}
}
