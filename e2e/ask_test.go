package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// An organisation that nobody invited asks for it, on a phone and at a desk; the
// pôle reads so in its mailbox, and invites from the page the mail leads to.
func TestUninvitedOrganisationAsks(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	names := map[int]string{phone: "du Gabarit", desk: "de l’Ébauche"}
	for width, email := range map[int]string{phone: "jo@example.org", desk: "sacha@example.org"} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		j.asks(names[width], email)
		letter := awaitLetter(t, demo.data, "estrie@example.org", "demande une invitation")
		if strings.Contains(letter.text, email) || strings.Contains(letter.text, "Jo Exemple") {
			t.Errorf("the mail names who asks:\n%s", letter.text)
		}
		j.signsIn("equipe@example.org")
		j.sees("demandes-tableau")
		j.goes(`.notice a[href="/equipe/demandes"]`)
		j.sees("demandes")
		j.invitesWhoAsked(names[width], email)
	}
}

// asks fills in the form: first wrong, then a homonym, then right.
func (j *journey) asks(name, email string) {
	j.t.Helper()
	j.open(j.demo.base + "/regions/estrie")
	j.goes(`a[href="/demander?region=estrie"]`)
	j.sees("demander")
	if j.has(`.unseen input:focus`) || ask(j.page, chromedp.Evaluate[bool](`document.getElementById("website").offsetParent !== null`)) {
		j.t.Error("the box for programs shows")
	}
	j.fill(`#organisation`, "Coopérative "+name)
	j.do(chromedp.SetValue(chromedp.CSS(`#kind`), "cooperative"))
	j.fill(`#place`, "Stanstead")
	j.do(chromedp.SetValue(chromedp.CSS(`#message`), "Voyez www.exemple.org"))
	if status := j.follow(`main form button`); status != 422 {
		j.t.Errorf("a homonym and a link are answered %d", status)
	}
	j.sees("demander-erreur")
	j.click(`label[for="where-1"]`)
	j.fill(`#name`, "Jo Exemple")
	j.fill(`#function`, "Achats")
	j.fill(`#email`, email)
	j.do(chromedp.SetValue(chromedp.CSS(`#message`), "Nous achetons déjà à trois coopératives."))
	j.goes(`main form button`)
	j.sees("demande-envoyee")
	if !strings.Contains(j.text(`main`), "estrie@example.org") {
		j.t.Error("the page does not say how to reach the pôle")
	}
}

// invitesWhoAsked goes from the list to the invitation, and back to what became
// of the request.
func (j *journey) invitesWhoAsked(name, email string) {
	j.t.Helper()
	page := ask(j.page, chromedp.Evaluate[string](`[...document.querySelectorAll("th a")].find(a => a.textContent.includes("`+name+`")).href`))
	j.open(page)
	j.click(`details summary`)
	j.sees("demande")
	j.goes(`a.button[href*="?demande="]`)
	j.sees("demande-inviter")
	if got := ask(j.page, valueOf(`#email`)); got != email {
		j.t.Errorf("the form is for %q", got)
	}
	j.goes(`main form button`)
	j.goes(`main form button`)
	awaitLetter(j.t, j.demo.data, email, "")
	j.open(page)
	j.sees("demande-invitee")
	if !strings.Contains(j.text(`main`), "Voir l’invitation") {
		j.t.Error("the request does not lead to the invitation")
	}
}
