package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// hostSite is another site, under another name than ours, whose only page holds
// what somebody pasted there.
func hostSite(t *testing.T, pasted string) (address string) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNoContent) // the browser asks for an icon
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Autre site</title><h1>Autre site</h1>%s</html>`, pasted)
	}))
	t.Cleanup(site.Close)
	return strings.Replace(site.URL, "127.0.0.1", "localhost", 1)
}

// frame attaches to a frame of another site, which has a process of its own.
func (p *page) frame(part string) *page {
	p.t.Helper()
	var found *page
	eventually(p.t, "the frame "+part, func() bool {
		targets, err := chromedp.Targets(p.ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, info := range targets {
			if info.Type == "iframe" && strings.HasSuffix(info.URL, part) {
				ctx, leave := chromedp.NewContext(p.ctx, chromedp.WithTargetID(info.TargetID))
				p.t.Cleanup(leave)
				found = watch(p.t, ctx)
				found.do(chromedp.Evaluate[chromedp.Void](axe(p.t))) // its page is there already
				return true
			}
		}
		return false
	})
	return found
}

// prefers emulates what the reader's device says of colours: "light" or "dark".
func (p *page) prefers(scheme string) {
	p.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, params); err != nil {
		p.t.Fatal(err)
	}
}

// cookies are those that the browser of a tab keeps.
func (p *page) cookies() (names []string) {
	p.t.Helper()
	kept, err := chromedp.CallBrowser(p.ctx, storage.GetCookies, storage.GetCookiesParams{BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, c := range kept.Cookies {
		names = append(names, c.Name)
	}
	return names
}

// longNames enters organisations on paper whose names, kinds and dates are as
// long as they come, so that a frame holds the most it can.
func longNames(t *testing.T, demo *server) {
	t.Helper()
	var list strings.Builder
	list.WriteString("organisation;type;region;date_annonce;source\n")
	for i := range 6 {
		fmt.Fprintf(&list, "Regroupement %d des établissements d’enseignement et des municipalités pour l’approvisionnement responsable auprès des entreprises d’économie sociale;Centre de services scolaire;16;avant 2026-11-0%d;Communiqué\n", i, i+1)
	}
	file := filepath.Join(t.TempDir(), "papier.csv")
	if err := os.WriteFile(file, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	demo.must("register", "import", file, "--pole", "longueuil")
}

// someNumber is the number of a certificate of the register.
func someNumber(t *testing.T, demo *server) string {
	t.Helper()
	answer, err := http.Get(demo.base + "/api/v1/signatories.json")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	var list struct {
		Signatories []struct{ Number, Status string }
	}
	if err != nil || json.Unmarshal(body, &list) != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	for _, s := range list.Signatories {
		if s.Number != "" && s.Status == "active" {
			return s.Number
		}
	}
	t.Fatal("nobody signed")
	return ""
}

// pastedFrom takes the lines that our page offers.
func pastedFrom(p *page, address string, ids ...string) (lines string) {
	p.t.Helper()
	if status := p.open(address); status != http.StatusOK {
		p.t.Fatalf("%s: %d", address, status)
	}
	for _, id := range ids {
		lines += "<div>" + ask(p, valueOf("#"+id)) + "</div>"
	}
	return lines
}

// What our page offers is pasted into another site: frames and badge show there,
// in light and dark, complete at 300 pixels, without a cookie or a complaint.
func TestOtherSitesShowTheRegister(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	longNames(t, demo)
	number := someNumber(t, demo)
	author := newPage(t, browser, desk)
	pasted := pastedFrom(author, demo.base+"/partager?numero="+number, "code-cadre", "code-badge", "code-lien") +
		pastedFrom(author, demo.base+"/partager?ou=longueuil", "code-cadre")
	address := hostSite(t, pasted)
	for _, width := range []int{phone, desk} {
		for _, scheme := range []string{"light", "dark"} {
			p := newPage(t, browser, width)
			p.prefers(scheme)
			p.open(address)
			ground := map[string]string{"light": "rgb(255, 255, 255)", "dark": "rgb(16, 23, 22)"}[scheme]
			for part, says := range map[string]string{"/embed/quebec": "Signataires au Québec", "/embed/longueuil": "Longueuil"} {
				f := p.frame(part)
				f.prefers(scheme)
				name := fmt.Sprintf("%d-cadre-%s-%s", width, filepath.Base(part), scheme)
				if text := f.text("main"); !strings.Contains(text, says) || !strings.Contains(text, "Regroupement 5") || !strings.Contains(text, "Voir le registre") {
					t.Errorf("%s says:\n%s", name, text)
				}
				if got := ask(f, chromedp.Evaluate[string](`getComputedStyle(document.body).backgroundColor`)); got != ground {
					t.Errorf("%s: the ground is %s", name, got)
				}
				f.holds(name)
			}
			if shown := ask(p, chromedp.Evaluate[bool](`[...document.images].every(i => i.complete && i.naturalWidth > 0)`)); !shown {
				t.Errorf("%d: the badge does not show", width)
			}
			p.screenshot(fmt.Sprintf("%d-autre-site-%s", width, scheme))
			for _, complaint := range p.complaints() {
				t.Errorf("%d: the browser complains: %s", width, complaint)
			}
			if kept := p.cookies(); len(kept) > 0 {
				t.Errorf("%d: cookies %v", width, kept)
			}
		}
	}
}

// tooTall is by how many CSS pixels a page is taller than its window.
const tooTall = `document.documentElement.scrollHeight - innerHeight`

// At each width of a frame nothing is cut sideways; from 300 pixels on, the height
// that is proposed holds everything.
func TestProposedHeightsHoldEverything(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	longNames(t, demo)
	author := newPage(t, browser, desk)
	for _, where := range []string{"quebec", "longueuil"} {
		for _, lang := range []string{"", "&lang=en"} {
			code := pastedFrom(author, demo.base+"/partager?ou="+where+lang, "code-cadre")
			var height int64
			if _, after, found := strings.Cut(code, `height="`); found {
				fmt.Sscanf(after, "%d", &height)
			}
			for _, width := range []int64{240, 300, 480, 800} {
				p := newPage(t, browser, int(width))
				p.do(chromedp.EmulateViewport(width, height))
				p.open(demo.base + "/embed/" + where + "?" + strings.TrimPrefix(lang, "&"))
				p.sound(fmt.Sprintf("cadre-%s-%d%s", where, width, strings.ReplaceAll(lang, "&lang=", "-")))
				if extra := ask(p, chromedp.Evaluate[int](tooTall)); width >= 300 && extra > 0 {
					t.Errorf("%s%s at %d px is taller than %d px by %d", where, lang, width, height, extra)
				}
			}
		}
	}
}

