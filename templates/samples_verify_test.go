package templates

import (
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// verdictSamples are every verdict on a file, about one commitment.
func verdictSamples(c workflow.Commitment) (pages []Page) {
	for _, found := range []workflow.FileVerification{
		{Verdict: workflow.VerdictGenuine, Number: "ESJ-2026-7KQ4-M2XD"},
		{Verdict: workflow.VerdictEnded, Number: "ESJ-2026-7KQ4-M2XD"},
		{Verdict: workflow.VerdictAltered, Number: "ESJ-2026-7KQ4-M2XD", Added: 1, Original: "http://127.0.0.1:8080/c/a.b.c"},
		{Verdict: workflow.VerdictAltered, Number: "ESJ-2026-7KQ4-M2XD", Added: 4321, Original: "http://127.0.0.1:8080/c/a.b.c"},
		{Verdict: workflow.VerdictAltered, Number: "ESJ-2026-7KQ4-M2XD"},
		{Verdict: workflow.VerdictUnknown},
		{Verdict: "a verdict that is not known yet"},
	} {
		found.SHA256 = sampleHash
		if found.Number != "" {
			found.Commitment = c
		}
		pages = append(pages, &FileVerdict{Found: found})
	}
	return pages
}

// Only what was issued byte for byte may look or sound as if it were.
func TestOnlyGenuineFilesAreCalledSo(t *testing.T) {
	for _, page := range verdictSamples(sampleCommitments("Ville de Rivière-Exemple")[0]) {
		verdict := page.(*FileVerdict)
		genuine := verdict.Found.Verdict == workflow.VerdictGenuine || verdict.Found.Verdict == workflow.VerdictEnded
		for lang, words := range map[workflow.Language][]string{workflow.French: {"authentique", "valide"}, workflow.English: {"genuine", "valid"}} {
			verdict.Lang = lang
			out, err := Render(page)
			if err != nil {
				t.Fatal(err)
			}
			html := strings.ToLower(string(out))
			said := slices.ContainsFunc(words, func(word string) bool { return strings.Contains(html, word) })
			if said != genuine || strings.Contains(html, `class="verdict bad"`) == genuine {
				t.Errorf("%s in %s: %s", verdict.Found.Verdict, lang, html)
			}
		}
	}
}

// sampleContent is what a certificate says, with that text wherever there is one.
func sampleContent(text string) workflow.CertificateContent {
	c := workflow.CertificateContent{Number: "ESJ-2026-7KQ4-M2XD", VerifyURL: "https://esja.example.org/v/ESJ-2026-7KQ4-M2XD",
		DeclarationID: "esja", DeclarationVersion: "1.0", DeclarationTitle: text, DeclarationText: "# " + text + "\n\nNous, **Camille Exemple**.\n",
		DeclarationSHA256: sampleHash, Pole: workflow.PoleSnapshot{Name: text}, Consent: text, ConsentSHA256: sampleHash,
		Organisation: workflow.Snapshot{Name: text, MRCName: "Memphrémagog", RegionName: "Estrie", NEQ: "1199999906"},
		Signatory:    workflow.Signatory{Name: "Camille Exemple", Function: "direction générale"}, Mailbox: "c…@example.org",
		Resolution: workflow.Resolution{Number: "2019-118", Date: "2019-06-03", Body: text, Sitting: text, ExtractSHA256: sampleHash}, MailboxConfirmedAt: sampleTime, SignedAt: sampleTime, Drawing: samplePicture}
	for _, kind := range []workflow.StepKind{workflow.StepInvited, workflow.StepMailed, workflow.StepConsulted, workflow.StepCodeSent,
		workflow.StepCodeConfirmed, workflow.StepSigned} {
		c.Steps = append(c.Steps, workflow.CertificateStep{Kind: kind, At: sampleTime})
	}
	return c
}

// A person who did not choose to be named is not, nor is a mailbox shown to the
// public; who holds the certificate reads all of it.
func TestTwinNamesOnlyWhoChoseIt(t *testing.T) {
	declarations, err := Declarations()
	must(err)
	c := sampleCommitments("Ville de Rivière-Exemple")[0]
	c.PublicName, c.PublicFunction = "Camille Exemple", "direction générale"
	page := &Verified{Frame: Frame{Lang: workflow.French}, Declaration: declarations[0],
		Verification: workflow.Verification{Commitment: c, Record: workflow.Certificate{Content: sampleContent("Ville de Rivière-Exemple")}}}
	if text := string(page.Twin().Text); !strings.Contains(text, "Camille Exemple</strong>, direction générale") ||
		!strings.Contains(text, "no\u00a02019-118 adoptée le 3\u00a0juin\u00a02019") {
		t.Error(text)
	}
	page.Verification.Commitment.PublicName, page.Verification.Commitment.PublicFunction = "", ""
	if text := string(page.Twin().Text); !strings.Contains(text, "la personne signataire</strong>, fonction non publiée") || strings.ContainsAny(text, "{}[]") {
		t.Error(text)
	}
	out, err := Render(page)
	must(err)
	if html := string(out); strings.Contains(html, "Camille") || strings.Contains(html, "@") || strings.Contains(html, "direction générale") || strings.Contains(html, samplePicture.Text()) {
		t.Error("the public page tells who signed, or where the code went")
	}
	full, err := CertificatePage(page.Verification.Record.Content, workflow.Sealed{SHA256: sampleHash})
	must(err)
	page.Verification.Commitment.PublicName = "Camille Exemple" // a name is no drawing
	if out, err = Render(page); err != nil || strings.Contains(string(out), samplePicture.Text()) {
		t.Errorf("the public page shows how the person signs: %v", err)
	}
	for _, want := range []string{"Camille Exemple, direction générale", "Signature dessinée de Camille Exemple", samplePicture.Text(), "c…@example.org", sampleHash, "Consentement donné"} {
		if !strings.Contains(string(full), want) {
			t.Errorf("the holder's page lacks %s", want)
		}
	}
}

// A seal that no authority has dated says so, and one that will be says that.
func TestTimestampIsNeverInvented(t *testing.T) {
	twin := Twin{Frame: &Frame{Lang: workflow.French}, Sealed: workflow.Sealed{Level: "B-LT"}}
	if got := twin.Stamp(); !strings.Contains(got, "Aucune autorité") {
		t.Error(got)
	}
	twin.Awaited = true
	if got := twin.Stamp(); !strings.Contains(got, "en attente") {
		t.Error(got)
	}
	twin.Sealed.StampedBy, twin.Sealed.StampedAt = "Autorité d’exemple", sampleTime
	if got := twin.Stamp(); !strings.HasPrefix(got, "Autorité d’exemple, à 20") || !strings.Contains(got, "UTC") || strings.Contains(got, "lui-même") {
		t.Error(got)
	}
	twin.Sealed.StampedOwn = true
	if got := twin.Stamp(); !strings.Contains(got, "du service lui-même, et non un tiers") {
		t.Error(got)
	}
}
