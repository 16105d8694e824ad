package e2e

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keyboard is a person on a small phone who only has keys.
type keyboard struct{ *journey }

// presses goes to a link or a button, presses Enter and expects a status.
func (k keyboard) presses(css string, status int) {
	k.t.Helper()
	k.reaches(css)
	if got := k.answers(chromedp.KeyEvent(kb.Enter)); got != status {
		k.t.Fatalf("%s answers %d, want %d\n%s", css, got, status, k.where())
	}
}

// chooses goes to a group of radio buttons and down to one of them.
func (k keyboard) chooses(name, value string) {
	k.t.Helper()
	k.reaches(`input[name=` + name + `]`)
	k.do(chromedp.KeyEvent(" "))
	for range 8 {
		if k.has(`input[name=` + name + `][value=` + value + `]:checked`) {
			return
		}
		k.do(chromedp.KeyEvent(kb.ArrowDown))
	}
	k.t.Fatalf("no key leads to %s of %s\n%s", value, name, k.where())
}

// opens opens the link mailed last to an address, and its declaration.
func (k keyboard) opens(email string) (link string) {
	k.t.Helper()
	for _, address := range awaitLetter(k.t, k.demo.data, email, "invitation").links() {
		if strings.Contains(address, "/i/") {
			link = address
		}
	}
	k.open(link)
	k.presses(`main form button`, http.StatusOK)
	return link
}

// Somebody who cannot sign answers otherwise, with keys only, on a phone and at a
// desk: later, then another person, who declines; the pôle reopens, and she signs.
func TestOtherAnswersThanSigning(t *testing.T) {
	for _, width := range []int{phone, desk} {
		t.Run(strconv.Itoa(width), func(t *testing.T) { answersOtherwise(t, width) })
	}
}

func answersOtherwise(t *testing.T, width int) {
	demo, browser := startDemo(t), chromium(t)
	demo.must("invite", "--pole", "estrie", "--organisation", "Ville de L’Ancienne-Épreuve", "--kind", "municipality", "--region", "05",
		"--name", "Nguyễn Łucja D’Œuvre", "--function", "Greffière", "--email", "premiere@example.org")
	person := func(n int) keyboard {
		return keyboard{&journey{page: newPage(t, browser, width), demo: demo, width: width, n: n}}
	}
	first := person(0)
	old := first.opens("premiere@example.org")
	first.putsOff()
	first.passesOn()
	if status := first.open(old); status != http.StatusGone || !strings.Contains(first.text("main"), "Transférée à Kahnawà:ke O’Brien, Mairesse.") {
		t.Errorf("the old link answers %d:\n%s", status, first.text("main"))
	}
	first.sees("ancien-lien")
	if text := awaitLetter(t, demo.data, "seconde@example.org", "invitation").text; !strings.Contains(text, "Nguyễn Łucja D’Œuvre, Greffière, vous transfère cette invitation") {
		t.Errorf("the colleague reads:\n%s", text)
	}
	second := person(20)
	second.opens("seconde@example.org")
	second.declines()
	reopens(t, demo, newPage(t, browser, width), width)
	person(60).signsAfterAll("seconde@example.org")
	linksLead(t, demo.data)
	if out := demo.must("journal", "verify", "--deep"); !strings.HasPrefix(out, "sound") {
		t.Error(out)
	}
}

func (k keyboard) putsOff() {
	k.t.Helper()
	k.sees("lire-avec-les-cles")
	k.presses(`.paths a[href="/signature/plus-tard"]`, http.StatusOK)
	k.sees("plus-tard")
	k.presses(`main form button`, http.StatusUnprocessableEntity)
	k.sees("plus-tard-erreur")
	k.chooses("when", "week")
	k.presses(`main form button`, http.StatusOK)
	k.sees("plus-tard-note")
	if said := k.text(`.notice`); !strings.Contains(said, "Nous vous récrirons le") {
		k.t.Errorf("put off: %s", said)
	}
	k.presses(`a.back`, http.StatusOK)
}

func (k keyboard) passesOn() {
	k.t.Helper()
	k.presses(`.paths a[href="/signature/transferer"]`, http.StatusOK)
	k.sees("transferer")
	k.types(`#name`, "Kahnawà:ke O’Brien")
	k.types(`#function`, "Mairesse")
	k.types(`#email`, "premiere@example.org")
	k.presses(`main form button`, http.StatusUnprocessableEntity)
	k.sees("transferer-erreur")
	k.reaches(`#email`)
	k.do(chromedp.Clear(chromedp.CSS(`#email`)))
	k.types(`#email`, "seconde@example.org")
	k.types(`#why`, "Elle signe les déclarations de la ville")
	k.presses(`main form button`, http.StatusOK)
	k.sees("transferee")
	if said := k.text(`main`); !strings.Contains(said, "Transférée à Kahnawà:ke O’Brien, Mairesse.") || strings.Contains(said, "seconde@") {
		k.t.Errorf("passed on: %s", said)
	}
}

func (k keyboard) declines() {
	k.t.Helper()
	k.presses(`.paths a[href="/signature/decliner"]`, http.StatusOK)
	k.sees("decliner")
	k.chooses("reason", "council")
	k.types(`#words`, "Le conseil préfère attendre.")
	k.presses(`main form button`, http.StatusUnprocessableEntity)
	k.sees("decliner-erreur")
	k.reaches(`#confirmed`)
	k.do(chromedp.KeyEvent(" "))
	k.presses(`main form button`, http.StatusOK)
	k.sees("declinee")
}

