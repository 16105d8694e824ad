package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jachete/store"
	"jachete/store/storetest"
	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/territory"
	"jachete/workflow/workflowtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		// fasthttp keeps one goroutine that tells the date to every server of the process
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
}

// testHost is the name tests use the site under.
const testHost = "127.0.0.1:8080"

// startTime is when the tests' story starts: a Sunday afternoon in Montréal.
var startTime = time.Date(2026, 11, 22, 19, 3, 22, 0, time.UTC)

// site is a whole service on a database of its own, with what tests look at.
type site struct {
	*Server
	t       testing.TB
	clock   *workflowtest.Clock
	courier *workflowtest.Courier
	links   *workflow.Links
	service *workflow.Service
}

// newSite makes a site; change edits its configuration first.
func newSite(t testing.TB, change ...func(*Config)) *site {
	t.Helper()
	x := &site{t: t, clock: workflowtest.NewClock(startTime), courier: &workflowtest.Courier{}}
	linkKeys := []workflow.LinkKey{{ID: "1", Secret: []byte(strings.Repeat("k", 32))}}
	x.service = newService(t, x, linkKeys)
	links, err := workflow.NewLinks(linkKeys, x.clock)
	if err != nil {
		t.Fatal(err)
	}
	x.links = links
	config := Config{Service: x.service, BaseURL: mustURL(t, "http://"+testHost), Preview: samplePreview, BadgeSVG: sampleBadge, BadgePNG: sampleBadgePNG, PosterPNG: samplePoster, PagesPerMinute: 100_000}
	for _, f := range change {
		f(&config)
	}
	x.Server, err = New(config)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

var migrated = storetest.NewMigrated(store.Open)

func newService(t testing.TB, x *site, links []workflow.LinkKey) *workflow.Service {
	t.Helper()
	db, err := store.Open(t.Context(), migrated.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	atlas, err := territory.Load()
	if err != nil {
		t.Fatal(err)
	}
	checkpoint, _, err := journal.GenerateKey(strings.NewReader(strings.Repeat("0123456789abcdef", 8)))
	if err != nil {
		t.Fatal(err)
	}
	service, err := workflow.NewService(workflow.Config{Store: db, Sealer: workflowtest.Sealer{}, Courier: x.courier, Clock: x.clock,
		Atlas: atlas, BaseURL: "http://" + testHost, Build: workflow.Build{Version: "test"}, Page: templates.CertificatePage,
		ClockState: func() workflow.ClockState { return workflow.ClockState{} },
		Alarm:      func(kind, record string, err error) { t.Logf("alarm: %s %s: %v", kind, record, err) },
		Keys:       workflow.Keys{Links: links, Codes: []byte(strings.Repeat("c", 32)), TOTP: []byte(strings.Repeat("t", 32)), Checkpoint: checkpoint},
		Signer:     workflowtest.Sealer{}.Sign,
		TOTP:       func(string, int64) (string, error) { return "000000", nil }})
	if err != nil {
		t.Fatal(err)
	}
	declarations, err := templates.Declarations()
	if err != nil {
		t.Fatal(err)
	}
	if err := service.Seed(t.Context(), declarations); err != nil {
		t.Fatal(err)
	}
	return service
}

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// answer is what came back, body read.
type answer struct {
	*http.Response
	body string
}

// ask sends a request to the site as it stands.
func (x *site) ask(r *http.Request) answer {
	x.t.Helper()
	response, err := x.App().Test(r, -1)
	if err != nil {
		x.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	return answer{response, string(body)}
}

// get asks for a page without any cookie.
func (x *site) get(path string) answer {
	x.t.Helper()
	return x.ask(request(http.MethodGet, path, ""))
}

// sampleBadge stands for the picture of a badge.
func sampleBadge(b workflow.Badge) []byte {
	return fmt.Appendf(nil, "<svg>%s %d %v</svg>", b.Organisation, b.Since, b.Holds())
}

func sampleBadgePNG(b workflow.Badge) ([]byte, error) { return sampleBadge(b), nil }

// samplePoster stands for the picture of a shared page.
func samplePoster(p workflow.Poster) ([]byte, error) { return fmt.Appendf(nil, "%+v", p), nil }
