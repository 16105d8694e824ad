package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// listOf is what a pôle may keep in a spreadsheet: two people to invite, and
// some lines that are not quite right.
func listOf(width int) string {
	return fmt.Sprintf("organisation;type;code_municipal;nom;fonction;courriel;Téléphone\r\n"+
		"Ville de L’Ancienne-Épreuve;ville;43027;Nguyễn Łucja D’Œuvre;Mairesse;a%[1]d@example.org;819 555-0101\r\n"+
		"Coopérative Gabarit;coopérative;43027;Jo Exemple;Direction générale;b%[1]d@example.org;\r\n"+
		"Canton de Valcourt;canton;;Camille Exemple;Greffe;c@example.org;\r\n"+
		"Ville de Laval;ville;;Camille Exemple;Greffe;d@example.org;\r\n"+
		"Coopérative Modèle;coopérative;43027;Camille Exemple;Direction;courriel-sans-arobase-mais-tres-long-tres-long.example.org;\r\n"+
		"Coopérative Gabarit;coopérative;43027;Jo Exemple;Direction générale;b%[1]d@example.org;\r\n", width)
}

// A list in a real browser, on a phone and at a desk: read, looked through,
// given up, confirmed.
func TestStaffInvitesFromAList(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{desk, phone} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		j.signsIn("equipe@example.org")
		j.open(demo.base + "/equipe/invitations/importer")
		j.sees("liste-formulaire")
		j.sendsList("PK\x03\x04", 422)
		j.sees("liste-refusee")
		j.sendsList(listOf(width), 200)
		j.sees("liste-apercu")
		j.goes(`nav.tabs a:last-child`)
		j.sees("liste-bonnes")
		j.do(chromedp.Click(chromedp.CSS(`details summary`)))
		j.goes(`form[action$="/annuler"] button`)
		j.sees("liste-abandonnee")
		j.open(demo.base + "/equipe/invitations/importer")
		j.sendsList(listOf(width), 200)
		j.goes(`form[action$="/confirmer"] button`)
		eventually(t, "the invitations of the list", func() bool {
			j.open(j.address())
			return j.text("h1") == "Toutes les invitations sont prêtes"
		})
		j.sees("liste-terminee")
		j.open(demo.base + "/equipe/invitations/importer")
		j.sees("liste-recentes")
		awaitLetter(t, demo.data, fmt.Sprintf("a%d@example.org", width), "")
	}
}

// sendsList chooses a file and sends the form.
func (j *journey) sendsList(list string, want int) {
	j.t.Helper()
	file := filepath.Join(j.t.TempDir(), "Mes invitations d’automne.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		j.t.Fatal(err)
	}
	if j.has(`select[name=pole]`) {
		j.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("select[name=pole]").value = "estrie"`))
	}
	j.do(chromedp.SetUploadFiles(chromedp.CSS(`input[name=file]`), []string{file}))
	if status := j.follow(`main form button`); status != want {
		j.t.Fatalf("the list is answered %d, want %d\n%s", status, want, j.where())
	}
}
