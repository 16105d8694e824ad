package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The page about the data is sound, and its block of linked data offends no
// policy: a browser does not run it.
func TestOpenDataPage(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	awaitSnapshot(t, demo)
	for _, width := range []int{phone, desk} {
		p := newPage(t, browser, width)
		for _, lang := range []string{"fr", "en"} {
			if status := p.open(demo.base + "/donnees?lang=" + lang); status != http.StatusOK {
				t.Fatalf("%d", status)
			}
			p.sound(fmt.Sprintf("donnees-%s-%d", lang, width))
			if kind := ask(p, chromedp.Evaluate[string](`JSON.parse(document.querySelector('script[type="application/ld+json"]').text)["@graph"][0]["@type"]`)); kind != "Dataset" {
				t.Errorf("linked data: %s", kind)
			}
		}
	}
}

// A page of another site reads the data in a real browser, with a tag too, which
// its browser asks about first; an error it can read as well.
func TestOtherSitesReadTheData(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><html lang="fr"><title>Carte</title><link rel="icon" href="data:,">`)
	}))
	t.Cleanup(other.Close)
	p := newPage(t, browser, desk)
	p.open(other.URL)
	read := func(script string) string {
		return ask(p, chromedp.Evaluate[string](`(async () => {`+script+`})()`, chromedp.EvalAwaitPromise))
	}
	for _, path := range []string{"/api/v1/signatories.json", "/api/v1/signatories.csv", "/flux.atom"} {
		got := read(fmt.Sprintf(`const first = await fetch(%[1]q); await first.text();
			const again = await fetch(%[1]q, {headers: {"If-None-Match": first.headers.get("ETag")}, cache: "no-store"});
			return first.status + " " + again.status + " " + (first.headers.get("Link") || "").includes("license")`, demo.base+path))
		if got != "200 304 true" {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := read(fmt.Sprintf(`const r = await fetch(%q); return r.status + " " + (await r.json()).key`, demo.base+"/api/v1/signatories/nobody")); got != "404 register.not-found" {
		t.Errorf("an error: %s", got)
	}
	if got := read(fmt.Sprintf(`try { await fetch(%q); return "read" } catch { return "refused" }`, demo.base+"/signataires")); got != "refused" {
		t.Errorf("a page of ours: %s", got)
	}
}

// awaitSnapshot waits for the schedule's first turn.
func awaitSnapshot(t *testing.T, demo *server) {
	t.Helper()
	zone, err := time.LoadLocation("America/Toronto")
	if err != nil {
		t.Fatal(err)
	}
	today := time.Now().In(zone).Format(time.DateOnly)
	eventually(t, "a snapshot of today", func() bool {
		answer, err := http.Get(demo.base + "/api/v1/snapshots/" + today + ".json.sha256")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
}
