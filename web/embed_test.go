package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// checkFramed holds an answer to what is true of those that any site may frame.
func checkFramed(t *testing.T, name string, h http.Header) {
	t.Helper()
	for header, want := range map[string]string{"Content-Security-Policy": policyEmbed, "X-Frame-Options": "", "Cross-Origin-Resource-Policy": "cross-origin",
		"Set-Cookie": "", "X-Robots-Tag": "noindex", "Cache-Control": "public, max-age=300", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	for _, never := range []string{"script-src", "unsafe", "connect-src", "nonce"} {
		if strings.Contains(h.Get("Content-Security-Policy"), never) {
			t.Errorf("%s: the policy lets %s", name, never)
		}
	}
}

// Of all addresses only embeds may be framed, whoever asks, in every language.
func TestOnlyEmbedsAreFramed(t *testing.T) {
	x := newSite(t)
	var framed []string
	for _, r := range Routes() {
		if r.Method != get {
			continue
		}
		path := strings.NewReplacer(":where", "quebec", ":slug", "longueuil", ":file", styleFile, ":version", "1.0").Replace(r.Path)
		for _, query := range []string{"", "?lang=en", "?theme=dark"} {
			h := x.get(path + query).Header
			if h.Get("X-Frame-Options") != "DENY" || !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				framed = append(framed, path)
			}
		}
	}
	if want := []string{"/embed/quebec"}; !slices.Equal(slices.Compact(framed), want) {
		t.Errorf("framed: %v, want %v", framed, want)
	}
	for _, path := range []string{"/embed/longueuil", "/embed/quebec?lang=en&theme=light", "/embed/inconnu", "/embed/%00", "/embed/" + strings.Repeat("a", 500)} {
		checkFramed(t, path, x.get(path).Header)
	}
	for _, path := range []string{"/embed/", "/embed/quebec/", "/embed/quebec/x", "/embed", "/Embed/quebec"} {
		checkHeaders(t, path, x.get(path).must(t, 404).Header)
	}
}

// Whoever sees an embed is not known there, whatever the browser brings.
func TestEmbedsDependOnTheirAddressOnly(t *testing.T) {
	x := newSite(t)
	x.certified()
	b := x.browser()
	b.cookies = map[string]string{cookieLanguage: "en", cookieTeam: "x", cookieSigning: "x"}
	b.headers = map[string]string{"Accept-Language": "en-CA", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
	for _, path := range []string{"/embed/quebec", "/embed/quebec?lang=en", "/embed/longueuil?theme=dark", "/embed/inconnu?lang=en"} {
		plain, visited := x.get(path), b.open(path)
		if plain.body != visited.body || len(visited.Cookies()) > 0 || len(plain.Cookies()) > 0 {
			t.Errorf("%s: another answer, or a cookie %v", path, visited.Cookies())
		}
	}
	if limited := newSite(t, func(c *Config) { c.PagesPerMinute = 1 }); true {
		limited.get("/embed/quebec?lang=en").must(t, 200)
		if a := limited.get("/embed/quebec?lang=en").must(t, 429); len(a.Cookies()) > 0 {
			t.Errorf("a refusal leaves %v", a.Cookies())
		}
	}
}

func TestEmbedsSayWhoSigned(t *testing.T) {
	x := newSite(t)
	x.get("/embed/quebec").must(t, 200).says(t, "Signataires au Québec", "Aucune organisation n’a encore signé", "Voir le registre")
	_, number := x.certified()
	quebec, pole := x.get("/embed/quebec").must(t, 200), x.get("/embed/longueuil").must(t, 200)
	quebec.says(t, "1 organisation signataire", "1 région", "Ville de Rivière-Exemple", "2026-11-22 , Municipalité")
	pole.says(t, "1 organisation signataire", "Ville de Rivière-Exemple")
	x.get("/embed/longueuil?lang=en").must(t, 200).says(t, "1 signatory organization", "2026-11-22 , Municipality", "See the register")
	x.get("/embed/estrie").must(t, 200).says(t, "Aucune organisation n’a encore signé")
	x.get("/embed/inconnu").must(t, 404).says(t, "Ce pôle n’est pas connu", "Voir le registre")
	for _, a := range []answer{quebec, pole} {
		if strings.Contains(a.body, "Camille") || strings.Contains(a.body, number) || strings.Contains(a.body, "<script") {
			t.Errorf("an embed holds too much: %s", a.body)
		}
		for _, link := range regexp.MustCompile(`<a [^>]*>`).FindAllString(a.body, -1) {
			if !strings.Contains(link, `target="_top" rel="noopener"`) {
				t.Errorf("a link stays in the frame: %s", link)
			}
		}
	}
	for theme, class := range map[string]string{"light": ` class="light">`, "dark": ` class="dark">`, "": `<html lang="fr-CA">`, "blue": `<html lang="fr-CA">`} {
		if a := x.get("/embed/quebec?theme=" + theme); !strings.Contains(a.body, class) {
			t.Errorf("theme %q: %.60s", theme, a.body)
		}
	}
	x.get("/static/"+embedFile).must(t, 200)
}

// What is under embargo, replaced or withdrawn is not in an embed.
func TestEmbedsKeepSecrets(t *testing.T) {
	x := newTeam(t)
	underEmbargo(t, x)
	for _, path := range []string{"/embed/quebec", "/embed/estrie"} {
		a := x.get(path).must(t, 200)
		a.says(t, "Aucune organisation n’a encore signé")
		if strings.Contains(a.body, "Gabarit") {
			t.Errorf("%s tells", path)
		}
	}
	x.world.Clock.Move(25 * time.Hour)
	x.get("/embed/estrie").must(t, 200).says(t, secretName)
}

// A tag spares caches what they have, and the short answer may be framed too.
func TestEmbedsAreSparing(t *testing.T) {
	x := newSite(t)
	_, link := x.invite(func(r *workflow.InviteRequest) { r.Kind = workflow.KindCompany })
	x.browser().sign(link)
	first := x.get("/embed/quebec").must(t, 200)
	b := x.browser()
	b.headers["If-None-Match"] = first.Header.Get("ETag")
	if a := b.open("/embed/quebec").must(t, http.StatusNotModified); a.Header.Get("Content-Security-Policy") != policyEmbed {
		t.Error("the short answer may not be framed")
	}
	b.open("/embed/quebec?lang=en").must(t, 200)
}

// BenchmarkEmbed makes an embed of a register of 25,000 lines.
func BenchmarkEmbed(b *testing.B) {
	x := benchSite(b, 25_000)
	x.App().Handler() // makes the router ready
	x.request(b, "/embed/quebec", http.StatusOK)
	b.ReportAllocs()
	for b.Loop() {
		x.request(b, "/embed/quebec", http.StatusOK)
	}
}

// request asks without the cost of a test's own client.
func (x *site) request(b *testing.B, path string, status int) {
	f := new(fasthttp.RequestCtx)
	f.Request.Header.SetHost(testHost)
	f.Request.SetRequestURI(path)
	f.Request.Header.SetMethod(http.MethodGet)
	x.app.Server().Handler(f)
	if f.Response.StatusCode() != status {
		b.Fatalf("%s: %d %s", path, f.Response.StatusCode(), f.Response.Body())
	}
}
