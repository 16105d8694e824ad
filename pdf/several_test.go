package pdf

import (
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// several is a certificate that two persons of the organisation signed, and the
// pôle.
func several() workflow.CertificateContent {
	c := sample()
	c.DeclarationText = strings.ReplaceAll(c.DeclarationText, "mairesse, personne autorisée", "mairesse, et par Dominique Essai, greffier et directeur général adjoint, personnes autorisées")
	act := func(seat workflow.Seat, name, function, mailbox string, before time.Duration) workflow.CertificateSignatory {
		return workflow.CertificateSignatory{Seat: seat, Signatory: workflow.Signatory{Name: name, Function: function}, Mailbox: mailbox,
			MailboxConfirmedAt: noon.Add(-before - time.Minute), Consent: c.Consent, ConsentSHA256: c.ConsentSHA256, SignedAt: noon.Add(-before)}
	}
	c.Signatories = []workflow.CertificateSignatory{
		act(workflow.SeatFirst, "Camille Exemple", "Mairesse", "c…@example.org", 2*time.Hour),
		act(workflow.SeatSecond, "Dominique Essai", "Greffier et directeur général adjoint", "d…@example.org", time.Hour),
		act(workflow.SeatPole, "Sacha Gabarit", "Direction générale", "s…@example.org", 0),
	}
	c.Signatories[2].Consent = "En cliquant sur «\u00a0Contresigner\u00a0», je confirme avoir lu la déclaration, avoir l’autorisation de la contresigner au nom de " + c.Pole.Name + ", et vouloir que ce geste tienne lieu de signature."
	var steps []workflow.CertificateStep
	for _, who := range c.Signatories {
		for _, step := range c.Steps {
			at := who.SignedAt.Add(-noon.Sub(step.At))
			steps = append(steps, workflow.CertificateStep{Kind: step.Kind, At: at, Who: who.Name})
		}
	}
	c.Steps = steps
	return c
}

func TestEverybodyWhoSignedIsOnTheCertificate(t *testing.T) {
	file := write(t, "c.pdf", seal(t, several()).PDF)
	text := run(t, "pdftotext", "-layout", file, "-")
	first, second, _ := strings.Cut(text, "\f")
	for _, words := range []string{"Camille Exemple", "et par", "Dominique Essai", "Contresignée par Sacha Gabarit, Direction générale, pour", "Pôle d’économie sociale de la Démo"} {
		if !strings.Contains(strings.ReplaceAll(strings.Join(strings.Fields(first), " "), "\u00a0", " "), words) {
			t.Errorf("page 1 lacks %q:\n%s", words, first)
		}
	}
	for _, words := range []string{"Autre signataire", "Contrôle de la boîte d…@example.org", "Pour le pôle", "signée – Sacha Gabarit"} {
		if !strings.Contains(strings.Join(strings.Fields(second), " "), words) {
			t.Errorf("page 2 lacks %q:\n%s", words, second)
		}
	}
}
