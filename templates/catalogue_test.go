package templates

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// message is a sentence, or its plural forms.
type message map[string]string

// catalogue reads every sentence of a language as the files hold them.
func catalogue(t *testing.T, lang workflow.Language) map[string]message {
	t.Helper()
	files, err := fs.Glob(localeFiles, "locales/*."+string(lang)+".json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogue in %s: %v", lang, err)
	}
	all := map[string]message{}
	for _, name := range files {
		raw, err := localeFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var entries map[string]any
		if err := json.Unmarshal(raw, &entries); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, value := range entries {
			if _, twice := all[key]; twice {
				t.Errorf("%s: %s is in another file too", name, key)
			}
			all[key] = message{}
			switch v := value.(type) {
			case string:
				all[key]["other"] = v
			case map[string]any:
				for form, text := range v {
					all[key][form], _ = text.(string)
				}
			}
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`{{\.([A-Za-z]+)}}`)

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	fr, en := catalogue(t, workflow.French), catalogue(t, workflow.English)
	for key, sentence := range fr {
		other, ok := en[key]
		if !ok {
			t.Errorf("%s is missing in English", key)
			continue
		}
		if !slices.Equal(slices.Sorted(maps.Keys(sentence)), slices.Sorted(maps.Keys(other))) {
			t.Errorf("%s has not the same plural forms in both languages", key)
		}
		if a, b := placeholders(sentence), placeholders(other); !slices.Equal(a, b) {
			t.Errorf("%s: French says %v, English %v", key, a, b)
		}
		for form, text := range sentence {
			if strings.TrimSpace(text) == "" || strings.TrimSpace(other[form]) == "" {
				t.Errorf("%s (%s) is empty", key, form)
			}
		}
	}
	for key := range en {
		if _, ok := fr[key]; !ok {
			t.Errorf("%s is missing in French", key)
		}
	}
}

