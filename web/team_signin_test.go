package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestStaffSignIn(t *testing.T) {
	x := newTeam(t)
	b := x.browser()
	b.cookies[cookieTeam] = "planted"
	b.open("/equipe/connexion").must(t, 200).says(t, "Connexion de l’équipe")
	before := len(x.world.Courier.Codes())
	b.post("/equipe/connexion", "email", " Agent@example.org ").leadsTo(t, "/equipe/connexion/code")
	b.open("/equipe/connexion/code").must(t, 200).says(t, "Agent@example.org", "Code de 8\u00a0caractères")
	code := x.codeTo(before)
	b.post("/equipe/connexion/code", "code", "WRONG234").must(t, 422).says(t, "ce code n’est pas le bon")
	b.post("/equipe/connexion/code", "code", strings.ToLower(code[:4]+" "+code[4:])).leadsTo(t, "/equipe")
	if session := b.cookies[cookieTeam]; session == "planted" || len(session) < 40 {
		t.Errorf("the session is %q", session)
	}
	b.open("/equipe").must(t, 200).says(t, "Tableau de bord")
	b.open("/equipe/connexion").leadsTo(t, "/equipe")
	b.post("/equipe/connexion/code", "code", code).must(t, 422) // once only
}

func TestSignInCodeIsTiedToTheBrowserThatAsked(t *testing.T) {
	x := newTeam(t)
	asked, other := x.browser(), x.browser()
	asked.post("/equipe/connexion", "email", "agent@example.org").leadsTo(t, "/equipe/connexion/code")
	code := x.codeTo(0)
	other.open("/equipe/connexion/code").leadsTo(t, "/equipe/connexion")
	other.post("/equipe/connexion/code", "code", code).must(t, 422).says(t, "Aucun code n’a été demandé dans ce navigateur")
	other.cookies[cookieSignIn] = "guess." + strings.SplitN(asked.cookies[cookieSignIn], ".", 2)[1]
	other.post("/equipe/connexion/code", "code", code).must(t, 422)
	asked.post("/equipe/connexion/code", "code", code).leadsTo(t, "/equipe")
}

// Nothing tells a member's address from another.
func TestUnknownAddressIsAnsweredTheSame(t *testing.T) {
	x := newTeam(t)
	pages := map[string]string{}
	for _, email := range []string{"agent@example.org", "nobody@example.org"} {
		b := x.browser()
		b.post("/equipe/connexion", "email", email).leadsTo(t, "/equipe/connexion/code")
		show := b.open("/equipe/connexion/code").must(t, 200).body
		wrong := b.post("/equipe/connexion/code", "code", "WRONG234").must(t, 422).body
		pages[email] = strings.ReplaceAll(show+wrong, email, "…")
	}
	if pages["agent@example.org"] != pages["nobody@example.org"] {
		t.Error("the pages differ")
	}
	x.codeTo(0)
	if n := len(x.world.Courier.Codes()); n != 1 {
		t.Errorf("%d codes for one member", n)
	}
	x.browser().post("/equipe/connexion", "email", "no address").must(t, 422).says(t, "écrivez une adresse complète", "Erreur\u00a0:")
}

var keyGroups = regexp.MustCompile(`<p class="number">([A-Z2-7 ]+)</p>`)

// keyOf reads the secret that the page offers to enrol.
func (x *teamSite) keyOf(b *browser) string {
	x.t.Helper()
	return keyIn(x.t, b.open("/equipe/connexion/application").must(x.t, 200).body)
}

// keyIn reads a secret from a page that offers one.
func keyIn(t testing.TB, body string) string {
	t.Helper()
	found := keyGroups.FindStringSubmatch(body)
	if found == nil {
		t.Fatal("the page offers no secret")
	}
	return strings.ReplaceAll(found[1], " ", "")
}

func (x *teamSite) passesWith(b *browser, key string) answer {
	x.t.Helper()
	return b.post("/equipe/connexion/application", "code", workflowtest.TOTP(key, x.world.Clock.Now().Unix()/30))
}

