package web

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	titleTag = regexp.MustCompile(`<title>([^<]+)</title>`)
	metaTag  = regexp.MustCompile(`<meta (?:name|property)="([^"]+)" content="([^"]*)">`)
	linkTag  = regexp.MustCompile(`<link rel="(canonical|alternate)"(?: hreflang="([^"]+)")? href="([^"]+)">`)
)

// told is what the head of a page says of it: metadata by name, and links by
// "canonical" or the language of the alternate.
func told(html string) map[string]string {
	said := map[string]string{}
	for _, m := range metaTag.FindAllStringSubmatch(html, -1) {
		said[m[1]] = visible(m[2])
	}
	for _, m := range linkTag.FindAllStringSubmatch(html, -1) {
		if m[1] == "canonical" {
			m[2] = m[1]
		}
		said[m[2]] = visible(m[3])
	}
	if m := titleTag.FindStringSubmatch(html); m != nil {
		said["title"] = m[1]
	}
	return said
}

// publicPages are the addresses of every public page, of a register with one
// organisation.
func publicPages(x *site, number string) (paths []string) {
	for _, r := range Routes() {
		if r.Method != get || r.Access != AccessPublic && r.Access != AccessRegister || strings.HasPrefix(r.Path, embedPath) || r.Path == roomNextPath {
			continue // frames and the end of a ceremony are not to be found
		}
		slug := map[string]string{"/regions/:slug": "monteregie", "/poles/:slug": "longueuil"}[r.Path]
		if slug == "" {
			slug = "ville-de-riviere-exemple"
		}
		path := strings.NewReplacer(":slug", slug, ":version", "1.0", ":number", number, ":file", styleFile).Replace(r.Path)
		if a := x.get(path); a.StatusCode == 200 && strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			paths = append(paths, path)
		}
	}
	return paths
}

// Every public page says what it is to search engines and to whoever shares it,
// in both languages, and what it says of itself leads somewhere.
func TestPublicPagesAreDescribed(t *testing.T) {
	x := newSite(t)
	_, number := x.certified()
	pages := publicPages(x, number)
	if len(pages) < 13 {
		t.Fatalf("only %v", pages)
	}
	seen := map[string]string{}
	for _, path := range pages {
		for _, query := range []string{"", "?lang=en", "?lang=fr&q=x"} {
			said := told(x.get(path + query).body)
			address, picture := "http://"+testHost+path, said["og:image"]
			if query == "?lang=en" {
				address += query
			}
			for name, want := range map[string]string{"canonical": address, "og:url": address, "fr-CA": "http://" + testHost + path, "x-default": "http://" + testHost + path,
				"en-CA": "http://" + testHost + path + "?lang=en", "og:description": said["description"], "twitter:card": "summary_large_image", "robots": "",
				"og:locale": map[bool]string{true: "en_CA", false: "fr_CA"}[query == "?lang=en"]} {
				if said[name] != want {
					t.Errorf("%s%s: %s is %q, want %q", path, query, name, said[name], want)
				}
			}
			if n := utf8.RuneCountInString(said["description"]); n < 60 || n > 260 {
				t.Errorf("%s%s is described in %d characters: %s", path, query, n, said["description"])
			}
			if len(said["title"]) < 10 || !strings.HasPrefix(said["title"], said["og:title"]) {
				t.Errorf("%s%s has the title %q and is shared as %q", path, query, said["title"], said["og:title"])
			}
			before := seen[said["description"]]
			if before != "" && strings.TrimSuffix(before, "/1.0") != strings.TrimSuffix(path, "/1.0") {
				t.Errorf("%s is described as %s", path, before)
			}
			seen[said["description"]] = path
			x.get(pathOf(t, said["canonical"])).must(t, 200)
			x.get(pathOf(t, picture)).must(t, 200)
		}
	}
}

// pathOf is an absolute address of ours without its start.
func pathOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host != "http://"+testHost {
		t.Fatalf("%q is no absolute address of ours: %v", address, err)
	}
	return u.RequestURI()
}

// One page has one address, whatever else stands in it.
func TestPagesHaveOneAddress(t *testing.T) {
	x := newSite(t)
	_, number := x.certified()
	for path, want := range map[string]string{
		"/signataires?q=riviere": "/signataires", "/signataires?region=monteregie": "/signataires", "/signataires?page=1": "/signataires",
		"/v/" + strings.ToLower(number): "/v/" + number, "/confidentialite?pole=longueuil": "/confidentialite", "/?utm_source=x": "/",
	} {
		if got := told(x.get(path).must(t, 200).body)["canonical"]; got != "http://"+testHost+want {
			t.Errorf("%s has the address %s", path, got)
		}
	}
}

// What is private, refused or not there asks not to be found, and says nothing
// of itself to whoever it is shared with.
func TestPrivatePagesAreNotDescribed(t *testing.T) {
	x := newTeam(t)
	_, number, _ := underEmbargo(t, x)
	_, token := x.invited()
	guest, agent := x.browser(), x.as("agent")
	guest.post("/i/"+token).leadsTo(t, "/signature")
	for _, a := range []answer{x.get("/i/" + token), guest.open("/signature"), x.get("/equipe/connexion"), agent.open("/equipe"), agent.open("/equipe/membres"), x.get(roomNextPath),
		x.get("/rien"), x.get("/signataires/rien"), x.get("/v/x"), x.get("/v/" + number), x.get("/signataires?annee=x"), x.get("/c/x"), x.get("/desabonnement/x"), x.browser().post(retrievePath, "email", "x")} {
		said := told(a.body)
		if said["robots"] != "noindex, nofollow" || said["canonical"]+said["description"]+said["og:title"]+said["fr-CA"] != "" {
			t.Errorf("%s %d: %v", a.Request.RequestURI, a.StatusCode, said)
		}
	}
}
