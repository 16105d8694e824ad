package web

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// Visitors leave without a cookie, whatever public page they read; only the
// choice of a language is remembered.
func TestVisitorsGetNoCookie(t *testing.T) {
	x := newSite(t)
	_, number := x.certified()
	seen := 0
	for _, r := range Routes() {
		if r.Method != get || r.Access != AccessPublic && r.Access != AccessRegister {
			continue
		}
		path := strings.NewReplacer(":slug", "longueuil", ":version", "1.0", ":number", number, ":file", styleFile, ":where", "quebec", ":page", "site", ":part", "1").Replace(r.Path)
		b := x.browser()
		b.headers = map[string]string{"Accept-Language": "en-CA,en;q=0.9", "User-Agent": "Mozilla/5.0"}
		for _, query := range []string{"", "?utm_source=x", "?langue=en"} {
			if a := b.open(path + query); len(a.Header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s%s sets %v", path, query, a.Header.Values("Set-Cookie"))
			}
			seen++
		}
	}
	if seen < 60 {
		t.Errorf("only %d answers", seen)
	}
	if cookies := x.get("/signataires?lang=en").Cookies(); len(cookies) != 1 || cookies[0].Name != cookieLanguage || cookies[0].Value != "en" {
		t.Errorf("a chosen language leaves %v", cookies)
	}
}

// The table of cookies names each that a handler sets, and how long it stays.
func TestTheTableOfCookiesIsTrue(t *testing.T) {
	set := map[string][]string{}
	call := regexp.MustCompile(`setCookie\(c, (cookie\w+), .*, ([\w.]+)\)`)
	names := map[string]string{}
	constant := regexp.MustCompile(`(?m)^\t(cookie\w+)\s+= "(\w+)"`)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range constant.FindAllStringSubmatch(string(source), -1) {
			names[m[1]] = m[2]
		}
		for _, m := range call.FindAllStringSubmatch(string(source), -1) {
			set[m[1]] = append(set[m[1]], m[2])
		}
		if strings.Count(string(source), "setCookie(c, ") != len(call.FindAllString(string(source), -1)) || strings.Contains(string(source), "c.Cookie(") && file != "cookies.go" {
			t.Errorf("%s sets a cookie that this test does not see", file)
		}
	}
	lives := map[string]time.Duration{"0": 0, "languageLife": languageLife, "workflow.CodeLife": workflow.CodeLife}
	have := map[string][]time.Duration{}
	for name, words := range set {
		for _, word := range words {
			life, known := lives[word]
			if !known {
				t.Fatalf("%s stays for %s, which this test does not know", name, word)
			}
			have[names[name]] = append(have[names[name]], life)
		}
		slices.Sort(have[names[name]])
		have[names[name]] = slices.Compact(have[names[name]])
	}
	want := map[string][]time.Duration{}
	for _, c := range cookieUses {
		want[c.Name] = slices.Sorted(slices.Values(c.Lives))
	}
	if fmt.Sprint(have) != fmt.Sprint(want) || len(slices.Collect(maps.Keys(want))) != 5 {
		t.Errorf("handlers set %v, the page tells %v", have, want)
	}
}

func TestPrivacyTellsCookiesAndWhoAnswers(t *testing.T) {
	x := newSite(t, func(c *Config) { c.BaseURL = mustURL(t, "https://declarations.example.org") })
	r := request("GET", "/confidentialite?pole=longueuil", "")
	r.Host = "declarations.example.org"
	a := x.ask(r).must(t, 200)
	a.says(t, "__Host-langue", "365\u00a0jours, ou jusqu’à la fermeture du navigateur", "__Host-connexion", "10 minutes", "Les personnes responsables",
		"Pour Pôle de l’économie sociale de l’agglomération de Longueuil", "Les autres pôles", "Commission d’accès à l’information")
	if strings.Count(a.body, "?pole=longueuil") != 0 {
		t.Error("the pôle that was asked for is among the others")
	}
	y := newSite(t)
	y.get("/confidentialite").must(t, 200).says(t, "Choisissez le pôle qui vous a invité")
	y.get("/confidentialite?pole=inconnu").must(t, 422)
	y.get("/accessibilite").must(t, 200).says(t, "SGQRI 008 3.0", "Évaluation faite par l’équipe qui réalise le service, le 26\u00a0novembre\u00a02026", "Les limites connues", "D’autres recours")
	y.get("/accessibilite?lang=en").must(t, 200).says(t, "on November 26, 2026")
}

// The lives that the page tells are those of the code, where this can see them.
func TestToldLivesAreTrue(t *testing.T) {
	x := newSite(t)
	days := func(life time.Duration) string { return fmt.Sprintf("%.0f\u00a0jours", life.Hours()/24) }
	x.get("/confidentialite").must(t, 200).says(t, fmt.Sprintf("Un code envoyé par courriel dure %.0f\u00a0minutes", workflow.CodeLife.Minutes()),
		"disparaît après "+days(workflow.PreviewLife)+" si personne ne la confirme; ses lignes, "+days(workflow.BatchRowsLife),
		"est oubliée "+days(workflow.RequestMemory)+" après que le pôle a classé sa demande",
		"oublie "+days(workflow.InvitationMemory)+" plus tard la personne invitée",
		fmt.Sprintf("leur texte %d\u00a0mois après leur envoi", workflow.MailMemoryMonths))
	x.get("/confidentialite?lang=en").must(t, 200).says(t, fmt.Sprintf("forgets %.0f days later the person invited", workflow.InvitationMemory.Hours()/24),
		fmt.Sprintf("their text %d months after", workflow.MailMemoryMonths))
}
