package e2e

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// journey is one person's way from the mailbox to the register.
type journey struct {
	*page
	demo  *server
	width int
	n     int
}

// sees checks the page that is open, and saves a picture of it.
func (j *journey) sees(name string) {
	j.t.Helper()
	j.n++
	j.sound(fmt.Sprintf("%d-%02d-%s", j.width, j.n, name))
}

// goes follows a link or sends a form and expects a page.
func (j *journey) goes(css string) {
	j.t.Helper()
	if status := j.follow(css); status != http.StatusOK {
		j.t.Fatalf("%s leads to %d\n%s", css, status, j.where())
	}
}

// signatory is who signs at each width. Their names are hard on software.
var signatories = map[int]struct{ organisation, name, function string }{
	desk:  {"Ville de L’Ancienne-Épreuve", "Nguyễn Łucja D’Œuvre", "Mairesse"},
	phone: {"Municipalité de Saint-Essai-du-Ha! Ha!", "Kahnawà:ke O’Brien-Tremblay", "Greffière-trésorière"},
}

// The main path, in a real browser, on a phone and at a desk: from the mailed
// link to the sealed file and the register.
func TestFromMailboxToCertificate(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{desk, phone} {
		who := signatories[width]
		email := fmt.Sprintf("signataire-%d@example.org", width)
		demo.must("invite", "--pole", "estrie", "--organisation", who.organisation, "--kind", "municipality", "--region", "05",
			"--name", who.name, "--function", who.function, "--email", email)
		awaitLetter(t, demo.data, email, "")
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		number := j.sign(who.organisation, who.name, email)
		j.checkCertificate(number, who.organisation, who.name)
		j.checkPublic(number, who.organisation, who.name)
	}
	if out := demo.must("journal", "verify", "--deep"); !strings.HasPrefix(out, "sound") {
		t.Error(out)
	}
}

func (j *journey) sign(organisation, name, email string) (number string) {
	j.open(j.demo.base + "/demo/courriel")
	j.sees("boite")
	j.goes(`tbody tr:first-child a`)
	j.sees("lettre")
	j.goes(`.letter-text a[href*="/i/"]`)
	j.sees("lien")
	j.goes(`form[method=post] button`)
	j.sees("lire")
	j.click(`details:has(a[href="/signature/projet.pdf"]) summary`)
	if draft := j.download(`a[href="/signature/projet.pdf"]`); !strings.HasPrefix(string(draft), "%PDF-") || strings.Contains(string(draft), "/ByteRange") {
		j.t.Error("the draft is no unsigned PDF")
	}
	j.goes(`form[method=post] button`)
	j.fillOrganisation(name)
	j.goes(`form[method=post] button`)
	j.sees("resolution")
	j.waitsForCouncil()
	j.fillResolution()
	j.confirmMailbox(email)
	j.sees("signer")
	j.refuseWithoutConsent()
	j.fill(`input[name=typed]`, name)
	j.tick("publish")
	j.tick("consent")
	j.goes(`form[method=post] button`)
	j.sees("merci")
	return j.text(`.number`)
}

// tick ticks a box and sees that it is.
func (j *journey) tick(name string) {
	j.t.Helper()
	j.click(`input[name=` + name + `]`)
	if !j.has(`input[name=` + name + `]:checked`) {
		j.t.Errorf("the box %s did not take the tick", name)
	}
}

// fillOrganisation tries a name no certificate can print first: the refusal
// says why, and nothing that was typed is lost.
func (j *journey) fillOrganisation(name string) {
	j.sees("organisation")
	j.fill(`input[name=function]`, "Greffière 🏛")
	if status := j.follow(`form[method=post] button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("an emoji is answered %d", status)
	}
	j.sees("organisation-erreur")
	if said := j.text(`#function-error`); !strings.Contains(said, "🏛") {
		j.t.Errorf("the refusal does not show the character: %q", said)
	}
	if typed := ask(j.page, valueOf(`input[name=function]`)); typed != "Greffière 🏛" {
		j.t.Errorf("what was typed became %q", typed)
	}
	j.fill(`input[name=function]`, "Greffière")
	if typed := ask(j.page, valueOf(`input[name=name]`)); typed != name {
		j.t.Errorf("the invited name became %q", typed)
	}
}

