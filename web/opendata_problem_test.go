package web

import (
	"encoding/json"
	"strings"
	"testing"
)

// wantProblem holds an answer to RFC 9457, and gives what it says.
func wantProblem(t *testing.T, a answer, status int) (p problem) {
	t.Helper()
	a.must(t, status)
	wantShared(t, a.Request.URL.Path, a)
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%s: %s", a.Request.URL.Path, kind)
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	if p.Status != status || p.Title == "" || p.Detail == "" || p.Detail == p.Key || !strings.HasPrefix(p.Type, "http://"+testHost+"/donnees#") {
		t.Errorf("%+v", p)
	}
	if got := a.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("an error is kept: %s", got)
	}
	return p
}

func TestErrorsOfTheDataAreForPrograms(t *testing.T) {
	x := dataSite(t)
	for path, want := range map[string]struct {
		status int
		key    string
	}{
		"/api/v1/signatories/nobody":                {404, "register.not-found"},
		"/api/v1/nothing":                           {404, "request.not-found"},
		"/api/v1/signatories.json?page=0":           {422, "request.filter"},
		"/api/v1/signatories.json?per_page=501":     {422, "request.filter"},
		"/api/v1/signatories.json?per_page=0":       {422, "request.filter"},
		"/api/v1/signatories.csv?region=atlantide":  {422, "request.filter"},
		"/api/v1/signatories.geojson?type=ville":    {422, "request.filter"},
		"/api/v1/signatories.json?q=a&q=b":          {400, "request.malformed"},
		"/flux.atom?region=atlantide":               {422, "request.filter"},
		"/api/v1/snapshots/2026-11-21.json":         {404, "snapshot.not-found"},
		"/api/v1/snapshots/2026-11-21.json.p7s":     {404, "snapshot.not-found"},
		"/api/v1/snapshots/..%2f2026-11-22.json":    {404, "snapshot.not-found"},
		"/api/v1/snapshots/2026-11-22'.json.sha256": {404, "snapshot.not-found"},
	} {
		p := wantProblem(t, x.get(path), want.status)
		if p.Key != want.key {
			t.Errorf("%s: %s", path, p.Key)
		}
	}
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	x := newSite(t)
	const path = "/api/v1/signatories/nobody"
	french := wantProblem(t, x.get(path), 404)
	for name, a := range map[string]answer{"header": x.with("GET", path, "Accept-Language", "en-CA,en;q=0.9"), "query": x.get(path + "?lang=en")} {
		english := wantProblem(t, a, 404)
		if english.Detail == french.Detail || english.Key != french.Key || a.Header.Get("Content-Language") != "en-CA" {
			t.Errorf("%s: %+v", name, english)
		}
	}
	// The language of a person's browser does not follow into shared answers.
	if p := wantProblem(t, x.with("GET", path, "Cookie", cookieLanguage+"=en"), 404); p.Detail != french.Detail {
		t.Errorf("a cookie decides: %+v", p)
	}
}

func TestTooManyRequestsIsAProblemToo(t *testing.T) {
	x := newSite(t, func(c *Config) { c.PagesPerMinute = 1 })
	ask := func() answer { return x.with("GET", "/api/v1/stats.json") }
	ask().must(t, 200)
	a := ask()
	if p := wantProblem(t, a, 429); p.Key != "limit.pages" || a.Header.Get("Retry-After") == "" {
		t.Errorf("%+v %v", p, a.Header)
	}
}

func TestGoneSnapshot(t *testing.T) {
	x := dataSite(t)
	x.clock.Move(401 * 24 * 3600e9)
	must(t, x.service.Tick(t.Context()))
	if p := wantProblem(t, x.get("/api/v1/snapshots/2026-11-22.json"), 410); p.Key != "snapshot.gone" || strings.Contains(p.Title, "lien") {
		t.Errorf("%+v", p)
	}
	x.get("/api/v1/snapshots/2026-11-22.json.p7s").must(t, 200)
	x.get("/api/v1/snapshots/2026-11-22.json.sha256").must(t, 200)
}
