package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A campaign in a real browser, from its first form to the paper that sums it
// up: at a desk, then on a phone. Guests have a browser of their own, as they
// have a phone.
func TestACampaignFromItsFormToItsCeremony(t *testing.T) {
	demo, office, room := startDemo(t), chromium(t), chromium(t)
	for _, width := range []int{desk, phone} {
		name := fmt.Sprintf("Les acheteurs %d", width)
		j := &journey{page: newPage(t, office, width), demo: demo, width: width}
		j.signsIn("equipe@example.org")
		campaign := j.opensCampaign(name)
		j.invitesToCampaign(name, width)
		guest := &journey{page: newPage(t, room, phone), demo: demo, width: width, n: 50}
		number := j.receives(campaign, guest, fmt.Sprintf("a%d@example.org", width))
		copies := j.closesTheDay(campaign, number)
		j.entersPaper(fmt.Sprintf("Mutuelle du Papier-%d", width), copies)
		j.takesAway(campaign)
	}
	if out := demo.must("journal", "verify", "--deep"); !strings.HasPrefix(out, "sound") {
		t.Error(out)
	}
}

// opensCampaign fills the form, first with a ceremony that is over.
func (j *journey) opensCampaign(name string) (address string) {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/campagnes"]`)
	j.goes(`a[href="/equipe/campagnes/nouvelle"]`)
	j.sees("campagne-formulaire")
	j.do(chromedp.SetValue(chromedp.CSS(`#pole`), "estrie"))
	j.fill(`#name`, name)
	j.fill(`#place`, "Salle de l’Exemple")
	j.fill(`#day`, "2019-02-30")
	if status := j.follow(`main form button`); status != 422 {
		j.t.Errorf("the 30th of February is answered %d", status)
	}
	j.sees("campagne-erreur")
	soon := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for field, text := range map[string]string{`#day`: soon, `#hour`: "14 h 30", `#embargoday`: soon, `#embargohour`: "16 h"} {
		j.fill(field, text)
	}
	j.goes(`main form button`)
	j.sees("campagne-creee")
	address, _, _ = strings.Cut(j.address(), "?")
	return address
}

// invitesToCampaign invites two people by a list.
func (j *journey) invitesToCampaign(name string, width int) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/invitations/importer")
	j.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`for (const o of document.querySelectorAll("#campaign option")) o.selected = o.textContent.includes(%q)`, name)))
	j.sendsList(fmt.Sprintf("organisation;type;code_municipal;nom;fonction;courriel\r\n"+
		"Coopérative L’Ancienne-Épreuve-%[1]d;coopérative;43027;Nguyễn Łucja D’Œuvre;Mairesse;a%[1]d@example.org\r\n"+
		"Cégep de l’Essai-%[1]d;college;43027;Jo Exemple;Direction générale;b%[1]d@example.org\r\n", width), 200)
	if said := j.text(`main`); !strings.Contains(said, name) {
		j.t.Errorf("the preview does not name the campaign:\n%s", said)
	}
	j.goes(`form[action$="/confirmer"] button`)
	eventually(j.t, "the invitations of the list", func() bool {
		j.open(j.address())
		return j.text("h1") == "Toutes les invitations sont prêtes"
	})
	awaitLetter(j.t, j.demo.data, fmt.Sprintf("a%d@example.org", width), "")
}

// receives shows a guest the code that opens the signing on her phone, where
// she signs.
func (j *journey) receives(campaign string, guest *journey, email string) (number string) {
	j.t.Helper()
	j.open(campaign)
	j.sees("campagne")
	j.goes(`a[href$="/ceremonie/invites"]`)
	j.sees("invites")
	j.goes(`tr:last-child form[action*="/invites/"] button`)
	j.sees("invitee")
	link := j.readsCode(`svg.qr`)
	guest.open(link)
	guest.sees("telephone")
	guest.goes(`form[method=post] button`) // start
	guest.goes(`form[method=post] button`) // read
	guest.goes(`form[method=post] button`) // the organisation as it was invited
	guest.click(`input[value=no]`)
	guest.goes(`form[method=post] button`)
	guest.confirmMailbox(email)
	guest.fill(`input[name=typed]`, "Nguyễn Łucja D’Œuvre")
	guest.tick("consent")
	guest.goes(`form[method=post] button`)
	guest.sees("merci")
	return guest.text(`.number`)
}

