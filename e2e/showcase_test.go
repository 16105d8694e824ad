package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// maxWeight is what a public page may weigh with everything it loads, as it
// travels, in bytes.
const maxWeight = 60_000

// shownIn tells what a reader of the page pays for it: how far its parts moved
// while it loaded, how many scripts it runs, and its weight.
const shownIn = `new Promise(done => {
	let moved = 0;
	new PerformanceObserver(list => { for (const e of list.getEntries()) moved += e.value }).observe({type: "layout-shift", buffered: true});
	setTimeout(() => {
		const loads = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
		done({moved, scripts: [...document.scripts].filter(s => s.type !== "application/ld+json").length,
			weight: loads.reduce((sum, e) => sum + e.encodedBodySize, 0),
			painted: performance.getEntriesByName("first-contentful-paint").length});
	}, 300);
})`

// showcasePages are the pages that make others want to sign, and a word each
// says.
var showcasePages = []struct{ path, name, says string }{
	{"/", "accueil", "des 17 régions du Québec"},
	{"/signataires", "registre", "engagements"},
	{"/signataires?tri=date&etat=active", "registre-filtre", "État"},
	{"/signataires?q=rien+de+tel", "registre-vide", "Aucun résultat"},
	{"/regions/estrie", "region", "Les engagements, année par année"},
	{"/regions/nord-du-quebec", "region-vide", "n’a encore signé"},
	{"/mrc/memphremagog", "mrc", "Stukely-Sud"},
	{"/poles/estrie", "pole", "Joindre le pôle"},
	{"/journal", "journal", "Dernier point de contrôle"},
	{"/?lang=en", "accueil-en", "of the 17 regions of Québec"},
}

// The public pages are sound on a phone and at a desk: nothing moves while they
// load, they run no script, and weigh little.
func TestShowcase(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{desk, phone} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width, n: 70}
		for _, p := range showcasePages {
			if status := j.open(demo.base + p.path); status != http.StatusOK {
				t.Fatalf("%s: %d", p.path, status)
			}
			if text := j.text("main"); !strings.Contains(text, p.says) {
				t.Errorf("%s does not say %q:\n%s", p.path, p.says, text)
			}
			j.costsLittle(p.path)
			j.sees("vitrine-" + p.name)
			if p.path == "/" {
				j.followsTheMap()
			}
		}
	}
}

// costsLittle asks the page what it cost its reader.
func (j *journey) costsLittle(path string) {
	j.t.Helper()
	cost := ask(j.page, chromedp.Evaluate[struct {
		Moved                    float64
		Scripts, Weight, Painted int
	}](shownIn, chromedp.EvalAwaitPromise))
	if cost.Moved > 0.01 || cost.Scripts > 0 || cost.Weight > maxWeight || cost.Painted == 0 {
		j.t.Errorf("%s at %d: %+v", path, j.width, cost)
	}
}

// followsTheMap goes from the map to a region, and back.
func (j *journey) followsTheMap() {
	j.t.Helper()
	j.goes(`svg.map a[href="/regions/estrie"]`)
	if title := j.text("h1"); title != "Estrie" {
		j.t.Errorf("the map leads to %q", title)
	}
}
