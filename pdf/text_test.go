package pdf

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// realNames must come out of the file as they went in.
var realNames = []string{
	"L’Ancienne-Lorette", "L'Ancienne-Lorette", "Saint-Louis-du-Ha! Ha!", "Kahnawà:ke", "ᑯᐯᒃ", "Thị Nguyễn", "Łukasz",
	"Œuvre & Cie", "O’Brien", "9999-9999 Québec inc.", "\"Guillemets\" « » — fin", "Hélène Cœur", "Żółć Ďábel Ősz",
	"Αθήνα", "Київ", "Việt", "Vie\u0302\u0323t", // decomposed
	`) ( \ %%EOF endobj /JS (app.alert) /URI`, "{{7*7}} ${7*7} %s%n", "<script>alert(1)</script>", "*étoile* _souligné_ `code`",
}

// extract reads the text back, with spaces of any kind and line ends as one
// space: readers do not keep the difference.
func extract(t testing.TB, file []byte) string {
	t.Helper()
	return spaces(run(t, "pdftotext", "-enc", "UTF-8", "-nopgbrk", write(t, "c.pdf", file), "-"))
}

func spaces(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestNamesComeOutEqual(t *testing.T) {
	t.Parallel()
	s, _ := testSealer(t)
	for _, name := range realNames {
		c := sample()
		c.Organisation.Name, c.Signatory.Name, c.Pole.Name = name, name, name
		c.Resolution.Body, c.Consent = name, "Au nom de "+name+"."
		sealed, err := s.Seal(t.Context(), c, noon)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		got, want := extract(t, sealed.PDF), spaces(norm.NFC.String(name))
		if n := strings.Count(got, want); n < 6 { // title, signatory twice, page 2 four times
			t.Errorf("%q occurs %d times in:\n%s", want, n, got)
		}
	}
}

var traced = regexp.MustCompile(`<g unicode="([^"]*)"`)

// TestEachCodeHasItsOwnText reads the text of every code as mutool traces it,
// without a reader's idea of spaces: no-break spaces stay what they are.
func TestEachCodeHasItsOwnText(t *testing.T) {
	var got strings.Builder
	trace := run(t, "mutool", "draw", "-q", "-F", "trace", write(t, "c.pdf", seal(t, sample()).PDF))
	for _, g := range traced.FindAllStringSubmatch(trace, -1) {
		got.WriteString(html.UnescapeString(g[1]))
	}
	for _, want := range []string{"Signée le\u00a016\u00a0novembre\u00a02019", "constatons que\u00a0:", "14\u00a0h\u00a002", "biens ou des "} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no %q in:\n%s", want, got.String())
		}
	}
}

func TestPagesSayEverything(t *testing.T) {
	c := sample()
	got := extract(t, seal(t, c).PDF)
	for _, want := range []string{
		c.Number, c.VerifyURL, c.DeclarationSHA256, c.ConsentSHA256, c.Consent, c.Pole.Name, "NEQ 8899999906",
		"L’économie sociale, j’achète!", "Déclaration d’engagement", "Résolution no 2019-118 (conseil municipal), adoptée le 15 novembre 2019",
		"Contrôle de la boîte c…@example.org confirmé à 14 h 02, le 16 novembre 2019",
		"2019-11-16 14:03:05 −05:00", "2019-11-16 19:03:05 UTC", "Page 2 de 2",
		"1. les coopératives", "• Connaître : nous informer", "n’est pas la signature personnelle",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, s := range []string{"identité vérifiée", "signature qualifiée", "double authentification"} {
		if strings.Contains(got, s) {
			t.Errorf("the page says %q", s)
		}
	}
	if n := strings.Count(got, "Déclaration d’engagement"); n != 2 {
		t.Errorf("the title stands %d times: the first line of the text repeats it", n)
	}
}

func TestEveryParagraphOfTheTextIsThere(t *testing.T) {
	got := extract(t, seal(t, sample()).PDF)
	for i, b := range markdown(sampleText)[1:] {
		var want strings.Builder
		for _, sp := range b.spans {
			want.WriteString(sp.text)
		}
		if !strings.Contains(got, spaces(want.String())) {
			t.Errorf("block %d is not on the page: %s", i, want.String())
		}
	}
}

func TestWithoutResolution(t *testing.T) {
	c := sample()
	c.Resolution.Number, c.Resolution.Date, c.Resolution.Body = "", "", ""
	c.DeclarationText = "Texte."
	got := extract(t, seal(t, c).PDF)
	if strings.Contains(got, "Résolution no") || !strings.Contains(got, "Aucune résolution n’a été indiquée.") {
		t.Error(got)
	}
}

func TestEmojiIsAnError(t *testing.T) {
	s, _ := testSealer(t)
	for _, bad := range []string{"Ville 🏛", "𠮷", "漢", "a\u200bb", "a\u202eb", "a\nb", "a\x00b", "\uFFFD", "a\u00adb"} {
		c := sample()
		c.Organisation.Name = bad
		if _, err := s.Seal(t.Context(), c, noon); err == nil || !strings.Contains(err.Error(), "no glyph for U+") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{localDate(noon), "16 novembre 2019"},
		{localDate(noon.Add(-15 * time.Hour)), "15 novembre 2019"}, // 04:03 UTC is the day before
		{civilDate("2020-03-01"), "1er mars 2020"},
		{civilDate("hier"), "hier"},
		{clock(noon), "14 h 03"},
		{localStamp(noon.AddDate(0, 7, 0)), "2020-06-16 15:03:05 −04:00"},
		{utcStamp(noon), "2019-11-16 19:03:05 UTC"},
	} {
		if spaces(c.got) != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