// readsCode is the address in the QR code that an element shows, read from
// what the screen shows.
func (j *journey) readsCode(css string) string {
	j.t.Helper()
	file := filepath.Join(j.t.TempDir(), "code.png")
	if err := os.WriteFile(file, ask(j.page, chromedp.Screenshot(chromedp.CSS(css))), 0o600); err != nil {
		j.t.Fatal(err)
	}
	link := strings.TrimSpace(tool(j.t, "zbarimg", "--nodbus", "--quiet", "--raw", file))
	if !strings.HasPrefix(link, j.demo.base+"/") {
		j.t.Fatalf("the code holds %q", link)
	}
	return link
}

// closesTheDay looks at the screen of the room, sees that nothing is public
// yet, and takes the papers.
func (j *journey) closesTheDay(campaign, number string) (copies []byte) {
	j.t.Helper()
	j.open(campaign + "/ceremonie?pause=1")
	j.sees("ecran")
	if said := j.text(`.tally strong`); said != "1" {
		j.t.Errorf("the screen counts %q", said)
	}
	j.open(campaign)
	j.sees("campagne-signee")
	if copies = j.download(`a[href*="/attestations.pdf"]`); !strings.HasPrefix(string(copies), "%PDF-") {
		j.t.Errorf("the copies start %.10q", copies)
	}
	j.open(j.demo.base + "/v/" + number)
	j.sees("confidentielle")
	if said := j.text(`main`); !strings.Contains(said, "Confidentiel jusqu’au") || strings.Contains(said, "Épreuve") {
		j.t.Errorf("under the embargo, the page of the number says:\n%s", said)
	}
	return copies
}

// entersPaper records somebody who signed on paper years ago, with a scan,
// first on a day that is still to come.
func (j *journey) entersPaper(organisation string, scan []byte) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/signataires")
	j.sees("signataires")
	j.goes(`a[href="/equipe/signataires/papier"]`)
	j.sees("papier-chercher")
	j.goes(`a[href*="choix=autre"]`)
	j.do(chromedp.SetValue(chromedp.CSS(`#kind`), "cooperative"))
	j.click(`input[name=pole][value=estrie]`)
	for field, text := range map[string]string{`#organisation`: organisation, `#municipality`: "Sherbrooke — 43027", `#proof`: "Communiqué du pôle",
		`#signed`: "2999-03", `#scanner`: "Jo Exemple"} {
		j.fill(field, text)
	}
	if status := j.follow(`main form button`); status != 422 {
		j.t.Errorf("a date to come is answered %d", status)
	}
	j.sees("papier-erreur")
	file := filepath.Join(j.t.TempDir(), "déclaration numérisée.pdf")
	if err := os.WriteFile(file, scan, 0o600); err != nil {
		j.t.Fatal(err)
	}
	j.fill(`#signed`, "avant 2017-02")
	j.do(chromedp.SetUploadFiles(chromedp.CSS(`#scan`), []string{file}))
	j.goes(`main form button`)
	j.sees("papier-inscrite")
	if back := j.download(`a[href$="/numerisation"]`); string(back) != string(scan) {
		j.t.Error("the scan is another file than the one that was sent")
	}
	j.open(j.demo.base + "/signataires?q=" + strings.ReplaceAll(organisation, " ", "+"))
	j.sees("registre-papier")
	if said := j.text(`main`); !strings.Contains(said, "signé sur papier") || !strings.Contains(said, "avant") {
		j.t.Errorf("the register says:\n%s", said)
	}
}

// takesAway saves the lists and the report, and looks at where the pôle stands.
func (j *journey) takesAway(campaign string) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/invitations")
	if file := j.download(`a[href*="exporter?format=xlsx"]`); !strings.HasPrefix(string(file), "PK") {
		j.t.Errorf("the workbook starts %.10q", file)
	}
	j.open(j.demo.base + "/equipe/signataires?mode=paper")
	if file := j.download(`a[href*="exporter?format=csv"]`); !strings.HasPrefix(string(file), "\ufeff") || !strings.Contains(string(file), "Sur papier") {
		j.t.Errorf("the list of signatories:\n%s", file)
	}
	j.open(campaign)
	if file := j.download(`a[href$="/bilan.pdf"]`); !strings.HasPrefix(string(file), "%PDF-") {
		j.t.Errorf("the report starts %.10q", file)
	}
	j.open(j.demo.base + "/equipe?pole=estrie")
	j.sees("tableau-du-pole")
	j.open(j.demo.base + "/equipe")
	j.sees("tableau")
}
