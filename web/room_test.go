package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

// roomLink shows a guest's link to the operator and gives its path.
func (x *teamSite) roomLink(c workflow.Campaign, id string) string {
	x.t.Helper()
	g, err := x.world.ShowGuest(x.t.Context(), workflow.Operator(), "estrie", c.Slug, id)
	if err != nil {
		x.t.Fatal(err)
	}
	return strings.TrimPrefix(g.LinkURL, x.world.BaseURL)
}

func TestScreenOfTheRoom(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	in := func(r *workflow.InviteRequest) { r.Campaign = c.Slug }
	path := "/equipe/campagnes/estrie/" + c.Slug + "/ceremonie"
	b := x.as("reader")
	b.open(path).must(t, 200).says(t, "0 organisation signataire", "Les noms paraîtront ici")
	x.invited(in)
	x.signedOne(in)
	screen := b.open(path).must(t, 200)
	screen.says(t, "1 organisation signataire sur 2 invitées", "Ville de Rivière-Exemple")
	if !strings.Contains(screen.body, `<meta http-equiv="refresh" content="10">`) || strings.Contains(screen.body, "Camille Exemple") || strings.Contains(screen.body, "example.org") {
		t.Error("the screen stands still, or names a person")
	}
	if paused := b.open(path+"?pause=1").must(t, 200); strings.Contains(paused.body, "refresh") {
		t.Error("it cannot be paused")
	}
}

func TestGuestSignsOnTheTablet(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	inv, mailed := x.invited(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	host := x.as("agent")
	path := "/equipe/campagnes/estrie/" + c.Slug + "/ceremonie/invites"
	host.open(path).must(t, 200).says(t, inv.Contact.Name, "Montrer le code QR")
	shown := host.post(path+"/"+inv.ID).must(t, 200)
	shown.says(t, "Signer pour Ville", "c…@example.org")
	for _, never := range []string{mailed, "/i/", "camille@example.org", "eyJ"} {
		if strings.Contains(shown.body, never) {
			t.Errorf("staff read %q", never)
		}
	}
	if !strings.Contains(shown.body, `class="qr large"`) {
		t.Error("no code")
	}

	tablet, link := x.browser(), x.roomLink(c, inv.ID)
	before := x.stateOf(inv)
	tablet.open(link).must(t, 200).says(t, "Une invitation pour Ville", "c…@example.org")
	if after := x.stateOf(inv); after != before {
		t.Errorf("opening the page made %s of %s", after, before)
	}
	tablet.post(link).leadsTo(t, "/signature")
	tablet.post("/signature").leadsTo(t, "/signature/organisation")
	tablet.post("/signature/organisation", "organisation", "Ville de Rivière-Exemple", "name", "Camille Exemple", "function", "Greffière").leadsTo(t, "/signature/resolution")
	tablet.post("/signature/resolution", "needed", "no").leadsTo(t, "/signature/verification")
	tablet.post("/signature/verification", "do", "send").leadsTo(t, "/signature/verification?envoye=1")
	tablet.post("/signature/verification", "do", "confirm", "code", x.world.Courier.Last(t)).leadsTo(t, "/signature/signer")
	tablet.post("/signature/signer", "review", tablet.review(), "typed", "Camille Exemple", "consent", "1").leadsTo(t, "/signature/merci")
	tablet.open("/signature/merci").must(t, 200).says(t, "Personne suivante", "rien de votre signature ne restera")

	secret := tablet.cookies[cookieSigning]
	end := tablet.post("/signature/terminer")
	end.leadsTo(t, "/signature/suivante")
	for _, name := range []string{cookieSigning, cookieLanguage} {
		if !forgets(end, name) {
			t.Errorf("the tablet keeps %s", name)
		}
	}
	tablet.open("/signature/suivante").must(t, 200).says(t, "Prêt pour la personne suivante")
	tablet.cookies[cookieSigning] = secret // even if the browser had kept it
	for _, page := range []string{"/signature", "/signature/merci", "/signature/attestation.pdf"} {
		if a := tablet.open(page).must(t, 401); strings.Contains(a.body, "Rivière-Exemple") {
			t.Errorf("%s shows the next person the last one", page)
		}
	}
	tablet.post(link).must(t, 410)
}

// forgets tells whether an answer makes the browser drop a cookie.
func forgets(a answer, name string) bool {
	for _, c := range a.Cookies() {
		if c.Name == name && c.Value == "" && c.Expires.Before(time.Now()) {
			return true
		}
	}
	return false
}

func (x *teamSite) stateOf(inv workflow.Invitation) workflow.State {
	x.t.Helper()
	page, err := x.world.Invitation(x.t.Context(), workflow.Operator(), inv.ID)
	if err != nil {
		x.t.Fatal(err)
	}
	return page.State
}

// Whoever signs at home has no use for the end of a shared tablet.
func TestOnlySharedTabletsEnd(t *testing.T) {
	x := newTeam(t)
	_, token := x.invited()
	secret, form := x.world.Ready(t, token)
	if _, err := x.world.Sign(t.Context(), secret, form, x.visitOfTest()); err != nil {
		t.Fatal(err)
	}
	b := x.browser()
	b.cookies[cookieSigning] = secret
	if page := b.open("/signature/merci").must(t, 200); strings.Contains(page.body, "Personne suivante") {
		t.Error("it is offered to everybody")
	}
}

func (x *teamSite) visitOfTest() workflow.Visit { return workflow.Visit{IP: "192.0.2.7"} }

// A browser with a staff session that becomes a guest's loses it.
func TestGuestsDoNotInheritTheStaffSession(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	inv, _ := x.invited(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	host, link := x.as("agent"), x.roomLink(c, inv.ID)
	session := host.cookies[cookieTeam]
	host.open(link).must(t, 200).says(t, "Continuer la déconnecte")
	host.open("/equipe").must(t, 200)
	a := host.post(link)
	a.leadsTo(t, "/signature")
	if !forgets(a, cookieTeam) {
		t.Error("the browser keeps the staff's cookie")
	}
	host.cookies[cookieTeam] = session
	host.open("/equipe").leadsTo(t, "/equipe/connexion")
}

func TestOldRoomLinksSayWhatToDo(t *testing.T) {
	x := newTeam(t)
	c := x.campaign()
	inv, token := x.invited(func(r *workflow.InviteRequest) { r.Campaign = c.Slug })
	link := x.roomLink(c, inv.ID)
	x.world.Clock.Move(15 * time.Minute)
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		x.browser().send(method, link, "").must(t, 410).says(t, "Ce code QR ne fonctionne plus", "Demandez à l’équipe de le montrer de nouveau")
	}
	for _, wrong := range []string{"/i/c/" + token, "/i/c/a.b.c", "/i/c/x"} {
		x.browser().open(wrong).must(t, 404)
	}
	x.browser().open("/i"+strings.TrimPrefix(link, "/i/c")).must(t, 404)
}