// No other page of ours shows in a frame.
func TestOtherPagesAreRefusedInFrames(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, path := range []string{"/signataires", "/partager", "/equipe/connexion"} {
		p := newPage(t, browser, desk)
		p.open(hostSite(t, `<iframe src="`+demo.base+path+`" title="x"></iframe>`))
		eventually(t, "a refusal of "+path, func() bool {
			return strings.Contains(strings.Join(p.complaints(), "\n"), "frame")
		})
		if said := ask(p, chromedp.Evaluate[bool](`document.querySelector("iframe").contentDocument === null`)); !said {
			t.Errorf("%s may be read", path)
		}
	}
}

// The pages that are found and shared, for eyes and for axe: lines to paste, the
// two legal pages, and what a dead address says.
func TestFoundAndSharedPages(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	number := someNumber(t, demo)
	for _, width := range []int{phone, desk} {
		for _, scheme := range []string{"light", "dark"} {
			p := newPage(t, browser, width)
			p.prefers(scheme)
			for name, at := range map[string]string{"partager": "/partager?numero=" + number, "partager-inconnu": "/partager?ou=longueuil&numero=ESJ-2026-AAAA-AAAA&lang=en",
				"confidentialite": "/confidentialite?lang=fr", "accessibilite": "/accessibilite", "introuvable": "/une/vieille-page", "organisation-introuvable": "/signataires/ville-de-riviere-exemple-9"} {
				p.open(demo.base + at)
				p.sound(fmt.Sprintf("%d-%s-%s", width, name, scheme))
			}
			p.open(demo.base + "/partager")
			p.click(`#code-cadre ~ button`)
		}
	}
}
