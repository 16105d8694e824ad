package web

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"jachete/workflow/logo"
)

// picture is a PNG of that size.
func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sendLogo uploads a picture as that visitor.
func (b *browser) sendLogo(field string, file []byte) answer {
	b.t.Helper()
	kind, body := envelope(b.t, field, "logo.png", file)
	r := request(http.MethodPost, "/equipe/poles/estrie/logo", body)
	r.Header.Set("Content-Type", kind)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return b.ask(r)
}

func TestLogo(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	x.browser().open("/poles/estrie/logo.png").must(t, 404)
	b.sendLogo("logo", nil).must(t, 422).says(t, "choisissez d’abord une image")
	b.sendLogo("logo", []byte("<svg onload=alert(1)>")).must(t, 422).says(t, "ni PNG ni JPEG")
	b.sendLogo("logo", picture(t, 1, 1)).must(t, 422).says(t, "trop petite")
	b.sendLogo("logo", append(picture(t, 40, 40), make([]byte, 2<<20)...)).must(t, 422).says(t, "trop grande")
	b.sendLogo("autre", picture(t, 40, 40)).must(t, 400)
	x.as("elsewhere").sendLogo("logo", picture(t, 40, 40)).must(t, 404)
	x.as("reader").sendLogo("logo", picture(t, 40, 40)).must(t, 403)
	b.sendLogo("logo", append(picture(t, 1200, 300), "<script>alert(1)</script>"...)).leadsTo(t, "/equipe/poles/estrie?fait=logo")

	logo := x.browser().open("/poles/estrie/logo.png?v=abc").must(t, 200)
	if config, err := png.DecodeConfig(strings.NewReader(logo.body)); err != nil || config.Width != 600 || strings.Contains(logo.body, "script") {
		t.Errorf("%d pixels wide, %v", config.Width, err)
	}
	for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=3600",
		"Content-Security-Policy": policyFile, "Cross-Origin-Resource-Policy": "same-origin"} {
		if got := logo.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	again := x.browser()
	again.headers["If-None-Match"] = logo.Header.Get("ETag")
	if a := again.open("/poles/estrie/logo.png"); a.StatusCode != 304 || a.body != "" {
		t.Errorf("unchanged: %d, %d bytes", a.StatusCode, len(a.body))
	}
	_, token := x.invited()
	for _, path := range []string{"/poles/estrie", "/i/" + token, "/equipe/poles/estrie"} {
		if page := b.open(path).must(t, 200); !strings.Contains(page.body, `src="/poles/estrie/logo.png?v=`) {
			t.Errorf("%s shows no logo", path)
		}
	}
	b.post("/equipe/poles/estrie/logo/retirer").leadsTo(t, "/equipe/poles/estrie?fait=logo-retire")
	x.browser().open("/poles/estrie/logo.png").must(t, 404)
}

func requestHeader(method, address string) *fasthttp.RequestHeader {
	h := new(fasthttp.RequestHeader)
	h.SetMethod(method)
	h.SetRequestURI(address)
	return h
}

// A body over the limit is refused before it is read; nobody's forms may weigh
// as much.
func TestLogoLimits(t *testing.T) {
	for address, want := range map[string]int{"/equipe/poles/estrie/logo": logo.MaxFile + maxEnvelope, "/equipe/poles/estrie/logo?x": bodyLimit,
		"/equipe/poles/a/b/logo": bodyLimit, "/equipe/poles//logo": bodyLimit, "/equipe/poles/estrie": bodyLimit, "/verifier": uploadLimit} {
		r := requestHeader("POST", address)
		if got := mostOf(r); got != want {
			t.Errorf("%s may weigh %d bytes, want %d", address, got, want)
		}
	}
	if got := mostOf(requestHeader("GET", "/equipe/poles/estrie/logo")); got != bodyLimit {
		t.Errorf("a GET may weigh %d bytes", got)
	}
}

func TestWhoAnswersForPersonalInformation(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	b.post("/equipe/poles/estrie", "address", "3, rue du Gabarit", "privacy", "Claude Exemple", "name", "Autre nom").leadsTo(t, "/equipe/poles/estrie?fait=enregistree")
	page := x.browser().open("/confidentialite?pole=estrie").must(t, 200)
	page.says(t, "Claude Exemple", "3, rue du Gabarit")
	if strings.Contains(page.body, "Autre nom") {
		t.Error("an agent renamed the pôle")
	}
	if plain := x.browser().open("/confidentialite").must(t, 200); strings.Contains(plain.body, "Claude Exemple") {
		t.Error("a person is named where no pôle is")
	}
	x.browser().open("/confidentialite?pole=nulle-part").must(t, 422)
}
