package pdf

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"jachete/pdf/archive/lint"
	"jachete/pdf/typeset"
	"jachete/workflow"
)

// draftOf makes the draft of c, which must conform, or ends the test.
func draftOf(t testing.TB, c workflow.CertificateContent) []byte {
	t.Helper()
	file, err := draft(c, noon)
	if err != nil {
		t.Fatal(err)
	}
	conforms(t, file)
	return file
}

func TestEveryPageOfADraftSaysSo(t *testing.T) {
	c := sample()
	c.DeclarationText = strings.Repeat("Un paragraphe de plus, pour voir.\n\n", 70)
	for pages, file := range map[int][]byte{2: draftOf(t, sample()), 4: draftOf(t, c)} {
		text := run(t, "pdftotext", "-enc", "UTF-8", write(t, "d.pdf", file), "-")
		for i, page := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
			if i >= pages || strings.Count(page, "PROJET — non signé") != 1 || !strings.Contains(page, "ne vaut pas signature") {
				t.Errorf("page %d of %d: %s", i+1, pages, page)
			}
		}
		listing, err := lint.Listing(file)
		if err != nil || strings.Count(listing, "PROJET — non signé") != 1 {
			t.Errorf("the mark is to be read out once (%v):\n%s", err, listing)
		}
	}
}

func TestADraftIsNoCertificate(t *testing.T) {
	file := draftOf(t, sample())
	text := extract(t, file)
	for _, never := range []string{sample().Number, sample().VerifyURL, "Attestation", "Signée le", "Preuves"} {
		if strings.Contains(text, never) {
			t.Errorf("the draft says %q", never)
		}
	}
	for _, never := range []string{"/Sig", "/AcroForm", "/URI", "/Perms", "/Annots"} {
		if bytes.Contains(file, []byte(never)) {
			t.Errorf("the draft has %s", never)
		}
	}
	if !strings.Contains(text, "constatons que : 1. les coopératives") || !strings.Contains(text, sample().DeclarationSHA256) {
		t.Errorf("the declaration is not there: %s", text)
	}
}

func TestModelResolution(t *testing.T) {
	for _, o := range []struct {
		name string
		kind workflow.OrganisationKind
		want []string
	}{
		{"Ville de Rivière-Exemple", workflow.KindMunicipality, []string{
			"contrats de la Ville de Rivière-Exemple;", "au nom de la Ville de Rivière-Exemple;", "la mairesse ou le maire et la greffière ou le greffier"}},
		{"MRC du Haut-Essai", workflow.KindMRC, []string{"contrats de la MRC du Haut-Essai;", "la préfète ou le préfet et la direction générale"}},
		{"Cégep d’Essai", workflow.KindCollege, []string{"contrats du Cégep d’Essai;", "la présidence et la direction générale"}},
		{"Les Ateliers Exemple", workflow.KindNonprofit, []string{"contrats de l’organisation « Les Ateliers Exemple »;"}},
	} {
		c := sample()
		c.Organisation.Name, c.Organisation.Kind = o.name, o.kind
		text := extract(t, draftOf(t, c))
		for _, want := range append(o.want, "CONSIDÉRANT QUE le conseil a pris connaissance", "Il est proposé par [nom], appuyé par [nom] et résolu :",
			"D’ADHÉRER", "y compris par un moyen technologique;", "DE DÉSIGNER [fonction] comme personne-ressource. ADOPTÉE") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", o.name, want, text)
			}
		}
	}
}

func TestDraftsAreReproducible(t *testing.T) {
	if !bytes.Equal(draftOf(t, sample()), draftOf(t, sample())) {
		t.Error("the same draft, other bytes")
	}
}

func TestDraftsThatCannotBeMade(t *testing.T) {
	c := sample()
	c.Organisation.Name = "Ville 🏛"
	var missing typeset.MissingError
	if _, err := draft(c, noon); !errors.As(err, &missing) {
		t.Error(err)
	}
	if _, err := draft(workflow.CertificateContent{}, noon); err == nil {
		t.Error("a draft of nothing")
	}
	if file := draftOf(t, longest("Compagnie")); len(file) > 60<<10 {
		t.Errorf("%d bytes", len(file))
	}
}
