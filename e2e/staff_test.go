package e2e

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// signInCode is the code of a sign-in mail: eight of Crockford's characters
// alone on a line.
var signInCode = regexp.MustCompile(`(?m)^\W*([0-9A-Z]{8})\s*$`)

// signsIn asks for a code and types it.
func (j *journey) signsIn(email string) {
	j.t.Helper()
	before := len(lettersTo(j.t, j.demo.data, email))
	j.open(j.demo.base + "/equipe/connexion")
	j.sees("connexion")
	j.fill(`#email`, email)
	j.goes(`main form button`)
	j.sees("code-connexion")
	j.fill(`#code`, "WRONG234")
	if status := j.follow(`main form button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("a wrong code is answered %d", status)
	}
	j.sees("code-connexion-erreur")
	eventually(j.t, "a sign-in code for "+email, func() bool { return len(lettersTo(j.t, j.demo.data, email)) > before })
	letters := lettersTo(j.t, j.demo.data, email)
	found := signInCode.FindStringSubmatch(letters[len(letters)-1].text)
	if found == nil {
		j.t.Fatalf("no code in the mail:\n%s", letters[len(letters)-1].text)
	}
	j.fill(`#code`, strings.ToLower(found[1][:4]+" "+found[1][4:]))
	j.goes(`main form button`)
}

// The staff's work in a real browser: sign in, invite, follow, resend, revoke,
// sign out, on a phone and at a desk.
func TestStaffInvitesFollowsAndRevokes(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{desk, phone} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		j.signsIn("equipe@example.org")
		j.sees("tableau-de-bord")
		j.invites(fmt.Sprintf("Ville de l’Essai-%d", width), fmt.Sprintf("invitee-%d@example.org", width))
		j.followsUp(fmt.Sprintf("invitee-%d@example.org", width))
		j.plansReminders()
		j.looksAround()
		j.goes(`form[action="/equipe/deconnexion"] button`)
		if address := j.address(); address != demo.base+"/equipe/connexion" {
			t.Errorf("signing out leads to %s", address)
		}
		j.open(demo.base + "/equipe/invitations")
		if address := j.address(); address != demo.base+"/equipe/connexion" {
			t.Errorf("after signing out, the list leads to %s", address)
		}
	}
}

// invites fills the form twice: an emoji is refused beside its field, and what
// was typed is still there.
func (j *journey) invites(organisation, email string) {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/invitations/nouvelle"]`)
	j.sees("nouvelle-chercher")
	j.fill(`#q`, "sherb")
	eventually(j.t, "organisations while a name is typed", func() bool { return j.has(`.matches a[href$="m43027"]`) })
	j.sees("nouvelle-proposee")
	j.goes(`a[href*="choix=autre"]`)
	j.sees("nouvelle")
	j.click(`input[name=pole][value=estrie]`)
	j.fill(`#organisation`, organisation)
	j.do(chromedp.SetValue(chromedp.CSS(`#kind`), "municipality"))
	j.fill(`#municipality`, "Sherbrooke — 43027")
	j.fill(`#name`, "Camille 🏛 Exemple")
	j.fill(`#function`, "Greffière")
	j.fill(`#email`, email)
	j.fill(`#source`, "Rencontre du 3 novembre")
	if status := j.follow(`main form button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("an emoji is answered %d", status)
	}
	j.sees("nouvelle-erreur")
	if said := j.text(`#name-error`); !strings.Contains(said, "🏛") {
		j.t.Errorf("the refusal does not show the character: %q", said)
	}
	if typed := ask(j.page, valueOf(`#organisation`)); typed != organisation {
		j.t.Errorf("what was typed became %q", typed)
	}
	j.fill(`#name`, "Camille Exemple")
	j.click(`input[name=civility][value=madame]`)
	j.goes(`main form button`)
	j.sees("verifier")
	if said := j.text(`.letter-text`); !strings.HasPrefix(said, "Madame,") || !strings.Contains(said, "[lien personnel]") {
		j.t.Errorf("the preview starts %.40q", said)
	}
	j.goes(`form[action$="/nouvelle"] button`)
	j.sees("creee")
}

