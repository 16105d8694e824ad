package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// From the form of a pôle to the list that buyers read, at a desk and on a
// phone.
func TestSuppliersFromTheirPoleToTheBuyers(t *testing.T) {
	demo, browser := startDemo(t), chromium(t)
	for _, width := range []int{desk, phone} {
		j := &journey{page: newPage(t, browser, width), demo: demo, width: width}
		j.signsIn("equipe@example.org")
		name := fmt.Sprintf("Traiteur de l’Essai %d", width)
		j.presents(name)
		j.sendsSuppliers(width)
		buyer := &journey{page: newPage(t, browser, width), demo: demo, width: width, n: 50}
		buyer.looksForSuppliers(name)
		j.withdrawsSupplier(name)
	}
}

// presents fills the form, first with nothing in it.
func (j *journey) presents(name string) {
	j.t.Helper()
	j.goes(`nav.team a[href="/equipe/fournisseurs"]`)
	j.sees("fournisseurs-equipe")
	j.goes(`a[href="/equipe/fournisseurs/nouveau"]`)
	j.sees("fournisseur-nouveau")
	if status := j.follow(`main form .actions button`); status != http.StatusUnprocessableEntity {
		j.t.Errorf("an empty form is answered %d", status)
	}
	j.sees("fournisseur-erreur")
	j.click(`input[name=pole][value=estrie]`)
	j.fill(`#name`, name)
	j.fill(`#municipality`, "Magog")
	j.click(`input[name="category-alimentation"]`)
	j.click(`input[name="category-culture"]`)
	j.types(`#description`, "Des buffets pour vos réunions.")
	j.fill(`#site`, "traiteur-essai.example.org")
	j.goes(`main form .actions button`)
	j.sees("fournisseur")
}

// sendsSuppliers sends a list, of which one line is good.
func (j *journey) sendsSuppliers(width int) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/fournisseurs/importer")
	j.sees("fournisseurs-importer")
	list := fmt.Sprintf("nom;municipalite;categories;description\nAtelier %d;Coaticook;mobilier|textile;Des meubles.\nAtelier B;Nulle-Part;mobilier;Des meubles.\n", width)
	j.choose(`#file`, j.file(fmt.Sprintf("fournisseurs-%d.csv", width), []byte(list)))
	j.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("select[name=pole]").value = "estrie"`))
	j.goes(`main form .actions button`)
	j.sees("fournisseurs-liste")
	j.goes(`form[action$="/confirmer"] button`)
	j.sees("fournisseurs-publies")
}

// looksForSuppliers searches as somebody who buys does.
func (j *journey) looksForSuppliers(name string) {
	j.t.Helper()
	for _, page := range []string{"/fournisseurs", "/fournisseurs?lang=en", "/regions/estrie?lang=fr", "/poles/estrie", "/fournisseurs?q=rien+de+tel"} {
		j.open(j.demo.base + page)
		j.sees("acheteurs-" + strings.Map(func(r rune) rune {
			if r == '/' || r == '?' || r == '=' || r == '+' {
				return '-'
			}
			return r
		}, page[1:]))
	}
	j.goes(`main a[href="/fournisseurs"]`)
	j.fill(`#q`, "buffet magog")
	j.goes(`form[role=search] button`)
	j.sees("acheteurs-trouve")
	if cards := j.text(`.suppliers`); !strings.Contains(cards, name) || strings.Contains(cards, "Buanderie") {
		j.t.Errorf("a search finds %s", cards)
	}
}

// withdrawsSupplier takes one out of the list.
func (j *journey) withdrawsSupplier(name string) {
	j.t.Helper()
	j.open(j.demo.base + "/equipe/fournisseurs?q=" + url.QueryEscape(name))
	j.goes(`main tbody a`)
	j.click(`details:has(form[action$="/retirer"]) summary`)
	j.goes(`form[action$="/retirer"] button`)
	j.sees("fournisseur-retire")
	j.open(j.demo.base + "/fournisseurs?q=buffet")
	if strings.Contains(j.text(`main`), name) {
		j.t.Error("the public still finds what was withdrawn")
	}
}
