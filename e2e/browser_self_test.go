package e2e

import (
	"bytes"
	"fmt"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// specimen serves small pages under the strictest policy, the way the real
// pages are served.
func specimen(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	serve := func(path, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src 'self' data:; form-action 'self'")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><html lang="fr"><title>Essai</title>`+
				`<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"><main><h1>Essai</h1>%s</main>`, body)
		})
	}
	serve("/sain", `<p>Rien à signaler.</p><a href="/fichier">Télécharger</a>`)
	serve("/sans-texte", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`)
	serve("/script", `<script>document.title = "non"</script>`)
	serve("/tiers", `<img alt="" src="http://ailleurs.example.org/point.gif">`)
	serve("/image-absente", `<img alt="" src="/absente.png">`)
	serve("/large", `<table><tr><td>`+strings.Repeat("x", 400)+`</td></tr></table>`)
	serve("/formulaire", `<form method="post" action="/recu"><label>Nom <input name="nom"></label><button>Envoyer</button></form>`)
	mux.HandleFunc("GET /absente", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `<!doctype html><html lang="fr"><title>Absente</title><link rel="icon" href="data:,"><h1>Absente</h1>`)
	})
	mux.HandleFunc("POST /recu", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "vu", Value: "oui", HttpOnly: true})
		name, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, `<!doctype html><title>Reçu</title><p id="nom">%s</p>`, name)
	})
	mux.HandleFunc("GET /cookie", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<!doctype html><p id="n">%d</p>`, len(r.Cookies()))
	})
	mux.HandleFunc("GET /fichier", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="essai.bin"`)
		w.Write(bytes.Repeat([]byte("octets"), 10_000))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowserSeesFaults(t *testing.T) {
	site, browser := specimen(t), chromium(t)
	fresh := func(path string) *page {
		p := newPage(t, browser, phone)
		if status := p.open(site + path); status != http.StatusOK {
			t.Fatalf("%s answers %d", path, status)
		}
		return p
	}
	t.Run("a sound page has none", func(t *testing.T) {
		p := fresh("/sain")
		if v, c, o := p.violations(), p.complaints(), p.overflow(); len(v)+len(c)+o != 0 {
			t.Errorf("violations %v, complaints %v, overflow %d", v, c, o)
		}
	})
	t.Run("an image without words", func(t *testing.T) {
		found := fresh("/sans-texte").violations()
		if !slices.ContainsFunc(found, func(v violation) bool { return v.ID == "image-alt" }) {
			t.Errorf("axe found %v", found)
		}
	})
	t.Run("a page that is not there, on purpose", func(t *testing.T) {
		p := newPage(t, browser, phone)
		if status := p.open(site + "/absente"); status != http.StatusNotFound {
			t.Fatalf("answers %d", status)
		}
		p.open(site + "/sain")
		if c := p.complaints(); len(c) != 0 {
			t.Errorf("complaints %q", c)
		}
	})
	t.Run("a picture that is not there", func(t *testing.T) {
		expectComplaint(t, fresh("/image-absente"), "/absente.png")
	})
	t.Run("a script the policy refuses", func(t *testing.T) {
		expectComplaint(t, fresh("/script"), "Content Security Policy")
	})
	t.Run("a request to someone else", func(t *testing.T) {
		expectComplaint(t, fresh("/tiers"), "ailleurs.example.org")
	})
	t.Run("a page too wide for a phone", func(t *testing.T) {
		if fresh("/large").overflow() <= 0 {
			t.Error("not seen")
		}
	})
}

func expectComplaint(t *testing.T, p *page, part string) {
	t.Helper()
	// A round trip through the page: the console's messages came before.
	p.overflow()
	eventually(t, "the browser complains of "+part, func() bool {
		return strings.Contains(strings.Join(p.complaints(), "\n"), part)
	})
}

func TestBrowserActsAsAPerson(t *testing.T) {
	site, browser := specimen(t), chromium(t)
	p := newPage(t, browser, desk)
	p.open(site + "/formulaire")
	p.fill("input", "Nguyễn-Tremblay")
	if status := p.follow("button"); status != http.StatusOK {
		t.Errorf("the form's answer has status %d", status)
	}
	if got := p.text("#nom"); got != "nom=Nguy%E1%BB%85n-Tremblay" {
		t.Errorf("the form sent %q", got)
	}
	if got := p.address(); got != site+"/recu" {
		t.Errorf("at %s", got)
	}
	p.open(site + "/cookie")
	if got := p.text("#n"); got != "1" {
		t.Errorf("the same person brings %s cookies back, want 1", got)
	}
	other := newPage(t, browser, desk)
	other.open(site + "/cookie")
	if got := other.text("#n"); got != "0" {
		t.Errorf("someone else brings %s cookies, want 0", got)
	}
	if !p.has("#n") || p.has("#absent") {
		t.Error("has is wrong")
	}
}

func TestBrowserSavesFiles(t *testing.T) {
	site, browser := specimen(t), chromium(t)
	p := newPage(t, browser, phone)
	p.open(site + "/sain")
	if got := p.download("a"); len(got) != 60_000 {
		t.Errorf("saved %d bytes, want 60,000", len(got))
	}
	folder := t.TempDir()
	t.Setenv("SCREENSHOTS", folder)
	p.screenshot("sain")
	file, err := os.Open(filepath.Join(folder, "sain.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != phone {
		t.Errorf("the picture is %d px wide, want %d", picture.Width, phone)
	}
}
