package mail

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var (
	tags   = regexp.MustCompile(`(?s)<style>.*?</style>|<[^>]*>`)
	spaces = regexp.MustCompile(`[ \n]+`)
)

// readable gives the words of an HTML part.
func readable(t testing.TB, page string) string {
	t.Helper()
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(page, " ")), " ")
}

// addresses are no prose: their colons and slashes follow other rules.
var addresses = regexp.MustCompile(`https?://\S+|\S+@\S+`)

// faults are what Québec French typography refuses, each with a name.
var faults = map[string]*regexp.Regexp{
	"no no-break space before :":      regexp.MustCompile(`[^\x{a0}\d]:|[^\x{a0}]:\s`),
	"no no-break space before »":      regexp.MustCompile(`[^\x{a0}]»`),
	"no no-break space after «":       regexp.MustCompile(`«[^\x{a0}]`),
	"no no-break space before % or $": regexp.MustCompile(`[^\x{a0}][%$]`),
	"space before ; ! ?":              regexp.MustCompile(`[\s\x{a0}][;!?]`),
	"straight apostrophe":             regexp.MustCompile(`'`),
	"straight quotation mark":         regexp.MustCompile(`"`),
	"point médian":                    regexp.MustCompile(`·`),
}

var forbidden = []string{
	"identité vérifiée", "signature qualifiée", "double authentification", "identity verified",
	"qualified signature", "two-factor", "valider", "email address was verified", "e-mail",
}

func TestFrenchMailsFollowQuebecTypography(t *testing.T) {
	for name, m := range samples(t, newComposer(t)) {
		l := parse(t, m)
		for part, text := range map[string]string{"subject": l.Subject, "text": l.Text, "html": readable(t, l.HTML)} {
			text = addresses.ReplaceAllString(text, "")
			for _, words := range forbidden {
				if strings.Contains(strings.ToLower(text), words) {
					t.Errorf("%s %s: forbidden words %q", name, part, words)
				}
			}
			if strings.ContainsAny(text, "{}") {
				t.Errorf("%s %s: a value was not put in: %q", name, part, text)
			}
			if !strings.HasSuffix(name, ".fr") {
				continue
			}
			for fault, pattern := range faults {
				if at := pattern.FindStringIndex(text); at != nil {
					t.Errorf("%s %s: %s: %q", name, part, fault, text[max(0, at[0]-30):min(len(text), at[1]+10)])
				}
			}
		}
	}
}

func TestTypographyFaultsAreSeen(t *testing.T) {
	for text, fault := range map[string]string{
		"Courriel : x": "no no-break space before :",
		"Courriel: x":  "no no-break space before :",
		"«\u00a0oui »": "no no-break space before »",
		"« oui":        "no no-break space after «",
		"10 %":         "no no-break space before % or $",
		"Merci\u00a0!": "space before ; ! ?",
		"l'achat":      "straight apostrophe",
	} {
		if !faults[fault].MatchString(text) {
			t.Errorf("%q passes for good typography", text)
		}
	}
}
