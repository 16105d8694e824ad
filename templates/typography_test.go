package templates

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// frenchFaults are the rules of Québec French that a pattern can see.
var frenchFaults = []struct {
	pattern *regexp.Regexp
	say     string
}{
	{regexp.MustCompile(`[^\x{00a0}/](:)(?:[^/0-9]|$)`), "a no-break space goes before :"},
	{regexp.MustCompile(`[^\x{00a0}]»`), "a no-break space goes before »"},
	{regexp.MustCompile(`«[^\x{00a0}]`), "a no-break space goes after «"},
	{regexp.MustCompile(`[^\x{00a0}][%$]`), "a no-break space goes before % and $"},
	{regexp.MustCompile(`[\s\x{00a0}\x{202f}][;!?]`), "nothing goes before ; ! ?"},
	{regexp.MustCompile(`'`), "the apostrophe is ’"},
	{regexp.MustCompile(`"`), "quotation marks are « »"},
	{regexp.MustCompile(`(?i)identité vérifiée|signature qualifiée|double authentification|signature avancée`), "words never to use"},
	{regexp.MustCompile(`(?i)\be-?mails?\b|\bvalider\b|\bcookies?\b|\buploader\b`), "there is a French word"},
	{regexp.MustCompile(`·`), "no point médian"},
	{regexp.MustCompile(`\d[hH]\d|\d [hH] \d`), "time is written 14 h 30 with no-break spaces"},
}

// faultsOf gives what is wrong with French text.
func faultsOf(text string) (found []string) {
	for _, fault := range frenchFaults {
		if fault.pattern.MatchString(text) {
			found = append(found, fault.say)
		}
	}
	return found
}

func TestFrenchTypography(t *testing.T) {
	for key, forms := range catalogue(t, workflow.French) {
		for _, text := range forms {
			for _, fault := range faultsOf(placeholder.ReplaceAllString(text, "x")) {
				t.Errorf("%s: %s: %s", key, fault, text)
			}
		}
	}
	texts, _ := fs.Glob(textFiles, "texts/*.fr.md")
	declarations, _ := fs.Glob(declarationFiles, "declarations/*.fr.md")
	if len(texts) == 0 || len(declarations) == 0 {
		t.Fatal("no texts")
	}
	for _, name := range slices.Concat(texts, declarations) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(text), "\n") {
			for _, fault := range faultsOf(strings.ReplaceAll(line, "**", "")) {
				t.Errorf("%s: %s: %s", name, fault, line)
			}
		}
	}
}

func TestFaultsAreSeen(t *testing.T) {
	for _, wrong := range []string{"Note : x", "Note: x", "«\u00a0a »", "« a\u00a0»", "5 %", "Allô !", "non ;", "l'eau", "dit \"oui\"",
		"identité vérifiée", "Valider", "les signataire·s", "à 14h30", "un email"} {
		if len(faultsOf(wrong)) == 0 {
			t.Errorf("nothing is said of %q", wrong)
		}
	}
	for _, right := range []string{"Note\u00a0: x", "«\u00a0a\u00a0»", "5\u00a0%", "Allô! Oui; non?", "l’eau", "https://example.org", "14\u00a0h\u00a030"} {
		if found := faultsOf(right); len(found) > 0 {
			t.Errorf("%q: %v", right, found)
		}
	}
}

// Pages hold no words: whatever is not asked of the catalogue is not
// translated.
func TestPagesHoldNoWords(t *testing.T) {
	action := regexp.MustCompile(`(?s){{.*?}}`)
	tag := regexp.MustCompile(`(?s)<[^>]*>`)
	letters := regexp.MustCompile(`\b\pL*\p{Ll}\pL+\b`) // abbreviations such as CSV are the same in both
	command := regexp.MustCompile(`(?s)<code>.*?</code>|<style>.*?</style>`)
	spoken := regexp.MustCompile(`(?:alt|title|placeholder|aria-label)="[^"{]*\pL`)
	err := fs.WalkDir(pageFiles, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := pageFiles.ReadFile(name)
		text := command.ReplaceAllString(string(raw), "")
		if found := letters.FindAllString(tag.ReplaceAllString(action.ReplaceAllString(text, ""), ""), -1); found != nil {
			t.Errorf("%s says %v by itself", name, found)
		}
		if found := spoken.FindString(text); found != "" {
			t.Errorf("%s says %s by itself", name, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
