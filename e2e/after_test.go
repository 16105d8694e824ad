package e2e

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// maxTabs is more stops than any page has.
const maxTabs = 120

// reaches presses Tab until the focus is on what a selector names.
func (j *journey) reaches(css string) {
	j.t.Helper()
	for range maxTabs {
		if ask(j.page, chromedp.Evaluate[bool](fmt.Sprintf(`document.activeElement.matches(%q)`, css))) {
			return
		}
		j.do(chromedp.KeyEvent(kb.Tab))
	}
	j.t.Fatalf("the keyboard does not reach %s\n%s", css, j.where())
}

// enters reaches a link or a button, presses Enter and waits for the page.
func (j *journey) enters(css string) (status int) {
	j.t.Helper()
	j.reaches(css)
	ctx, cancel := context.WithTimeout(j.ctx, patience)
	defer cancel()
	answer, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
	if err != nil {
		j.t.Fatalf("Enter on %s: %v\n%s", css, err, j.where())
	}
	return j.arrive(answer)
}

// types reaches a field and types into it.
func (j *journey) types(css, text string) {
	j.t.Helper()
	j.reaches(css)
	j.do(chromedp.KeyEvent(text))
}

// A person who signed long ago, with a keyboard, on a phone and at a desk: asks
// for the certificate by mail, opens its page, is named in the register, then
// withdraws. Another one confirms the year.
func TestAfterSigningByKeyboard(t *testing.T) {
	for _, width := range []int{phone, desk} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			demo, browser := startDemo(t), chromium(t)
			const email = "demo-220@example.org"
			j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
			j.open(demo.base + "/attestation")
			j.sees("retrouver")
			j.types(`#email`, email)
			if status := j.enters(`form button`); status != http.StatusOK {
				t.Fatalf("asking is answered %d", status)
			}
			j.sees("retrouver-demande")
			page := linkTo(t, awaitLetter(t, demo.data, email, "Vos attestations"), "/c/")
			j.open(page)
			j.sees("attestation-page")
			j.namesInRegister(email)
			j.asksForACorrection(page)
			j.withdraws(page)
			j.registerShowsTheWithdrawal()
			j.confirmsTheYear("demo-370@example.org")
			awaitLetter(t, demo.data, email, "est retiré")
			awaitLetter(t, demo.data, "estrie@example.org", "demande une correction")
			linksLead(t, demo.data)
		})
	}
}

// confirmsTheYear answers the yearly mail: a figure that is none is refused, and
// what was typed is still there.
func (j *journey) confirmsTheYear(email string) {
	j.t.Helper()
	j.open(linkTo(j.t, awaitLetter(j.t, j.demo.data, email, "tient-il toujours"), "/engagement/"))
	j.sees("toujours-engages")
	j.enters(`main form button`)
	j.sees("annee")
	code := mailedCode.FindStringSubmatch(awaitLetter(j.t, j.demo.data, email, "Votre code").text)
	if code == nil {
		j.t.Fatal("no code in the mail")
	}
	j.types(`#code`, code[1])
	j.types(`#amount`, "beaucoup")
	j.types(`#contracts`, "4")
	j.reaches(`#practice-clause`)
	j.do(chromedp.KeyEvent(" "))
	if status := j.enters(`main form button`); status != http.StatusUnprocessableEntity || !j.has(`#practice-clause:checked`) {
		j.t.Errorf("a figure that is none is answered %d:\n%s", status, j.text("main"))
	}
	j.sees("annee-erreur")
	j.reaches(`#amount`)
	j.do(chromedp.Clear(chromedp.CSS(`#amount`)))
	j.types(`#amount`, "12 500")
	j.enters(`main form button`)
	j.sees("annee-confirmee")
	if said := j.text("main"); !strings.Contains(said, "Merci, c’est confirmé!") {
		j.t.Errorf("confirmed:\n%s", said)
	}
}

// linkTo is the link of a letter to that part of the site.
func linkTo(t *testing.T, l letter, part string) string {
	t.Helper()
	for _, link := range l.links() {
		if strings.Contains(link, part) {
			return link
		}
	}
	t.Fatalf("no link to %s in\n%s", part, l.text)
	return ""
}

func (j *journey) namesInRegister(email string) {
	j.t.Helper()
	if status := j.enters(`a[href$="/publication"]`); status != http.StatusOK {
		j.t.Fatalf("the choices answer %d", status)
	}
	j.sees("publication-sans-code")
	j.enters(`form button`)
	j.sees("gerer-code")
	code := mailedCode.FindStringSubmatch(awaitLetter(j.t, j.demo.data, email, "code pour gérer").text)
	if code == nil {
		j.t.Fatal("no code in the mail")
	}
	j.types(`#code`, wrongCode(code[1]))
	if status := j.enters(`form button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("a wrong code is answered %d", status)
	}
	j.sees("gerer-code-erreur")
	j.reaches(`#code`)
	j.do(chromedp.KeyEvent(kb.End))
	for range len(code[1]) {
		j.do(chromedp.KeyEvent(kb.Backspace))
	}
	j.types(`#code`, code[1])
	j.enters(`form button`)
	j.sees("publication")
	j.reaches(`#publish`)
	j.do(chromedp.KeyEvent(" "))
	j.enters(`form button`)
	j.sees("publication-faite")
	if said := j.text("main"); !strings.Contains(said, "Vos choix de publication sont enregistrés") {
		j.t.Errorf("the page says\n%s", said)
	}
}

func (j *journey) asksForACorrection(page string) {
	j.t.Helper()
	j.enters(`a[href$="/correction"]`)
	j.sees("correction")
	j.reaches(`input[name=wrong]`)
	j.do(chromedp.KeyEvent(" "))
	j.types(`#wanted`, "Coopérative Gabarit de l’Estrie")
	if status := j.enters(`form button`); status != http.StatusOK || !strings.HasPrefix(j.address(), page) {
		j.t.Errorf("asking is answered %d at %s", status, j.address())
	}
	j.sees("correction-faite")
}

func (j *journey) withdraws(page string) {
	j.t.Helper()
	j.enters(`a[href$="/retrait"]`)
	j.sees("retrait")
	if status := j.enters(`form button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("withdrawing without the box is answered %d", status)
	}
	j.sees("retrait-erreur")
	j.reaches(`#confirm`)
	j.do(chromedp.KeyEvent(" "))
	if status := j.enters(`form button`); status != http.StatusOK || !strings.HasPrefix(j.address(), page) {
		j.t.Errorf("withdrawing is answered %d at %s", status, j.address())
	}
	j.sees("retrait-fait")
}

func (j *journey) registerShowsTheWithdrawal() {
	j.t.Helper()
	today := time.Now().Format("2006")
	for path, name := range map[string]string{"/signataires?q=gabarit": "registre-retire", "/signataires/cooperative-gabarit": "signataire-retire"} {
		j.open(j.demo.base + path)
		j.sees(name)
		if said := j.text("main"); !strings.Contains(said, "Retiré le ") || !strings.Contains(said, today) {
			j.t.Errorf("%s says\n%s", path, said)
		}
	}
}