// followsUp reads what became of the mail, resends and revokes.
func (j *journey) followsUp(email string) {
	j.t.Helper()
	first := awaitLetter(j.t, j.demo.data, email, "")
	page := j.address()
	eventually(j.t, "the page that tells of the mail", func() bool {
		j.open(page)
		return strings.Contains(j.text(`main`), "Acceptée par le serveur")
	})
	j.sees("envoyee")
	j.reminds()
	j.goes(`a[href*="/courriels/"]`)
	j.sees("copie")
	if said := j.text(`main`); !strings.Contains(said, "[lien personnel]") || strings.Contains(said, "/i/") {
		j.t.Error("the copy of the mail holds its link, or does not say what it was")
	}
	j.open(page)
	j.click(`details:has(form[action$="/renvoyer"]) summary`)
	j.goes(`form[action$="/renvoyer"] button`)
	j.sees("renvoyee")
	if status := j.open(first.links()[0]); status != http.StatusGone {
		j.t.Errorf("the old link answers %d", status)
	}
	j.open(page)
	j.click(`details:has(form[action$="/annuler"]) summary`)
	j.goes(`form[action$="/annuler"] button`)
	j.sees("annulee")
	if j.has(`form[action$="/annuler"]`) {
		j.t.Error("what was revoked can be revoked again")
	}
}

// reminds sends a reminder, stops those to come and takes them up again.
func (j *journey) reminds() {
	j.t.Helper()
	j.click(`details:has(form[action$="/rappeler"]) summary`)
	j.sees("rappeler")
	j.goes(`form[action$="/rappeler"] button`)
	j.sees("rappelee")
	if j.has(`form[action$="/rappeler"]`) {
		j.t.Error("a second reminder may go at once")
	}
	j.click(`details:has(form[action$="/ne-plus-rappeler"]) summary`)
	j.goes(`form[action$="/ne-plus-rappeler"] button`)
	j.sees("sans-rappel")
	j.goes(`form[action$="/reprendre-rappels"] button`)
}

// plansReminders tries a plan, is refused another, and saves the first.
func (j *journey) plansReminders() {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/poles/estrie/rappels")
	j.sees("rappels")
	j.fill(`#after`, "5, 12")
	j.goes(`button[name=apercu]`)
	j.sees("rappels-apercu")
	j.fill(`#before`, "douze")
	if status := j.follow(`main form button:not([name])`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("a number in words is answered %d", status)
	}
	j.sees("rappels-erreur")
	j.fill(`#before`, "7")
	j.goes(`main form button:not([name])`)
	j.sees("rappels-enregistres")
}

// looksAround opens the other pages.
func (j *journey) looksAround() {
	j.t.Helper()
	for name, path := range map[string]string{"liste": "/equipe/invitations?pole=estrie", "aucune": "/equipe/invitations?q=zzz",
		"profil": "/equipe/profil", "desabonnements": "/equipe/poles/estrie/desabonnements", "introuvable": "/equipe/invitations/AAAA", "tableau-de-bord-en": "/equipe?lang=en"} {
		j.open(j.demo.base + path)
		j.sees(name)
	}
	j.open(j.demo.base + "/equipe/invitations?etat=signed&lang=fr")
	j.goes(`tbody th a`)
	j.sees("signee")
	if file := j.download(`a[href$="/attestation.pdf"]`); !strings.HasPrefix(string(file), "%PDF-") {
		j.t.Errorf("the certificate starts %.10q", file)
	}
	j.goes(`nav.team a[href="/equipe/profil"]`)
	j.goes(`.plain-list a`)
	j.sees("pole")
	j.goes(`.back`)
}

// Whoever administers the service enrols an authenticator before anything
// else, and edits a pôle's contact details after.
func TestAdministratorEnrolsASecondFactor(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	j := &journey{page: newPage(t, browser, phone), demo: demo, width: phone}
	j.signsIn("administration@example.org")
	j.sees("application")
	if j.address() != demo.base+"/equipe/connexion/application" {
		t.Fatalf("at %s", j.address())
	}
	j.fill(`#code`, authenticator(t, j.text(`.number`), time.Now()))
	j.goes(`form[action$="/application"] button`)
	j.sees("tableau-de-bord-administration")
	j.open(demo.base + "/equipe/poles/estrie")
	j.sees("pole-modifier")
	j.fill(`#email`, "pole@@example.org")
	j.follow(`main form button`)
	j.sees("pole-erreur")
	j.fill(`#email`, "pole@example.org")
	j.goes(`main form button`)
	j.sees("pole-enregistre")
	j.open(demo.base + "/equipe/invitations/nouvelle")
	j.sees("nouvelle-administration")
}

// authenticator gives the code of a secret at a time, as RFC 6238 says.
func authenticator(t *testing.T, groups string, at time.Time) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(groups, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	binary.Write(mac, binary.BigEndian, uint64(at.Unix()/30))
	sum := mac.Sum(nil)
	part := sum[sum[len(sum)-1]&15:]
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(part)&0x7fffffff)%1000000)
}

// RFC 6238, appendix B, cut to six digits.
func TestAuthenticatorFollowsTheStandard(t *testing.T) {
	const secret = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 2000000000: "279037"} {
		if got := authenticator(t, secret, time.Unix(at, 0)); got != want {
			t.Errorf("at %d: %s, want %s", at, got, want)
		}
	}
}
