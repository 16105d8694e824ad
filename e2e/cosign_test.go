package e2e

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The mayor signs, then the clerk, then the pôle: with keys only, on a phone and
// on a desk. Each has a link and a code of their own; the last one seals.
func TestThreeSignOneDeclaration(t *testing.T) {
	for _, width := range []int{phone, desk} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			demo, browser := startDemo(t), chromium(t)
			staff := &journey{page: newPage(t, browser, width), demo: demo, width: width}
			staff.namesDirector("estrie", "direction@example.org")
			id := strings.Fields(demo.must("invite", "--pole", "estrie", "--organisation", "Ville de Trois-Essais", "--kind", "municipality", "--region", "05",
				"--name", "Camille Exemple", "--function", "Mairesse", "--email", "mairesse@example.org"))[0]
			staff.hasItCountersigned(id)

			first := keyboard{&journey{page: newPage(t, browser, width), demo: demo, width: width, n: 20}}
			first.opens("mairesse@example.org")
			first.presses(`main form button`, http.StatusOK) // read
			first.chooses("beside", "yes")
			first.presses(`main form button`, http.StatusUnprocessableEntity)
			first.sees("second-oublie")
			first.types(`#second-name`, "Dominique Essai")
			first.types(`#second-function`, "Greffier")
			first.types(`#second-email`, "greffier@example.org")
			first.sees("second")
			first.presses(`main form button`, http.StatusOK)
			first.chooses("needed", "no")
			first.presses(`main form button`, http.StatusOK)
			first.signs("mairesse@example.org", "Camille Exemple")
			first.sees("signature-donnee")
			if said := first.text("main"); !strings.Contains(said, "Dominique Essai") || !strings.Contains(said, "Lien envoyé le") {
				t.Errorf("after the first:\n%s", said)
			}
			staff.open(demo.base + "/equipe/invitations/" + id)
			staff.sees("equipe-signataires")

			second := keyboard{&journey{page: newPage(t, browser, width), demo: demo, width: width, n: 40}}
			second.opensBeside("greffier@example.org")
			second.signs("greffier@example.org", "Dominique Essai")
			pole := keyboard{&journey{page: newPage(t, browser, width), demo: demo, width: width, n: 60}}
			pole.opensBeside("direction@example.org")
			pole.signs("direction@example.org", "Sacha Gabarit")
			number := strings.TrimSpace(pole.text(".number"))
			for _, who := range []string{"mairesse", "greffier"} {
				letter := awaitLetter(t, demo.data, who+"@example.org", "votre attestation")
				if file := letter.attachments["attestation-"+number+".pdf"]; len(file) == 0 {
					t.Errorf("%s received %d files", who, len(letter.attachments))
				}
			}
			page := &journey{page: newPage(t, browser, width), demo: demo, width: width, n: 80}
			page.open(demo.base + "/v/" + number)
			page.sees("numero-trois-signatures")
			if said := page.text("main"); !strings.Contains(said, "Contresignée par le pôle") || strings.Contains(said, "Camille Exemple") {
				t.Errorf("the public page says:\n%s", said)
			}
			linksLead(t, demo.data)
			if out := demo.must("journal", "verify", "--deep"); !strings.HasPrefix(out, "sound") {
				t.Error(out)
			}
		})
	}
}

// namesDirector signs in as an administrator of the demonstration and says who
// countersigns for a pôle.
func (j *journey) namesDirector(pole, email string) {
	j.t.Helper()
	j.signsIn("equipe@example.org")
	j.open(j.demo.base + "/equipe/poles/" + pole)
	j.fill(`#director-name`, "Sacha Gabarit")
	if status := j.follow(`form[action="/equipe/poles/` + pole + `"] button`); status != http.StatusUnprocessableEntity || !j.has(`#director-email-error`) {
		j.t.Errorf("half a person is taken, %d:\n%s", status, j.text("main"))
	}
	j.fill(`#director-function`, "Direction générale")
	j.fill(`#director-email`, email)
	j.sees("pole-direction")
	j.goes(`form[action="/equipe/poles/` + pole + `"] button`)
}

// hasItCountersigned asks the pôle's director to sign too.
func (j *journey) hasItCountersigned(id string) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/invitations/" + id)
	j.click(`details:has(form[action$="/contreseing"]) summary`)
	j.sees("contreseing")
	j.goes(`form[action$="/contreseing"] button`)
	if said := j.text(`.notice`); !strings.Contains(said, "Le contreseing est modifié.") {
		j.t.Errorf("countersigning: %s", said)
	}
}

// opensBeside opens the link mailed to somebody who signs beside the contact.
func (k keyboard) opensBeside(email string) {
	k.t.Helper()
	k.open(linkTo(k.t, awaitLetter(k.t, k.demo.data, email, "votre signature est demandée"), "/i/s/"))
	k.sees("demande-de-signature")
	k.presses(`main form button`, http.StatusOK)
	k.presses(`main form button`, http.StatusOK) // read
}

// signs goes from the code to the act.
func (k keyboard) signs(email, name string) {
	k.t.Helper()
	k.confirmMailbox(email)
	k.sees("resume")
	k.types(`#typed`, name)
	k.reaches(`#consent`)
	k.do(chromedp.KeyEvent(" "))
	k.presses(`.card .actions button`, http.StatusOK)
}

// linksLead follows every link of every mail as a scanner does, without a
// cookie: each leads to a page, or to one that says why it no longer opens.
func linksLead(t *testing.T, data string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "mail", "*.eml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d mails, %v", len(files), err)
	}
	for _, file := range files {
		l, err := readLetter(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range l.links() {
			answer, err := http.Get(link)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusGone {
				t.Errorf("%s: %s answers %d", l.subject, link, answer.StatusCode)
			}
		}
	}
}
