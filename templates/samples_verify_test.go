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

// A person who did not choose to be named is not, in the text either.
func TestTwinNamesOnlyWhoChoseIt(t *testing.T) {
	declarations, err := Declarations()
	must(err)
	c := sampleCommitments("Ville de Rivière-Exemple")[0]
	c.PublicName, c.PublicFunction = "Camille Exemple", "direction générale"
	c.ResolutionNumber = "2019-118"
	page := &Verified{Declaration: declarations[0], Verification: workflow.Verification{Commitment: c}}
	if text := string(page.Text()); !strings.Contains(text, "Camille Exemple</strong>, direction générale") ||
		!strings.Contains(text, "no\u00a02019-118 adoptée le 17\u00a0novembre\u00a02026") {
		t.Error(text)
	}
	page.Verification.Commitment.PublicName, page.Verification.Commitment.PublicFunction = "", ""
	if text := string(page.Text()); !strings.Contains(text, "la personne signataire</strong>, fonction non publiée") || strings.ContainsAny(text, "{}[]") {
		t.Error(text)
	}
}

// A seal that no authority has dated says so.
func TestTimestampIsNeverInvented(t *testing.T) {
	for level, want := range map[string]bool{"B-B": false, "": false, "B-X": false, "B-T": true, "B-LT": true, "B-LTA": true} {
		page := &Verified{Frame: Frame{Lang: workflow.French}, Verification: workflow.Verification{Level: level}}
		if stamped := !strings.Contains(page.Stamp(), "en attente"); stamped != want {
			t.Errorf("%q: %s", level, page.Stamp())
		}
	}
}

// The service's own authority is never shown as somebody else, nor a file
// without timestamp as having one from it.
func TestOwnTimeIsNoThirdPartys(t *testing.T) {
	for _, level := range []string{"B-B", "B-T", "B-LT", "B-LTA"} {
		page := &Verified{Frame: Frame{Lang: workflow.French}, Verification: workflow.Verification{Level: level, OwnTime: true}}
		if own := strings.Contains(page.Stamp(), "du service lui-même, et non par un tiers"); own != (level != "B-B") {
			t.Errorf("%s: %s", level, page.Stamp())
		}
		if strings.Contains(page.Level(), "d’une autorité") {
			t.Errorf("%s: %s", level, page.Level())
		}
	}
}
