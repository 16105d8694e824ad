package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// administers signs in as whoever administers the service, and enrols the
// authenticator that this asks for once.
func (j *journey) administers(secret *string) {
	j.t.Helper()
	j.signsIn("administration@example.org")
	if *secret == "" {
		*secret = j.text(`.number`)
	}
	j.fill(`#code`, authenticator(j.t, *secret, time.Now()))
	j.goes(`form[action$="/application"] button`)
}

// A text from its first draft to its publication, the offer to those who have
// signed the one before, and the people who work here: at a desk, then on a
// phone.
func TestAdministratorPublishesAndInvitesColleagues(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	j := &journey{page: newPage(t, browser, desk), demo: demo, width: desk}
	var secret string
	j.administers(&secret)
	j.publishes("*", "1.1")
	j.offersTheNewText()
	j.invitesAColleague("jo@example.org")
	j.owns()
	small := &journey{page: newPage(t, browser, phone), demo: demo, width: phone}
	small.signsIn("equipe@example.org")
	small.looksAtTeam()
}

// publishes begins a text, is refused what no certificate could print, saves,
// looks, compares and publishes.
func (j *journey) publishes(whose, number string) {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/declarations"]`)
	j.sees("declarations")
	j.do(chromedp.SetValue(chromedp.CSS(`#pole`), whose))
	j.goes(`form.card button`)
	j.sees("brouillon")
	title := "Déclaration d’engagement, texte de " + number
	j.fill(`#titlefr`, title+" 🎉")
	if status := j.follow(`form.narrow button`); status != 422 {
		j.t.Errorf("an emoji is answered %d", status)
	}
	j.sees("brouillon-erreur")
	j.fill(`#titlefr`, title)
	j.goes(`form.narrow button`)
	j.sees("brouillon-enregistre")
	j.goes(`a[href*="/comparer?de="]`)
	j.sees("differences")
	if !strings.Contains(j.text(`.diff ins`), "ajout") {
		j.t.Errorf("an addition is said %q", j.text(`.diff ins`))
	}
	j.open(j.demo.base + "/equipe/declarations")
	j.goes(`tbody th a`)
	j.goes(`a[href$="/apercu"]`)
	j.sees("apercu")
	j.goes(`.back`)
	if file := j.download(`a[href$="/projet.pdf"]`); !strings.HasPrefix(string(file), "%PDF-") {
		j.t.Errorf("the preview starts %.10q", file)
	}
	j.goes(`a[href$="/publier"]`)
	j.sees("publier")
	j.goes(`main form button`)
	j.sees("publiee")
	j.open(j.demo.base + "/declaration")
	if !strings.Contains(j.text(`h1`), title) {
		j.t.Errorf("the public text is %q", j.text(`h1`))
	}
}

func (j *journey) offersTheNewText() {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/declarations/adhesions?pole=estrie")
	j.sees("adhesions")
	j.goes(`form.card button`)
	j.sees("adhesions-invitees")
}

func (j *journey) invitesAColleague(email string) {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/membres"]`)
	j.sees("membres")
	j.goes(`a.button[href="/equipe/membres/nouveau"]`)
	j.fill(`#name`, "Jo Exemple")
	j.fill(`#email`, email)
	j.follow(`main form button`)
	j.sees("membre-erreur")
	j.click(`label[for="pole"]`)
	j.goes(`main form button`)
	letter := awaitLetter(j.t, j.demo.data, email, "accès")
	if links := letter.links(); len(links) != 1 || !strings.HasSuffix(links[0], "/equipe/connexion") {
		j.t.Errorf("the welcome leads to %v", links)
	}
	eventually(j.t, "the page that tells of the mail", func() bool {
		j.open(strings.Split(j.address(), "?")[0])
		return strings.Contains(j.text(`main`), "accepté par le serveur")
	})
	j.sees("membre")
}

// owns looks at one's own profile and the pôle's.
func (j *journey) owns() {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/profil"]`)
	j.sees("profil-administration")
	j.goes(`a[href="/equipe/profil/application"]`)
	j.sees("application-remplacer")
	j.open(j.demo.base + "/equipe/poles/estrie")
	j.sees("pole-profil")
}

// looksAtTeam opens the pages that an agent has, on a phone.
func (j *journey) looksAtTeam() {
	j.t.Helper()
	for name, path := range map[string]string{"agent-declarations": "/equipe/declarations", "agent-adhesions": "/equipe/declarations/adhesions?pole=estrie",
		"agent-membres": "/equipe/membres", "agent-profil": "/equipe/profil", "agent-application": "/equipe/profil/application",
		"agent-pole": "/equipe/poles/estrie", "agent-comparer": "/equipe/declarations/comparer?de=1.0&a=1.1"} {
		j.open(j.demo.base + path)
		j.sees(name)
	}
}
