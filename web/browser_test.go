package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// browser visits a site and keeps its cookies, Secure or not.
type browser struct {
	*site
	cookies map[string]string
	headers map[string]string // sent with every request
}

func (x *site) browser() *browser {
	return &browser{site: x, cookies: map[string]string{}, headers: map[string]string{}}
}

func (b *browser) send(method, path, body string) answer {
	b.t.Helper()
	r := request(method, path, body)
	for name, value := range b.headers {
		r.Header.Set(name, value)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	a := b.ask(r)
	for _, c := range a.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return a
}

// request is one that a browser would make, without cookies.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "/", strings.NewReader(body))
	r.RequestURI, r.Host = path, testHost // as written: httptest would tidy it
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (b *browser) open(path string) answer { b.t.Helper(); return b.send(http.MethodGet, path, "") }

// post sends pairs of name and value.
func (b *browser) post(path string, pairs ...string) answer {
	b.t.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, v.Encode())
}

// must fails the test unless the answer has that status.
func (a answer) must(t testing.TB, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: %d, want %d\n%s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, visible(a.body))
	}
	return a
}

// leadsTo fails the test unless the answer sends there with 303.
func (a answer) leadsTo(t testing.TB, path string) {
	t.Helper()
	a.must(t, http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != path {
		t.Fatalf("%s %s leads to %s, want %s", a.Request.Method, a.Request.URL.Path, got, path)
	}
}

// says fails the test unless every text is on the page.
func (a answer) says(t testing.TB, texts ...string) {
	t.Helper()
	page := visible(a.body)
	for _, text := range texts {
		if !strings.Contains(page, text) {
			t.Errorf("%s %s does not say %q:\n%s", a.Request.Method, a.Request.URL.Path, text, page)
		}
	}
}

var (
	tags   = regexp.MustCompile(`(?s)<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// visible is what a person reads of a page; no-break spaces stay as they are.
func visible(html string) string {
	text := strings.NewReplacer("&amp;", "&", "&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&#43;", "+").Replace(tags.ReplaceAllString(html, " "))
	return strings.TrimSpace(spaces.ReplaceAllString(text, " "))
}

// invite makes an invitation and gives its link.
func (x *site) invite(change ...func(*workflow.InviteRequest)) (workflow.Invitation, string) {
	x.t.Helper()
	request := workflow.InviteRequest{Pole: "longueuil", Organisation: "Ville de Rivière-Exemple", Kind: workflow.KindMunicipality,
		Place:   territory.Place{RegionCode: "16"},
		Contact: workflow.Contact{Name: "Camille Exemple", Function: "direction générale", Email: "camille@example.org"}, Source: "https://example.org/contact"}
	for _, f := range change {
		f(&request)
	}
	inv, err := x.service.Invite(x.t.Context(), workflow.Operator(), request)
	if err != nil {
		x.t.Fatal(err)
	}
	return inv, x.linkOf(inv)
}

// linkOf is the path of an invitation's live link.
func (x *site) linkOf(inv workflow.Invitation) string {
	return "/i/" + x.mint(workflow.LinkSign, inv.ID, inv)
}

func (x *site) mint(p workflow.LinkPurpose, subject string, inv workflow.Invitation) string {
	x.t.Helper()
	token, err := x.links.Mint(p, workflow.Link{Subject: subject, Issue: inv.Issue, Expires: inv.ExpiresAt}, inv.CreatedAt)
	if err != nil {
		x.t.Fatal(err)
	}
	return token
}

var reviewField = regexp.MustCompile(`name="review" value="([0-9a-f]{64})"`)

// ready takes a browser to the summary and gives the digest shown there.
func (b *browser) ready(link string) (review string) {
	b.t.Helper()
	b.post(link).leadsTo(b.t, "/signature")
	b.post("/signature").leadsTo(b.t, "/signature/organisation")
	b.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "direction générale").
		leadsTo(b.t, "/signature/resolution")
	b.post("/signature/resolution", "needed", "no").leadsTo(b.t, "/signature/verification")
	b.confirm()
	return b.review()
}

// confirm asks for a code and types it.
func (b *browser) confirm() {
	b.t.Helper()
	b.post("/signature/verification", "do", "send").leadsTo(b.t, "/signature/verification?envoye=1")
	b.post("/signature/verification", "do", "confirm", "code", b.courier.Last(b.t)).leadsTo(b.t, "/signature/signer")
}

func (b *browser) review() string {
	b.t.Helper()
	m := reviewField.FindStringSubmatch(b.open("/signature/signer").must(b.t, 200).body)
	if m == nil {
		b.t.Fatal("the summary holds no digest")
	}
	return m[1]
}

// sign signs and gives the number of the certificate.
func (b *browser) sign(link string, pairs ...string) string {
	b.t.Helper()
	b.post("/signature/signer", append([]string{"review", b.ready(link), "typed", "Camille Exemple", "consent", "1"}, pairs...)...).
		leadsTo(b.t, "/signature/merci")
	return numberIn(b.t, b.open("/signature/merci").must(b.t, 200).body)
}

var numberShape = regexp.MustCompile(`ESJ-2026-[0-9A-Z]{4}-[0-9A-Z]{4}`)

func numberIn(t testing.TB, html string) string {
	t.Helper()
	number := numberShape.FindString(html)
	if number == "" {
		t.Fatalf("no number in %s", visible(html))
	}
	return number
}

// again is another browser with the same cookies.
func (b *browser) again() *browser {
	return &browser{site: b.site, cookies: maps.Clone(b.cookies), headers: maps.Clone(b.headers)}
}

// state reads where an invitation stands.
func (x *site) state(inv workflow.Invitation) string {
	x.t.Helper()
	page, err := x.service.Invitation(x.t.Context(), workflow.Operator(), inv.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	return fmt.Sprint(page.State, " ", page.Invitation.Version, " ", len(page.Events))
}
