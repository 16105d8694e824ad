package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
)

func TestPostersSayWhatThePagesDo(t *testing.T) {
	x := newSite(t)
	for path, want := range map[string]string{"site": "Under:Aucune organisation n’a encore signé", "region-monteregie": "Title:Montérégie Under:Aucune", "pole-longueuil": "Longueuil Under:Aucune"} {
		x.get("/partage/"+path+".png").must(t, 200).says(t, want)
	}
	page, _ := x.certified()
	for path, want := range map[string]string{
		"site":                                  "Under:1\u00a0organisation signataire Where:1\u00a0région Site:" + testHost,
		"site.png?lang=en":                      "Under:1\u00a0signatory organization Where:1\u00a0region",
		"region-monteregie":                     "Title:Montérégie Under:1\u00a0organisation signataire Where: ",
		"region-estrie":                         "Title:Estrie Under:Aucune organisation",
		"pole-longueuil":                        "Under:1\u00a0organisation signataire",
		"organisation-ville-de-riviere-exemple": "Title:Ville de Rivière-Exemple Under:L’organisation s’est engagée le 22\u00a0novembre\u00a02026 Where:Montérégie",
		"organisation-ville-de-riviere-exemple.png?lang=en": "The organization committed itself on November",
	} {
		if !strings.Contains(path, ".png") {
			path += ".png"
		}
		a := x.get("/partage/"+path).must(t, 200)
		a.says(t, want)
		if strings.Contains(a.body, "Camille") {
			t.Errorf("%s names a person", path)
		}
		h := a.Header
		if h.Get("Content-Type") != "image/png" || h.Get("Cross-Origin-Resource-Policy") != "cross-origin" || h.Get("Cache-Control") != "public, max-age=300" || len(a.Cookies()) > 0 {
			t.Errorf("%s: %v", path, h)
		}
		b := x.browser()
		b.headers["If-None-Match"] = h.Get("ETag")
		b.open("/partage/"+path).must(t, http.StatusNotModified)
	}
	for _, unknown := range []string{"site-x", "region-x", "pole-x", "organisation-x", "organisation", "x", "region-", "region-Monteregie", "%00", strings.Repeat("a", 500)} {
		x.get("/partage/"+unknown+".png").must(t, 404)
	}
	x.withdraw(page)
	x.get("/partage/organisation-ville-de-riviere-exemple.png").must(t, 200).says(t, "Under:Son engagement a pris fin", "Ended:true")
}

// withdraw ends the commitment behind the link of a certificate.
func (x *site) withdraw(page string) {
	x.t.Helper()
	b := x.browser()
	b.confirms(page, "retrait").leadsTo(x.t, page+"/retrait")
	b.post(page+"/retrait", "confirm", "1").leadsTo(x.t, page+"?fait=retrait")
}

// Under embargo an organisation has no picture, and the figures do not count it.
func TestPostersKeepSecrets(t *testing.T) {
	x := newTeam(t)
	underEmbargo(t, x)
	secret, unknown := x.get("/partage/organisation-cooperative-gabarit-secrete.png"), x.get("/partage/organisation-x.png")
	if secret.StatusCode != 404 || unknown.StatusCode != 404 || headersOf(secret) != headersOf(unknown) {
		t.Errorf("%d and %d", secret.StatusCode, unknown.StatusCode)
	}
	for _, page := range []string{"site", "region-estrie", "pole-estrie"} {
		x.get("/partage/"+page+".png").must(t, 200).says(t, "Aucune organisation")
	}
	x.world.Clock.Move(25 * time.Hour)
	for _, page := range []string{"site", "region-estrie", "pole-estrie"} {
		x.get("/partage/"+page+".png").must(t, 200).says(t, "1\u00a0organisation signataire")
	}
}

// A picture is drawn once however many ask at once, again only when what it says
// has changed, and few are kept.
func TestPicturesAreDrawnOnce(t *testing.T) {
	d := newDrawn[string]()
	var draws, at atomic.Int32
	ask := func(what string) string {
		picture, err := d.get(t.Context(), what, func() ([]byte, error) {
			if at.Add(1) != 1 {
				t.Error("two at a time")
			}
			draws.Add(1)
			at.Add(-1)
			return []byte(what), nil
		})
		if err != nil {
			t.Error(err)
		}
		return string(picture)
	}
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if what := fmt.Sprint(i % 4); ask(what) != what {
				t.Error("another picture")
			}
		})
	}
	all.Wait()
	if n := draws.Load(); n != 4 {
		t.Errorf("drawn %d times", n)
	}
	for i := range 3 * mostDrawn {
		ask(fmt.Sprint("many-", i))
		ask("0") // used all the time: stays
	}
	if n := draws.Load(); n != 4+3*mostDrawn || len(d.kept) != mostDrawn || len(d.used) != mostDrawn {
		t.Errorf("drawn %d times, %d kept, %d known", n, len(d.kept), len(d.used))
	}
	if _, err := d.get(t.Context(), "bad", func() ([]byte, error) { return nil, errors.New("no") }); err == nil {
		t.Error("a failure is a picture")
	}
	ask("bad")
	d.turn <- struct{}{}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.get(ended, "new", nil); !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("who waits in vain is told %v", err)
	}
	ask("bad") // kept: waits for nobody
}

// What a badge says changes, and so does its picture.
func TestKeptBadgesFollowTheirCommitment(t *testing.T) {
	drawings := 0
	x := newSite(t, func(c *Config) {
		c.BadgePNG = func(b workflow.Badge) ([]byte, error) { drawings++; return sampleBadgePNG(b) }
	})
	page, number := x.certified()
	for range 3 {
		x.get("/badge/"+number+".png").must(t, 200).says(t, "true")
	}
	if drawings != 1 {
		t.Errorf("drawn %d times", drawings)
	}
	x.withdraw(page)
	x.get("/badge/"+number+".png").must(t, 200).says(t, "false")
}

// BenchmarkKeptPicture is what a picture costs the second time, with its routes
// and headers.
func BenchmarkKeptPicture(b *testing.B) {
	x := benchSite(b, 1_000)
	x.App().Handler() // makes the router ready
	x.request(b, "/partage/organisation-organisation-00007.png", http.StatusOK)
	b.ReportAllocs()
	for b.Loop() {
		x.request(b, "/partage/organisation-organisation-00007.png", http.StatusOK)
	}
}
