package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// Forms that pages of other sites send are refused before anything is read.
func TestCrossSiteFormsAreRefused(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	review := b.ready(link)
	before := x.state(inv)
	for name, headers := range map[string]map[string]string{
		"cross-site":      {"Sec-Fetch-Site": "cross-site"},
		"same-site":       {"Sec-Fetch-Site": "same-site"},
		"foreign origin":  {"Origin": "https://evil.example"},
		"null origin":     {"Origin": "null"},
		"origin and site": {"Origin": "http://" + testHost, "Sec-Fetch-Site": "cross-site"},
	} {
		evil := b.again()
		evil.headers = headers
		evil.post("/signature/signer", "review", review, "typed", "Camille Exemple", "consent", "1").must(t, http.StatusForbidden)
		for _, r := range Routes() {
			if r.Method != post || r.Access == AccessOneClick {
				continue
			}
			path := strings.NewReplacer(":token", strings.TrimPrefix(link, "/i/"), ":id", inv.ID).Replace(r.Path)
			if a := evil.post(path, "do", "send"); a.StatusCode != http.StatusForbidden {
				t.Errorf("%s: %s answers %d", name, path, a.StatusCode)
			}
		}
	}
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
	// What our own pages send under our referrer policy.
	b.headers = map[string]string{"Origin": "null", "Sec-Fetch-Site": "same-origin"}
	b.post("/signature/signer", "review", review, "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
}

func TestOnlyPlainFormsAreRead(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	before := x.state(inv)
	fields := "organisation=a&name=b&function=c"
	for name, c := range map[string]struct {
		path, kind, body string
		want             int
	}{
		"text":              {"/signature/organisation", "text/plain", fields, 415},
		"multipart":         {"/signature/organisation", "multipart/form-data; boundary=x", "--x--", 415},
		"JSON":              {"/signature/organisation", "application/json", `{"name":"b"}`, 415},
		"no type":           {"/signature/organisation", "", fields, 415},
		"in the address":    {"/signature/organisation?" + fields, "application/x-www-form-urlencoded", "", 422},
		"twice":             {"/signature/organisation", "application/x-www-form-urlencoded", fields + "&name=d", 400},
		"bad escape":        {"/signature/organisation", "application/x-www-form-urlencoded", "name=%zz", 400},
		"not UTF-8":         {"/signature/organisation", "application/x-www-form-urlencoded", "name=%ff%c0%ae", 400},
		"surrogate":         {"/signature/organisation", "application/x-www-form-urlencoded", "name=%ed%a0%80", 400},
		"100,000 fields":    {"/signature/organisation", "application/x-www-form-urlencoded", strings.Repeat("a=1&", 100_000), 413},
		"1,000 nested keys": {"/signature/organisation", "application/x-www-form-urlencoded", strings.Repeat("a[a][a]=1&", 1000), 413},
		"a list of codes":   {"/signature/organisation", "application/x-www-form-urlencoded", "name[]=b", 422},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(http.MethodPost, c.path, c.body)
			r.Header.Del("Content-Type")
			if c.kind != "" {
				r.Header.Set("Content-Type", c.kind)
			}
			r.AddCookie(&http.Cookie{Name: "signature", Value: b.cookies["signature"]})
			start := time.Now()
			a := x.ask(r)
			if a.StatusCode != c.want || time.Since(start) > time.Second {
				t.Errorf("%d after %s, want %d", a.StatusCode, time.Since(start), c.want)
			}
			checkHeaders(t, name, a.Header)
		})
	}
	if after := x.state(inv); after != before {
		t.Errorf("%s became %s", before, after)
	}
}

// What is refused says why beside the field and keeps what was typed; what is
// accepted comes back equal.
func TestNamesThroughTheForm(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	for name, c := range map[string]struct{ text, say string }{
		"empty":        {"  ", "écrivez une réponse"},
		"override":     {"Org \u202Egpj.exe", "U+202E"},
		"isolate":      {"Org \u2066x", "U+2066"},
		"mark":         {"Org\u061C", "U+061C"},
		"zero width":   {"Camille\u200bExemple", "invisible (U+200B)"},
		"soft hyphen":  {"Camille\u00adExemple", "U+00AD"},
		"filler":       {"Camille\u3164", "U+3164"},
		"variation":    {"Camille\ufe0f", "U+FE0F"},
		"stacked":      {"Z" + strings.Repeat("\u0301\u0302", 25), "accents"},
		"emoji":        {"Camille 🏛", "ne peut pas être imprimé"},
		"ideograph":    {"Camille 𠮷", "ne peut pas être imprimé"},
		"too long":     {strings.Repeat("é", 201), "200\u00a0caractères au plus"},
		"control":      {"Camille\x07", "U+0007"},
		"line":         {"a\nb", "U+000A"},
		"tag":          {"a\U000E0001", "U+E0001"},
		"private":      {"a\ue000", "U+E000"},
		"address":      {"http://evil.example", "adresse Web"},
		"www":          {"www.evil.example", "adresse Web"},
		"domain":       {"evil.example/login", "adresse Web"},
		"no letter":    {"1234", "au moins une lettre"},
		"noncharacter": {"a\uffff", "U+FFFF"},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", c.text, "function", "mairesse").must(t, 422)
			page := visible(a.body)
			if strings.Count(page, c.say) < 2 {
				t.Errorf("%q is not said twice in %s", c.say, page)
			}
			if !strings.Contains(a.body, "<title>Erreur\u00a0:") || !strings.Contains(a.body, `<a href="#name">`) ||
				!strings.Contains(a.body, `aria-describedby="name-error"`) || !strings.Contains(a.body, `value="mairesse"`) {
				t.Errorf("the form came back without its summary or its answers:\n%s", a.body)
			}
		})
	}
	if !strings.HasPrefix(x.state(inv), "consulted ") { // nothing of it was kept
		t.Error(x.state(inv))
	}
	for _, text := range []string{"L'Ancienne-Lorette", "Saint-Louis-du-Ha! Ha!", "Kahnawà:ke", "ᑯᐯᒃ", "Nguyễn", "Łukasz", "Œuvre & Cie", "O’Brien",
		"9999-9999 Québec inc.", "\"Guillemets\" «\u00a0a\u00a0»", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{7*7}} ${x} {{.Secret}}", "'; DROP TABLE--", "</title>",
		"%s%n", ") ( \\ %%EOF endobj", strings.Repeat("à", 200), strings.Repeat("x", 200), "javascript:alert(1)"} {
		b.post("/signature/organisation", "organisation", text, "name", text, "function", text).leadsTo(t, "/signature/resolution")
		a := b.open("/signature/organisation").must(t, 200)
		if got := inputValue(a.body, "name"); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		for _, live := range []string{"<script>alert", "<img src=x", "</title>alert"} {
			if strings.Contains(a.body, live) {
				t.Errorf("%s is live on the page", live)
			}
		}
		b.open("/signature").must(t, 200)
	}
	// Decomposed letters become composed ones.
	b.post("/signature/organisation", "organisation", "Vie\u0323\u0302t", "name", "Vie\u0323\u0302t", "function", "x").leadsTo(t, "/signature/resolution")
	if got := inputValue(b.open("/signature/organisation").body, "name"); got != "Việt" {
		t.Errorf("%q", got)
	}
}