// waitsForCouncil says that a council decides first, closes the page and comes
// back by the mailed link.
func (j *journey) waitsForCouncil() {
	j.click(`input[value=later]`)
	j.fill(`input[name=meeting]`, time.Now().AddDate(0, 0, 12).Format(time.DateOnly))
	if status := j.follow(`form[method=post] button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("a meeting of nobody is answered %d", status)
	}
	j.sees("attente-erreur")
	j.fill(`input[name=council]`, "Conseil municipal")
	j.goes(`form[method=post] button`)
	j.sees("attente")
	j.open(j.demo.base + "/demo/courriel")
	j.goes(`tbody tr:first-child a`)
	j.goes(`.letter-text a[href*="/i/"]`)
	j.goes(`form[method=post] button`)
	if address := j.address(); address != j.demo.base+"/signature/attente" {
		j.t.Errorf("the link leads back to %s", address)
	}
	j.goes(`a.button[href="/signature/resolution"]`)
}

func (j *journey) fillResolution() {
	j.click(`input[value=yes]`)
	j.fill(`input[name=number]`, "2015-01-A3019")
	j.fill(`input[name=date]`, "2026-02-30")
	if status := j.follow(`form[method=post] button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("the 30th of February is answered %d", status)
	}
	j.sees("resolution-erreur")
	j.fill(`input[name=date]`, "2026-02-28")
	j.fill(`input[name=body]`, "Conseil municipal")
	j.goes(`form[method=post] button`)
}

var mailedCode = regexp.MustCompile(`(?m)^\s*(\d{6})\s*$`)

func (j *journey) confirmMailbox(email string) {
	j.sees("verification")
	j.goes(`form[method=post] button`)
	letter := awaitLetter(j.t, j.demo.data, email, "code")
	match := mailedCode.FindStringSubmatch(letter.text)
	if match == nil {
		j.t.Fatalf("no code in the mail:\n%s", letter.text)
	}
	j.sees("code")
	j.fill(`input[name=code]`, wrongCode(match[1]))
	if status := j.follow(`form[method=post] button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("a wrong code is answered %d", status)
	}
	j.sees("code-erreur")
	j.fill(`input[name=code]`, match[1][:3]+" "+match[1][3:])
	j.goes(`form[method=post] button`)
}

func wrongCode(right string) string {
	if right == "000000" {
		return "000001"
	}
	return "000000"
}

func (j *journey) refuseWithoutConsent() {
	if status := j.follow(`form[method=post] button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("signing without consent is answered %d", status)
	}
	j.sees("signer-erreur")
}

func (j *journey) checkCertificate(number, organisation, name string) {
	file := filepath.Join(j.t.TempDir(), "attestation.pdf")
	if err := os.WriteFile(file, j.download(`a[href$="attestation.pdf"]`), 0o600); err != nil {
		j.t.Fatal(err)
	}
	text := tool(j.t, "pdftotext", file, "-")
	flat := strings.Join(strings.Fields(text), " ")
	for _, want := range []string{number, organisation, name, "2015-01-A3019"} {
		if !strings.Contains(flat, want) {
			j.t.Errorf("the certificate does not hold %q:\n%s", want, text)
		}
	}
	if out := tool(j.t, "pdfsig", file); !strings.Contains(out, "Signature is Valid") || !strings.Contains(out, "Total document signed") {
		j.t.Errorf("pdfsig: %s", out)
	}
	j.demo.must("certificate", "verify", file)
}

func (j *journey) checkPublic(number, organisation, name string) {
	j.goes(`a[href^="/signataires/"]`)
	j.sees("signataire")
	for _, want := range []string{organisation, name} {
		if said := j.text("main"); !strings.Contains(said, want) {
			j.t.Errorf("the register does not hold %q:\n%s", want, said)
		}
	}
	for path, name := range map[string]string{
		"/": "accueil", "/signataires": "registre", "/signataires?q=zzz": "registre-vide", "/regions/estrie": "region", "/poles/estrie": "pole",
		"/v/" + number: "verifier", "/declaration": "declaration", "/journal": "journal", "/confidentialite": "confidentialite", "/accessibilite": "accessibilite",
	} {
		if status := j.open(j.demo.base + path); status != http.StatusOK {
			j.t.Errorf("%s answers %d", path, status)
		}
		j.sees(name)
	}
	if status := j.open(j.demo.base + "/nulle-part"); status != http.StatusNotFound {
		j.t.Errorf("an unknown page answers %d", status)
	}
	j.sees("inconnue")
}

// tool runs a program of another house on a file of ours.
func tool(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	out, err := exec.Command(name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
