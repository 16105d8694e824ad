package pdf

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"jachete/pdf/archive/lint"
	"jachete/workflow"
)

// copiesOf makes the copies of several certificates, which must conform.
func copiesOf(t testing.TB, list ...workflow.CertificateContent) []byte {
	t.Helper()
	s, _ := testSealer(t)
	file, err := s.Copies(t.Context(), list, noon)
	if err != nil {
		t.Fatal(err)
	}
	conforms(t, file)
	return file
}

func TestEveryCopySaysSo(t *testing.T) {
	a, b, long := sample(), sample(), sample()
	b.Number, b.VerifyURL, b.Organisation.Name = "ESJ-2019-AAAA-BBBB", "https://declaration.example.org/v/ESJ-2019-AAAA-BBBB", "Coopérative Gabarit"
	long.DeclarationText = strings.Repeat("Un paragraphe de plus, pour voir.\n\n", 40) + "Fin.\n"
	file := copiesOf(t, a, b, long)
	pages := strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-enc", "UTF-8", write(t, "c.pdf", file), "-"), "\f"), "\f")
	if len(pages) != 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, c := range []workflow.CertificateContent{a, b, long, long} {
		want := "Copie pour impression générée le 16 novembre 2019 à 14 h 03 — l’original scellé se vérifie à " + c.VerifyURL
		if text := strings.Join(strings.Fields(pages[i]), " "); strings.Count(text, strings.Join(strings.Fields(want), " ")) != 1 {
			t.Errorf("page %d: %s", i+1, text)
		}
	}
	if text := pages[1]; !strings.Contains(text, "Coopérative Gabarit") || strings.Contains(text, a.Number) || !strings.Contains(text, b.Number) {
		t.Errorf("the second copy: %s", text)
	}
	listing, err := lint.Listing(file)
	if err != nil || strings.Count(listing, "Copie pour impression générée") != 3 {
		t.Errorf("each mark is to be read out once (%v):\n%s", err, listing)
	}
}

func TestACopyIsNotTheOriginal(t *testing.T) {
	file := copiesOf(t, sample())
	for _, never := range []string{"/Sig", "/AcroForm", "/Widget", "/ByteRange", "/Perms"} {
		if bytes.Contains(file, []byte(never)) {
			t.Errorf("the copy has %s", never)
		}
	}
	text := extract(t, file)
	for _, never := range []string{"Preuves de la signature", "c…@example.org", "Page 1"} {
		if strings.Contains(text, never) {
			t.Errorf("the copy says %q", never)
		}
	}
	if !bytes.Equal(file, copiesOf(t, sample())) {
		t.Error("the same copies differ")
	}
}

// The mark keeps inside the frame at the longest address.
func TestTheMarkOfACopyFits(t *testing.T) {
	c := sample()
	c.VerifyURL = "https://" + strings.Repeat("declaration.", 4) + "example.org/v/" + c.Number
	boxes := run(t, "pdftotext", "-bbox", write(t, "c.pdf", copiesOf(t, c)), "-")
	for _, word := range []string{"Copie", c.VerifyURL} {
		if _, y := bottomOf(t, boxes, word); y > pageHeight-frameInset-4 {
			t.Errorf("%s ends at %.0f", word, y)
		}
	}
}

func TestCopiesEndWithTheirRequest(t *testing.T) {
	s, _ := testSealer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Copies(ctx, []workflow.CertificateContent{sample()}, noon); err == nil {
		t.Error("nobody waits for it any more")
	}
	if _, err := s.Copies(t.Context(), []workflow.CertificateContent{{}}, noon); err == nil {
		t.Error("a certificate of nothing was drawn")
	}
}

func TestWordsOfCopiesKeepTheTypography(t *testing.T) {
	for _, word := range []string{wordCopy, wordCopiesOne, wordCopiesMany} {
		for name, fault := range faults {
			if fault.MatchString(strings.NewReplacer("%s", "x", "%d", "1").Replace(word)) {
				t.Errorf("%s: %q", name, word)
			}
		}
	}
}

func BenchmarkCopies(b *testing.B) {
	s, _ := testSealer(b)
	var list []workflow.CertificateContent
	for i := range 200 {
		c := sample()
		c.Organisation.Name = fmt.Sprintf("Ville de Rivière-Exemple %d", i)
		list = append(list, c)
	}
	for b.Loop() {
		file, err := s.Copies(b.Context(), list, noon)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(file)), "bytes")
	}
}