func placeholders(m message) []string {
	found := map[string]bool{}
	for _, text := range m {
		for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
			found[match[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// sources reads the files of the project that match, by name.
func sources(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("nothing matches %s: %v", pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

// matches gives the first group of every match.
func matches(text, pattern string) (found []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// deadLinks are the reasons why a link no longer opens.
var deadLinks = []string{"signed", "revoked", "declined", "transferred", "replaced", "expired", "ceremony", "paused"}

// families are keys made of a prefix and a value, with the values there are.
func families(t *testing.T) map[string][]string {
	domain := sources(t, "../workflow/*.go")
	fields := slices.Concat(matches(domain, `f\.(?:add|check)\("([a-z]+)"`), matches(domain, `Field: "([a-z]+)"`), matches(domain, `problem\.Field = "([a-z]+)"`),
		matches(domain, `refuseField\("([a-z]+)"`))
	var kinds, errorKinds, moves []string
	for _, k := range workflow.OrganisationKinds {
		kinds = append(kinds, string(k))
	}
	for _, k := range []workflow.ErrorKind{workflow.NotFound, workflow.Invalid, workflow.Conflict, workflow.Gone, workflow.Forbidden,
		workflow.Unauthenticated, workflow.Limited, workflow.Unavailable, workflow.Internal} {
		errorKinds = append(errorKinds, string(k))
	}
	names := map[string]string{}
	for _, m := range regexp.MustCompile(`(Action[A-Z]\w+)\s+Action = "([a-z]+)"`).FindAllStringSubmatch(domain, -1) {
		names[m[1]] = m[2]
	}
	for _, name := range slices.Concat(matches(domain, `mustGo\([^,]+, (Action\w+)`), matches(domain, `(?:move|edit)ByStaff\([^)]*?(Action\w+)`)) {
		moves = append(moves, names[name])
	}
	for _, before := range []string{"", `"[a-z-]+", `, `(?:"[a-z-]+", ){2}`} {
		fields = append(fields, matches(domain, `cleanCosignatory\([^"\n]*`+before+`"([a-z-]+)"`)...)
	}
	all := map[string][]string{
		"kind.": kinds, "register.mode-": {string(workflow.ModeElectronic), string(workflow.ModePaper)}, "error.title.": errorKinds, "error.text.": errorKinds, "field.": fields,
		"limit.":             matches(domain, `limit\{"([a-z-]+)"`),
		"invitation.cannot-": moves,
		"twin.step-":         matches(domain, `Step\w+\s+StepKind = "([a-z-]+)"`),
		"link.":              append([]string{"unknown"}, deadLinks...),
		"dead.title.":        deadLinks,
		"practice.":          matches(domain, `Practice\w+\s+Practice = "([a-z]+)"`),
		"cookie.":            matches(sources(t, "../web/cookies.go"), `Use: "([a-z-]+)"`),
		"status.":            {"active", "renewed", "withdrawn", "superseded", "lapsed"},
	}
	maps.Copy(all, teamFamilies(t))
	maps.Copy(all, batchFamilies(t))
	maps.Copy(all, paperFamilies())
	maps.Copy(all, afterFamilies())
	maps.Copy(all, pathsFamilies())
	maps.Copy(all, supplierFamilies())
	maps.Copy(all, requestFamilies())
	return all
}

const keyShape = `"([a-z][a-z0-9-]*(?:\.[a-z0-9-]*[a-z0-9])+)"`

// used gives every key that a page or the code asks for, by its full name.
func used(t *testing.T) map[string]bool {
	t.Helper()
	pages := sources(t, "*.html", "pages/*.html")
	domain := sources(t, "../workflow/*.go")
	keys := slices.Concat(
		matches(pages, `\.[TN] `+keyShape),
		matches(sources(t, "*.go"), `(?:\.[TN]\(|Sentence\(\S+, )`+keyShape),
		matches(domain, `(?:refuse\(\w+, |refuseField\("[a-z]+", |wrongCode\(|f\.add\("[a-z-]+", |Key: |Key[A-Z]\w+ = |return |key = )`+keyShape),
		matches(sources(t, "../web/*.go"), `(?:refusal\(\S+ |Key: |Sentence\(\S+ |word\(|choose\([^"\n]*|invalid\([^,\n]+, )`+keyShape),
		matches(sources(t, "../store/*.go", "../pdf/*.go"), `Key: `+keyShape),
	)
	found := map[string]bool{}
	for _, key := range keys {
		found[key] = true
	}
	for prefix, values := range families(t) {
		if len(values) == 0 {
			t.Errorf("no value of the family %s was found", prefix)
		}
		for _, value := range values {
			found[prefix+value] = true
		}
	}
	return found
}

func TestEveryKeyIsWordedAndEverySentenceUsed(t *testing.T) {
	fr, asked := catalogue(t, workflow.French), used(t)
	for key := range asked {
		if _, ok := fr[key]; !ok {
			t.Errorf("%s is asked for and has no sentence", key)
		}
	}
	for key := range fr {
		if !asked[key] {
			t.Errorf("%s is worded and nothing asks for it", key)
		}
	}
}

func TestScanFindsKeys(t *testing.T) {
	asked := used(t)
	for _, key := range []string{"site.name", "text.empty", "text.symbol", "date.future", "step.review", "invitation.cannot-resend",
		"invitation.moved", "limit.code-pause", "link.revoked", "kind.mrc", "field.typed", "field.code", "request.not-found"} {
		if !asked[key] {
			t.Errorf("the scan does not see %s", key)
		}
	}
}

func TestPluralsAreThoseOfTheLanguage(t *testing.T) {
	for _, c := range []struct {
		lang workflow.Language
		n    int
		want string
	}{
		{workflow.French, 0, "organisation signataire"}, {workflow.French, 1, "organisation signataire"},
		{workflow.French, 2, "organisations signataires"}, {workflow.French, 1_000_000, "organisations signataires"},
		{workflow.English, 0, "signatory organizations"}, {workflow.English, 1, "signatory organization"},
	} {
		if got := CountSentence(c.lang, "home.signatories", c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}

func TestUnknownKeyShows(t *testing.T) {
	if got := Sentence(workflow.French, "no.such-key", nil); got != "no.such-key" {
		t.Error(got)
	}
}