func TestSecondFactor(t *testing.T) {
	x := newTeam(t)
	b := x.browser()
	x.signsIn(b, "admin@example.org").leadsTo(t, "/equipe")
	b.open("/equipe").leadsTo(t, "/equipe/connexion/application")
	key := x.keyOf(b)
	if again := x.keyOf(b); again != key || len(key) != 32 {
		t.Errorf("the secret %q became %q", key, again)
	}
	page := b.open("/equipe/connexion/application").body
	if !strings.Contains(page, `<svg class="qr"`) || strings.Count(page, "h1v1h-1z") < 100 {
		t.Error("no QR code")
	}
	b.post("/equipe/connexion/application", "code", "000000").must(t, 422).says(t, "ce code n’est pas le bon")
	b.open("/equipe").leadsTo(t, "/equipe/connexion/application")
	x.passesWith(b, key).leadsTo(t, "/equipe")
	b.open("/equipe").must(t, 200)
	b.open("/equipe/connexion/application").leadsTo(t, "/equipe")

	again := x.browser()
	x.signsIn(again, "admin@example.org").leadsTo(t, "/equipe")
	page = again.open("/equipe/connexion/application").must(t, 200).body
	if strings.Contains(page, "<svg class=\"qr\"") || keyGroups.MatchString(page) {
		t.Error("the secret is shown to whoever has one")
	}
	x.passesWith(again, key).must(t, 422).says(t, "ce code a déjà servi")
	x.world.Clock.Move(30 * time.Second)
	x.passesWith(again, key).leadsTo(t, "/equipe")
}

func TestSigningOutKillsTheSession(t *testing.T) {
	x := newTeam(t)
	b := x.as("agent")
	session := b.cookies[cookieTeam]
	a := b.post("/equipe/deconnexion")
	a.leadsTo(t, "/equipe/connexion")
	if got := a.Header.Get("Clear-Site-Data"); got != `"cache","cookies","storage"` {
		t.Errorf("Clear-Site-Data: %s", got)
	}
	replay := x.browser()
	replay.cookies[cookieTeam] = session
	replay.open("/equipe").leadsTo(t, "/equipe/connexion")
	replay.post("/equipe/deconnexion").must(t, 401)
}

func TestWhatChangesForAPersonActsAtTheNextRequest(t *testing.T) {
	x := newTeam(t)
	inv, _ := x.invited()
	page := "/equipe/invitations/" + inv.ID
	b := x.as("agent")
	b.open(page).must(t, 200)
	staff := x.people["agent"]
	set := func(change func(*workflow.Staff)) {
		t.Helper()
		change(&staff)
		if err := x.world.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.SetStaff(t.Context(), staff) }); err != nil {
			t.Fatal(err)
		}
	}
	set(func(s *workflow.Staff) { s.Poles = []string{"montreal"} })
	b.open(page).must(t, 404)
	set(func(s *workflow.Staff) { s.Poles, s.Role = []string{"estrie"}, workflow.RoleReader })
	b.post(page+"/renvoyer").must(t, 403)
	set(func(s *workflow.Staff) { s.Role = workflow.RoleAdmin })
	b.open(page).leadsTo(t, "/equipe/connexion/application")
	if err := x.world.DisableStaff(t.Context(), workflow.Operator(), "agent@example.org"); err != nil {
		t.Fatal(err)
	}
	b.open(page).leadsTo(t, "/equipe/connexion")
	reader := x.as("reader")
	x.world.Clock.Move(13 * time.Hour)
	reader.open("/equipe").leadsTo(t, "/equipe/connexion")
}

// Signing in again ends the session the browser had: nobody else who holds it
// stays signed in.
func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	x := newTeam(t)
	b := x.as("reader")
	before := x.browser()
	before.cookies[cookieTeam] = b.cookies[cookieTeam]
	before.open("/equipe").must(t, 200)
	x.signsIn(b, "agent@example.org").leadsTo(t, "/equipe")
	before.open("/equipe").leadsTo(t, "/equipe/connexion")
	b.open("/equipe/profil").must(t, 200).says(t, "agent@example.org")
}

// On https, the session belongs to this host alone.
func TestStaffCookies(t *testing.T) {
	x := newTeam(t, func(c *Config) { c.BaseURL = mustURL(t, "https://"+testHost) })
	b := x.browser()
	a := x.signsIn(b, "agent@example.org")
	a.leadsTo(t, "/equipe")
	found := false
	for _, c := range a.Cookies() {
		if c.Name == "__Host-equipe" {
			found = c.Secure && c.HttpOnly && c.Path == "/" && c.Domain == "" && c.SameSite == http.SameSiteLaxMode
		}
	}
	if !found {
		t.Errorf("cookies: %v", a.Cookies())
	}
}