// reopens is the staff's side: why, in whose words, and another link.
func reopens(t *testing.T, demo *server, p *page, width int) {
	t.Helper()
	j := &journey{page: p, demo: demo, width: width, n: 40}
	j.signsIn("equipe@example.org")
	j.open(demo.base + "/equipe/invitations?q=Ancienne-Épreuve")
	j.sees("liste-transferee")
	j.goes(`tbody tr:first-child th a`)
	j.sees("invitation-declinee")
	for _, want := range []string{"Le conseil s’est prononcé contre", "Le conseil préfère attendre.", "Transférée le", "Elle signe les déclarations de la ville"} {
		if said := j.text(`main`); !strings.Contains(said, want) {
			t.Errorf("staff do not read %q:\n%s", want, said)
		}
	}
	j.click(`details:has(form[action$="/renvoyer"]) summary`)
	j.sees("rouvrir")
	j.goes(`form[action$="/renvoyer"] button`)
	j.sees("rouverte")
	if letters := lettersTo(t, demo.data, "premiere@example.org"); !strings.Contains(letters[len(letters)-1].text, "Ce n’est pas vous qui l’avez demandé?") {
		t.Errorf("the person first invited reads:\n%s", letters[len(letters)-1].text)
	}
}

func (k keyboard) signsAfterAll(email string) {
	k.t.Helper()
	eventually(k.t, "another link", func() bool {
		n := 0
		for _, l := range lettersTo(k.t, k.demo.data, email) {
			if strings.Contains(l.subject, "invitation") {
				n++
			}
		}
		return n == 2
	})
	k.opens(email)
	k.presses(`main form button`, http.StatusOK) // read
	if name := ask(k.page, valueOf(`#name`)); name != "Kahnawà:ke O’Brien" {
		k.t.Errorf("proposed to sign: %q", name)
	}
	k.presses(`main form button`, http.StatusOK)
	k.chooses("needed", "no")
	k.presses(`main form button`, http.StatusOK)
	k.confirmMailbox(email)
	k.types(`#typed`, "Kahnawà:ke O’Brien")
	k.reaches(`#consent`)
	k.do(chromedp.KeyEvent(" "))
	k.presses(`main form button`, http.StatusOK)
	k.sees("signee")
}

// What is read prints as a letter: who invites, the text, whom to ask.
func TestTheTextPrintsAsALetter(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	demo.must("invite", "--pole", "estrie", "--organisation", "Ville de L’Épreuve", "--kind", "municipality", "--region", "05",
		"--name", "Camille Exemple", "--function", "Greffière", "--email", "lettre@example.org")
	k := keyboard{&journey{page: newPage(t, browser, desk), demo: demo, width: desk}}
	k.opens("lettre@example.org")
	k.sees("lire-au-bureau")
	file := filepath.Join(t.TempDir(), "lettre.pdf")
	if err := os.WriteFile(file, ask(k.page, chromedp.PrintToPDF()), 0o600); err != nil {
		t.Fatal(err)
	}
	keepPicture(t, file)
	text := strings.Join(strings.Fields(tool(t, "pdftotext", file, "-")), " ")
	for _, want := range []string{"Estrie", "Ville de L’Épreuve", "constatons que", "Une question?"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q: %s", want, text)
		}
	}
	for _, never := range []string{"Étape", "continuer", "Pas maintenant", "Télécharger", "We, ", "Confidentialité"} {
		if strings.Contains(text, never) {
			t.Errorf("the letter holds %q: %s", never, text)
		}
	}
}

// keepPicture saves the first page as pictures are saved.
func keepPicture(t *testing.T, file string) {
	t.Helper()
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		tool(t, "pdftoppm", "-png", "-r", "60", file, filepath.Join(folder, "lettre"))
	}
}

var spacesOf = regexp.MustCompile(`[\s\x{a0}]+`)

// The draft and the two files to edit say the model resolution word for word.
func TestModelResolutionIsTheSameThreeTimes(t *testing.T) {
	i := startServe(t)
	s := invite(t, i.installation, "modele@example.org", "Coopérative Œuvre & «\u00a0Fils\u00a0»")
	s.arrives("/signature", s.link())
	text := strings.TrimPrefix(s.file("/signature/resolution.txt"), "\ufeff")
	model := strings.TrimSpace(spacesOf.ReplaceAllString(text, " "))
	if got := strings.Join(strings.Fields(spacesOf.ReplaceAllString(wordText(t, s.file("/signature/resolution.docx")), " ")), " "); got != model {
		t.Errorf("Word says\n%s\ntext says\n%s", got, model)
	}
	file := filepath.Join(t.TempDir(), "projet.pdf")
	if err := os.WriteFile(file, []byte(s.file("/signature/projet.pdf")), 0o600); err != nil {
		t.Fatal(err)
	}
	draft := spacesOf.ReplaceAllString(tool(t, "pdftotext", file, "-"), " ")
	at := 0
	for _, p := range strings.Split(text, "\r\n\r\n") {
		p = strings.TrimSpace(spacesOf.ReplaceAllString(p, " "))
		found := strings.Index(draft[at:], p)
		if found < 0 {
			t.Fatalf("the draft lacks %q after\n%s", p, draft[:at])
		}
		at += found + len(p)
	}
}

// file is what the browser saves.
func (s *signer) file(path string) string {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	a := s.send(request)
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment; ") {
		s.t.Fatalf("%s answers %d %v", path, a.status, a.header)
	}
	return a.body
}

// wordText is what a Word document says, a paragraph a line.
func wordText(t *testing.T, file string) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" }) {
		t.Error("no types")
	}
	part, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	var body struct {
		Text []string `xml:"body>p>r>t"`
	}
	if err := xml.NewDecoder(part).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return strings.Join(body.Text, "\n")
}
