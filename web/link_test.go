package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// Each way a link can die has a page that says so and whom to ask.
func TestDeadLinks(t *testing.T) {
	operator := workflow.Operator()
	for name, c := range map[string]struct {
		kill func(x *site, inv workflow.Invitation)
		say  string
	}{
		"expired":  {func(x *site, inv workflow.Invitation) { x.clock.Move(61 * 24 * time.Hour) }, "Ce lien est expiré"},
		"revoked":  {func(x *site, inv workflow.Invitation) { must(x.t, x.service.Revoke(x.t.Context(), operator, inv.ID)) }, "Cette invitation a été annulée"},
		"replaced": {func(x *site, inv workflow.Invitation) { must(x.t, x.service.Resend(x.t.Context(), operator, inv.ID)) }, "Un lien plus récent existe"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newSite(t)
			must(t, x.service.SetPoleContact(t.Context(), operator, "longueuil", workflow.PoleContact{Email: "pole@example.org", Phone: "450 555-0112", PostalAddress: "12, rue de la Démo"}))
			inv, link := x.invite()
			inside := x.browser()
			review := inside.ready(link)
			c.kill(x, inv)
			page := x.browser().open(link).must(t, http.StatusGone)
			page.says(t, c.say, "Longueuil", "pole@example.org", "450 555-0112")
			if strings.Contains(page.body, "<form") || strings.Contains(page.body, "Camille") {
				t.Error("the page offers or tells too much")
			}
			a := x.browser().post(link).must(t, http.StatusGone)
			a.says(t, c.say)
			if len(a.Cookies()) > 0 {
				t.Error("a session was given")
			}
			// A browser that was already inside gets nowhere either.
			for _, r := range Routes() {
				if r.Access != AccessSigning {
					continue
				}
				a := inside.send(r.Method, r.Path, map[bool]string{true: "do=send&needed=no&consent=1&typed=Camille+Exemple&review=" + review}[r.Method == post])
				if name == "expired" && a.StatusCode == http.StatusUnauthorized {
					continue // the session was over long before
				}
				if a.StatusCode != http.StatusGone {
					t.Errorf("%s %s: %d", r.Method, r.Path, a.StatusCode)
				} else if r.Method != http.MethodHead {
					a.says(t, c.say, "pole@example.org")
				}
			}
			if state := x.state(inv); strings.HasPrefix(state, "signed") {
				t.Error(state)
			}
		})
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownLinks(t *testing.T) {
	x := newSite(t)
	_, link := x.invite()
	token := strings.TrimPrefix(link, "/i/")
	flipped := []byte(token)
	flipped[len(flipped)-10] ^= 1
	for i, bad := range []string{"a", "a.b.c", strings.Repeat("a", 42), string(flipped), token + "A", token[:len(token)-1], strings.Repeat("a", 3000) + ".b.c",
		"%00", "%ff", "%2e%2e%2f", ";", "%zz", "😀", token + "%0a"} {
		for _, prefix := range []string{"/i/", "/c/", "/desabonnement/"} {
			b := x.browser()
			b.headers["X-Forwarded-For"] = fmt.Sprintf("203.0.113.%d", i) // ignored
			a := b.open(prefix + bad)
			if a.StatusCode != 404 && a.StatusCode != 400 && a.StatusCode != 429 {
				t.Errorf("%s%.40q: %d", prefix, bad, a.StatusCode)
			}
			if len(bad) > 20 && strings.Contains(a.body, bad) {
				t.Errorf("%s%.40q: repeated on the page", prefix, bad)
			}
		}
		x.clock.Move(time.Minute)
	}
}

// A link opens its own kind of door only.
func TestLinksOpenOnlyTheirDoor(t *testing.T) {
	x := newSite(t)
	inv, link := x.invite()
	x.browser().sign(link)
	page, err := x.service.Invitation(t.Context(), workflow.Operator(), inv.ID)
	must(t, err)
	view, err := x.service.Store.SignatureOfInvitation(t.Context(), inv.ID)
	must(t, err)
	tokens := map[string]string{"/i/": strings.TrimPrefix(link, "/i/"), "/c/": x.mint(workflow.LinkCertificate, view.ID, page.Invitation),
		"/desabonnement/": x.mint(workflow.LinkUnsubscribe, inv.ID, page.Invitation)}
	for own, token := range tokens {
		for door := range tokens {
			want := 404
			if door == own {
				want = 200
			}
			x.browser().open(door+token).must(t, want)
		}
		x.browser().open("/v/"+token).must(t, 404)
		x.clock.Move(time.Minute)
	}
	// And the file behind the mailed link.
	a := x.browser().open("/c/"+tokens["/c/"]+"/attestation.pdf").must(t, 200)
	if !strings.HasPrefix(a.body, "%PDF-") || a.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%.10q %v", a.body, a.Header)
	}
	x.browser().open("/c/"+tokens["/c/"]).must(t, 200).says(t, "Attestation de Ville de Rivière-Exemple", page.Number)
	x.browser().open("/c/"+tokens["/i/"]+"/attestation.pdf").must(t, 404)
}

