package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"jachete/store"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// teamSite is a site with its staff, on a database of its own.
type teamSite struct {
	*site
	world  *workflowtest.World
	people map[string]workflow.Staff
	draft  string // id of a text of estrie in preparation, see draftOfEstrie
	asked  int    // requests made, see requested
}

// visitors are the kinds of people at the staff's doors. Their pôle is estrie,
// but for the one elsewhere.
var visitors = []string{"anonymous", "reader", "agent", "elsewhere", "half", "admin"}

// samplePreview stands for the composer of mails, of which it shows the parts a
// page could lose.
func samplePreview(m workflow.MailContent) (MailPreview, error) {
	return MailPreview{From: "signature@example.org", To: m.Delivery.Recipient, Subject: "Objet pour " + m.Organisation,
		Text: "Texte: " + m.Message, HTML: "<!doctype html><title>x</title><p style=\"color:red\">Page: " + m.Organisation + "</p>"}, nil
}

// newTeam makes a site with one person of each kind.
func newTeam(t *testing.T, change ...func(*Config)) *teamSite {
	t.Helper()
	db, err := store.Open(t.Context(), migrated.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	x := &teamSite{world: workflowtest.New(t, db), people: map[string]workflow.Staff{}}
	config := Config{Service: x.world.Service, BaseURL: mustURL(t, "http://"+testHost), Preview: samplePreview, BadgeSVG: sampleBadge, BadgePNG: sampleBadgePNG, PosterPNG: samplePoster}
	for _, f := range change {
		f(&config)
	}
	server, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	x.site = &site{Server: server, t: t, service: x.world.Service}
	for kind, r := range map[string]workflow.StaffRequest{
		"reader":    {Role: workflow.RoleReader, Poles: []string{"estrie"}},
		"agent":     {Role: workflow.RoleAgent, Poles: []string{"estrie"}},
		"elsewhere": {Role: workflow.RoleAgent, Poles: []string{"montreal"}},
		"admin":     {Role: workflow.RoleAdmin},
		"leaving":   {Role: workflow.RoleAgent, Poles: []string{"estrie"}},
		"colleague": {Role: workflow.RoleAgent, Poles: []string{"estrie"}},
	} {
		r.Email, r.Name = kind+"@example.org", "Camille Équipe"
		if x.people[kind], err = x.world.AddStaff(t.Context(), workflow.Operator(), r); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

// enrol gives the administrator an authenticator.
func (x *teamSite) enrol() {
	x.t.Helper()
	staff := x.people["admin"]
	b := x.browser()
	b.cookies[cookieTeam] = x.session(staff, false)
	x.passesWith(b, x.keyOf(b)).leadsTo(x.t, "/equipe")
}

// session opens a session in the store, as a sign-in would.
func (x *teamSite) session(staff workflow.Staff, secondFactor bool) (secret string) {
	x.t.Helper()
	secret = rand.Text()
	hash := sha256.Sum256([]byte(secret))
	now := x.world.Clock.Now()
	err := x.world.Store.Update(x.t.Context(), func(tx workflow.Tx) error {
		return tx.AddStaffSession(x.t.Context(), workflow.StaffSession{Hash: hex.EncodeToString(hash[:]), StaffID: staff.ID,
			SecondFactor: secondFactor, CreatedAt: now, ExpiresAt: now.Add(12 * time.Hour)})
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return secret
}

// as opens a browser of one kind of visitor. Administrators need enrol first.
func (x *teamSite) as(kind string) *browser {
	x.t.Helper()
	b := x.browser()
	switch kind {
	case "anonymous":
	case "half":
		b.cookies[cookieTeam] = x.session(x.people["admin"], false)
	default:
		b.cookies[cookieTeam] = x.session(x.people[kind], true)
	}
	return b
}

// invited makes an invitation in estrie and gives the token of its link.
func (x *teamSite) invited(change ...func(*workflow.InviteRequest)) (workflow.Invitation, string) {
	x.t.Helper()
	r := workflowtest.Request()
	r.Organisation = "Ville " + rand.Text()
	for _, f := range change {
		f(&r)
	}
	return x.world.Invite(x.t, r)
}

// mailOf gives the id of the first mail of an invitation.
func (x *teamSite) mailOf(id string) string {
	x.t.Helper()
	mails, err := x.world.Store.DeliveriesOf(x.t.Context(), id)
	if err != nil {
		x.t.Fatal(err)
	}
	if len(mails) == 0 { // of something else than an invitation
		return ""
	}
	return mails[0].ID
}

// campaign adds a campaign of estrie; change edits its form first.
func (x *teamSite) campaign(change ...func(*workflow.CampaignRequest)) workflow.Campaign {
	x.t.Helper()
	r := workflow.CampaignRequest{Name: "Les villes de l’Estrie", Place: "Salle de l’Exemple"}
	for _, f := range change {
		f(&r)
	}
	c, err := x.world.AddCampaign(x.t.Context(), workflow.Operator(), "estrie", r)
	if err != nil {
		x.t.Fatal(err)
	}
	return c
}

// signedOne makes an invitation that was signed.
func (x *teamSite) signedOne(change ...func(*workflow.InviteRequest)) workflow.Invitation {
	x.t.Helper()
	inv, token := x.invited(change...)
	secret, form := x.world.Ready(x.t, token)
	if _, err := x.world.Sign(x.t.Context(), secret, form, workflowtest.Visit); err != nil {
		x.t.Fatal(err)
	}
	x.world.Clock.Move(2 * time.Minute) // the next code to the same mailbox may be asked
	return inv
}

// codeTo waits for the sign-in code that is mailed behind the answer.
func (x *teamSite) codeTo(after int) string {
	x.t.Helper()
	for range 500 {
		if mails := x.world.Courier.Codes(); len(mails) > after {
			return mails[len(mails)-1].Code
		}
		time.Sleep(10 * time.Millisecond)
	}
	x.t.Fatal("no code was mailed")
	return ""
}

// signsIn signs in as a person does, up to the session's cookie.
func (x *teamSite) signsIn(b *browser, email string) answer {
	x.t.Helper()
	before := len(x.world.Courier.Codes())
	b.post("/equipe/connexion", "email", email).leadsTo(x.t, "/equipe/connexion/code")
	return b.post("/equipe/connexion/code", "code", x.codeTo(before))
}
