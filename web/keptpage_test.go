package web

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// What was made before is never shown once something on it moved: a signature, a
// pôle's telephone, the end of an embargo.
func TestKeptPagesAreNeverOld(t *testing.T) {
	x := newSite(t)
	x.get("/signataires").must(t, 200).says(t, "Personne n’a encore signé")
	x.signs("Coopérative Gabarit", "16")
	x.get("/signataires").must(t, 200).says(t, "Coopérative Gabarit")
	pole, err := x.service.Pole(t.Context(), "longueuil")
	must(t, err)
	pole.Contact.Phone = "450\u00a0555-0100"
	must(t, x.service.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.SetPole(t.Context(), pole) }))
	x.get("/poles/longueuil").must(t, 200).says(t, pole.Contact.Phone)
}

func TestKeptPagesEndWithAnEmbargo(t *testing.T) {
	x := newTeam(t)
	_, _, _ = underEmbargo(t, x)
	visitor := x.site
	for _, path := range []string{"/", "/signataires", "/poles/estrie", "/api/v1/signatories.json"} {
		before := visitor.get(path).must(t, 200)
		x.world.Clock.Move(24*time.Hour - time.Minute)
		if during := visitor.get(path).must(t, 200); during.body != before.body {
			t.Errorf("%s moved before its time", path)
		}
		x.world.Clock.Move(time.Minute)
		if after := visitor.get(path).must(t, 200); after.body == before.body {
			t.Errorf("%s is still confidential", path)
		}
		x.world.Clock.Move(-24 * time.Hour)
	}
}

// Each language has its own, and a choice of language is remembered each time.
func TestKeptPagesSpeakTheReadersLanguage(t *testing.T) {
	x := newSite(t)
	french := x.get("/").must(t, 200)
	english := x.browser()
	for range 2 {
		if a := english.open("/?lang=en").must(t, 200); len(a.Cookies()) != 1 || a.body == french.body {
			t.Fatal("the choice is not remembered")
		}
		delete(english.cookies, cookieLanguage)
	}
	english.open("/?lang=en")
	if a := english.open("/").must(t, 200); !strings.Contains(a.body, `lang="en-CA"`) || len(a.Cookies()) != 0 {
		t.Error("not in English, or with a cookie for the next reader")
	}
	if a := x.get("/").must(t, 200); a.body != french.body {
		t.Error("the French page is another one")
	}
}

// A reader who holds the page gets no second copy; one who takes gzip gets that.
func TestKeptPagesTravelLight(t *testing.T) {
	x := newSite(t)
	plain := x.get("/signataires").must(t, 200)
	r := request(http.MethodGet, "/signataires", "")
	r.Header.Set("If-None-Match", plain.Header.Get("ETag"))
	if a := x.ask(r).must(t, 304); a.body != "" {
		t.Errorf("%d bytes again", len(a.body))
	}
	fresh := newSite(t) // also when it was not made yet
	if a := fresh.ask(r).must(t, 304); a.body != "" {
		t.Errorf("%d bytes again", len(a.body))
	}
	r.Header.Del("If-None-Match")
	r.Header.Set("Accept-Encoding", "gzip")
	a := x.ask(r).must(t, 200)
	unzip, err := gzip.NewReader(strings.NewReader(a.body))
	must(t, err)
	body, err := io.ReadAll(unzip)
	must(t, err)
	if string(body) != plain.body || len(a.body)*2 > len(plain.body) || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("%d bytes of %d, %v", len(a.body), len(plain.body), a.Header)
	}
}

// What sets a cookie, fails or is refused belongs to one reader.
func TestOnlyWhatIsForEverybodyIsKept(t *testing.T) {
	x := newSite(t)
	count := 0
	for name, handle := range map[string]func(*Server, *fiber.Ctx) error{
		"cookie":   func(s *Server, c *fiber.Ctx) error { s.setCookie(c, cookieLanguage, "en", 0); return c.SendString("x") },
		"redirect": func(s *Server, c *fiber.Ctx) error { return c.Redirect("/", fiber.StatusSeeOther) },
		"refusal":  func(*Server, *fiber.Ctx) error { return refusal(workflow.NotFound, "request.not-found") },
		"too much": func(s *Server, c *fiber.Ctx) error { return c.Send(make([]byte, maxKeptPage+1)) },
	} {
		for range 2 {
			c := x.app.AcquireCtx(new(fasthttp.RequestCtx))
			c.Request().SetRequestURI("/" + strings.ReplaceAll(name, " ", "-"))
			err := kept(func(s *Server, c *fiber.Ctx) error { count++; return handle(s, c) })(x.Server, c)
			if (err != nil) != (name == "refusal") {
				t.Errorf("%s: %v", name, err)
			}
			x.app.ReleaseCtx(c)
		}
	}
	if count != 8 || len(x.pages.pages) != 0 {
		t.Errorf("%d answers made, %d kept", count, len(x.pages.pages))
	}
}

// However many ask for a page at once, each gets that page, whole.
func TestManyReadersAtOnce(t *testing.T) {
	x := newSite(t)
	x.signs("Coopérative Gabarit", "16")
	x.App().Handler() // makes the router ready
	var want [3]string
	paths := [...]string{"/", "/signataires", "/signataires/cooperative-gabarit"}
	for i, path := range paths {
		want[i] = x.get(path).must(t, 200).body
	}
	x.signs("Coopérative Exemple", "05") // all is made anew
	var readers sync.WaitGroup
	answers := make([]string, 60)
	for i := range answers {
		readers.Go(func() {
			f := new(fasthttp.RequestCtx)
			f.Request.Header.SetHost(testHost)
			f.Request.SetRequestURI(paths[i%3])
			x.app.Server().Handler(f)
			answers[i] = string(f.Response.Body())
		})
	}
	readers.Wait()
	for i, body := range answers {
		if body != answers[i%3] || i%3 < 2 && body == want[i%3] || i%3 == 2 && body != want[2] {
			t.Errorf("reader %d of %s has another page", i, paths[i%3])
		}
	}
}

// The pages that are kept stay within their bound, whatever is asked for.
func TestKeptPagesAreBounded(t *testing.T) {
	var k keptPages
	k.at(1, 1, "")
	for i := range 100 {
		k.keep(1, 1, fmt.Sprint(i), &keptPage{body: make([]byte, maxKeptPage-10)})
		if k.size > maxKept {
			t.Fatalf("%d bytes", k.size)
		}
	}
	if k.at(1, 1, "99") == nil || k.at(1, 2, "99") != nil || len(k.pages) != 0 {
		t.Error("the last page is gone, or stays with the next minute")
	}
	k.keep(1, 1, "late", &keptPage{})
	if k.at(1, 2, "late") != nil {
		t.Error("a page of an older edition is kept")
	}
}
