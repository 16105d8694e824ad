package main

import (
	"crypto/rand"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/templates"
	"jachete/workflow"
)

var (
	head  = regexp.MustCompile(`(?s)<head>.*?</head>`)
	tag   = regexp.MustCompile(`<[^>]*>`)
	words = regexp.MustCompile(`[\s\x{00a0}]+`)
)

func plainWords(text string) string { return words.ReplaceAllString(text, " ") }

// What the file says, its page says: the same facts in the same words.
func TestPageSaysWhatTheFileSays(t *testing.T) {
	at := time.Date(2026, 11, 22, 19, 3, 22, 0, time.UTC)
	content := workflow.CertificateContent{
		Number: "ESJ-2026-7KQ4-M2XD", VerifyURL: "https://esja.example.org/v/ESJ-2026-7KQ4-M2XD", BaseURL: "https://esja.example.org",
		DeclarationID: "esja", DeclarationVersion: "1.0", DeclarationTitle: "Déclaration d’engagement",
		DeclarationText:   "Nous, **Ville de Rivière-Exemple**, constatons que\u00a0:\n\n1. tout va;\n2. rien ne manque.\n",
		DeclarationSHA256: workflow.TextSHA256("texte"),
		Organisation:      workflow.Snapshot{Name: "Ville de Rivière-Exemple", MRCName: "Memphrémagog", RegionName: "Estrie", NEQ: "1199999906"},
		Pole:              workflow.PoleSnapshot{Name: "Pôle de l’Exemple"},
		Signatory:         workflow.Signatory{Name: "Camille Exemple", Function: "direction générale"},
		Resolution:        workflow.Resolution{Number: "2026-118", Date: "2026-11-02", Body: "conseil municipal"},
		Mailbox:           "c…@example.org", MailboxConfirmedAt: at, Consent: "En cliquant, je signe.", ConsentSHA256: workflow.TextSHA256("oui"), SignedAt: at,
	}
	for i, kind := range []workflow.StepKind{workflow.StepInvited, workflow.StepMailed, workflow.StepConsulted, workflow.StepCodeSent,
		workflow.StepCodeConfirmed, workflow.StepSigned} {
		content.Steps = append(content.Steps, workflow.CertificateStep{Kind: kind, At: at.Add(time.Duration(i) * time.Minute)})
	}
	file, page := textOfFile(t, content, at), textOfPage(t, content)
	facts := []string{content.Number, content.DeclarationSHA256, "Ville de Rivière-Exemple, Memphrémagog, Estrie, NEQ 1199999906", content.Pole.Name,
		"Camille Exemple, direction générale", "2026-118", "2 novembre 2026", "conseil municipal", content.Consent, content.ConsentSHA256,
		"Contrôle de la boîte c…@example.org confirmé à 14 h 03, le 22 novembre 2026", "tout va;", "rien ne manque."}
	for _, step := range content.Steps {
		facts = append(facts, templates.Sentence(workflow.French, "twin.step-"+string(step.Kind), nil), workflow.LocalStamp(step.At), workflow.UTCStamp(step.At))
	}
	for _, fact := range facts {
		for name, text := range map[string]string{"file": file, "page": page} {
			if !strings.Contains(text, plainWords(fact)) {
				t.Errorf("the %s does not say %q", name, fact)
			}
		}
	}
	if t.Failed() {
		t.Logf("%s\n\n%s", file, page)
	}
}

func textOfFile(t *testing.T, c workflow.CertificateContent, at time.Time) string {
	t.Helper()
	key, _, err := pades.Generate(rand.Reader, at, "Essai")
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := pdf.New(key, nil, at)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := sealer.Seal(t.Context(), c, at)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, sealed.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return plainWords(string(out))
}

func textOfPage(t *testing.T, c workflow.CertificateContent) string {
	t.Helper()
	page, err := templates.CertificatePage(c, workflow.Sealed{})
	if err != nil {
		t.Fatal(err)
	}
	return plainWords(html.UnescapeString(tag.ReplaceAllString(head.ReplaceAllString(string(page), ""), "")))
}