// Mail programs post by themselves, without a cookie and from anywhere.
func TestUnsubscribeInOneClick(t *testing.T) {
	x := newSite(t)
	inv, _ := x.invite()
	path := "/desabonnement/" + x.mint(workflow.LinkUnsubscribe, inv.ID, inv)
	suppressed := func() bool {
		yes, err := x.service.Store.Suppressed(t.Context(), inv.PoleSlug, inv.Contact.Email)
		must(t, err)
		return yes
	}
	b := x.browser()
	b.open(path).must(t, 200).says(t, "Me désabonner")
	b.send(http.MethodHead, path, "").must(t, 200)
	if suppressed() {
		t.Fatal("looking at the page unsubscribed")
	}
	for _, kind := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		r := request(http.MethodPost, path, "List-Unsubscribe=One-Click")
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", "https://mail.example")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		a := x.ask(r)
		if a.StatusCode != 200 || len(a.Cookies()) > 0 || !suppressed() {
			t.Errorf("%s: %d %v", kind, a.StatusCode, a.Cookies())
		}
	}
}

func TestLanguageOfThePage(t *testing.T) {
	x := newSite(t)
	_, english := x.invite(func(r *workflow.InviteRequest) { r.Language = workflow.English })
	for name, c := range map[string]struct {
		path, accept, cookie, want string
	}{
		"nothing":            {"/", "", "", "fr-CA"},
		"browser":            {"/", "en-US,en;q=0.9", "", "en-CA"},
		"browser of neither": {"/", "de", "", "fr-CA"},
		"browser too long":   {"/", strings.Repeat("en,", 2000), "", "fr-CA"},
		"browser nonsense":   {"/", "<script>", "", "fr-CA"},
		"remembered":         {"/", "fr", "en", "en-CA"},
		"asked":              {"/?lang=fr", "en", "en", "fr-CA"},
		"asked nonsense":     {"/?lang=../../x", "en", "", "en-CA"},
		"asked script":       {"/?lang=%3Cscript%3E", "", "", "fr-CA"},
		"invitation":         {english, "fr", "", "en-CA"},
		"invitation, chosen": {english + "?lang=fr", "", "", "fr-CA"},
	} {
		t.Run(name, func(t *testing.T) {
			b := x.browser()
			if c.accept != "" {
				b.headers["Accept-Language"] = c.accept
			}
			if c.cookie != "" {
				b.cookies["langue"] = c.cookie
			}
			a := b.open(c.path)
			if !strings.Contains(a.body, `<html lang="`+c.want+`">`) {
				t.Errorf("want %s: %.200s", c.want, a.body)
			}
			if asked := strings.Contains(c.path, "lang=fr"); (len(a.Cookies()) > 0) != asked {
				t.Errorf("cookies %v", a.Cookies())
			}
		})
	}
	// The switch keeps the page and its filters.
	a := x.get("/signataires?q=ville&type=mrc")
	if !strings.Contains(a.body, `href="?lang=en&amp;q=ville&amp;type=mrc"`) {
		t.Errorf("%.900s", a.body)
	}
}