// inputValue is what a field of the page holds.
func inputValue(html, name string) string {
	_, rest, _ := strings.Cut(html, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&#43;", "+").Replace(value)
}

func TestDatesThroughTheForm(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	b.post("/signature/organisation", "organisation", "a b", "name", "b", "function", "c").leadsTo(t, "/signature/resolution")
	for _, date := range []string{"", "2026-02-30", "0001-01-01", "1e309", "-1", "NaN", "22/11/2026", "2026-11-23", "２０２６-11-22", "+9999999"} {
		a := b.post("/signature/resolution", "needed", "yes", "number", "070-14", "date", date, "body", "conseil").must(t, 422)
		if !strings.Contains(a.body, `href="#date"`) || !strings.Contains(a.body, `value="070-14"`) || !strings.Contains(a.body, `value="yes" checked`) {
			t.Errorf("%q: %s", date, visible(a.body))
		}
	}
	b.post("/signature/resolution", "needed", "").must(t, 422).says(t, "Choisissez l’une des trois réponses.")
	b.post("/signature/resolution", "needed", "yes").must(t, 422)
	b.post("/signature/resolution", "needed", "yes", "number", "2015-01-A3019", "date", "2026-11-22", "body", "conseil").leadsTo(t, "/signature/verification")
}

func TestCodesThroughTheForm(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	b.post("/signature/organisation", "organisation", "a b", "name", "Camille Exemple", "function", "c")
	b.post("/signature/resolution", "needed", "no")
	b.post("/signature/verification", "do", "confirm", "code", "123456").must(t, 422).says(t, "aucun code valable")
	b.post("/signature/verification", "do", "other").must(t, 400)

	x.courier.Fail(true)
	a := b.post("/signature/verification", "do", "send").must(t, http.StatusServiceUnavailable)
	a.says(t, "Le code n’a pas pu être envoyé")
	if a.Header.Get("Retry-After") != "60" || strings.Contains(visible(a.body), "6\u00a0chiffres envoyés") {
		t.Errorf("%v %s", a.Header, visible(a.body))
	}
	x.courier.Fail(false)
	a = b.post("/signature/verification", "do", "send").must(t, http.StatusTooManyRequests)
	a.says(t, "Attendez une minute")
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	x.clock.Move(time.Minute)
	b.post("/signature/verification", "do", "send").leadsTo(t, "/signature/verification?envoye=1")
	b.open("/signature/verification?envoye=1").must(t, 200).says(t, "6\u00a0chiffres envoyés à c…@example.org")
	code := x.courier.Last(t)
	for _, typed := range []string{"", "１２３４５６", "+123456", "1e5", code + "\x00", strings.Repeat("1", 10_000), "12345", "abcdef"} {
		b.post("/signature/verification", "do", "confirm", "code", typed).must(t, 422)
	}
	other := x.browser()
	other.post(link)
	other.post("/signature/verification", "do", "confirm", "code", code).must(t, 422) // asked in another browser
	spaced := " " + code[:3] + " " + code[3:] + "\n"
	b.post("/signature/verification", "do", "confirm", "code", spaced).leadsTo(t, "/signature/signer")
}

func TestSixthWrongCodeNeedsAnotherMail(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	b := x.browser()
	b.post(link)
	b.post("/signature")
	b.post("/signature/organisation", "organisation", "a b", "name", "Camille Exemple", "function", "c")
	b.post("/signature/resolution", "needed", "no")
	b.post("/signature/verification", "do", "send").leadsTo(t, "/signature/verification?envoye=1")
	code := x.courier.Last(t)
	wrong := fmt.Sprintf("%06d", (int(code[5]-'0')+1)%10)
	for range workflow.CodeTries {
		b.post("/signature/verification", "do", "confirm", "code", wrong).must(t, 422)
	}
	b.post("/signature/verification", "do", "confirm", "code", code).must(t, 422).says(t, "aucun code valable")
}
