package pdf

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
	"jachete/workflow"
)

// longest has every field at its limit: 200 characters, without a space or
// with many.
func longest(word string) workflow.CertificateContent {
	long := func(s string) string { return string([]rune(strings.Repeat(s, 200))[:200]) }
	c := sample()
	name := long(word)
	c.DeclarationText = strings.ReplaceAll(sampleText, "Ville de Rivière-Exemple", name)
	c.DeclarationText = strings.ReplaceAll(c.DeclarationText, "Camille Exemple", name)
	c.Consent = strings.ReplaceAll(c.Consent, "Ville de Rivière-Exemple", name)
	c.Organisation.Name, c.Signatory.Name, c.Signatory.Function, c.Pole.Name = name, name, name, name
	c.Resolution = workflow.Resolution{Number: name[:40], Date: "2019-11-15", Body: name}
	return c
}

var (
	pageTag = regexp.MustCompile(`<page width="612.000000" height="792.000000">`)
	wordTag = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">`)
)

func TestNothingLeavesThePage(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"W", "i", "Compagnie", "Wilhelmina ", "Saint-Exemple d’", "ᑯ"} {
		t.Run(word, func(t *testing.T) {
			c := longest("W")
			if word != "ᑯ" {
				c = longest(word)
			} else {
				c.Organisation.Name = strings.Repeat(word, 200)
			}
			file := seal(t, c).PDF
			insideTheMargins(t, draftOf(t, c))
			insideTheMargins(t, file)
			boxes := run(t, "pdftotext", "-bbox", write(t, "c.pdf", file), "-")
			if n := len(pageTag.FindAllString(boxes, -1)); n < 2 || n > 3 {
				t.Errorf("%d pages", n)
			}
			if len(file) > 200<<10 {
				t.Errorf("%d bytes", len(file))
			}
		})
	}
}

func insideTheMargins(t *testing.T, file []byte) {
	t.Helper()
	boxes := run(t, "pdftotext", "-bbox", write(t, "c.pdf", file), "-")
	for _, found := range wordTag.FindAllStringSubmatch(boxes, -1) {
		var box [4]float64
		for i := range box {
			box[i], _ = strconv.ParseFloat(found[i+1], 64)
		}
		if box[0] < margin-9 || box[2] > pageWidth-margin+1 || box[1] < 30 || box[3] > footerY+6 {
			t.Errorf("outside the margins: %s", found[0])
		}
	}
}

func TestHeadingsStayWithTheirLines(t *testing.T) {
	s := onPaper()
	s.page(0, func() {})
	tall := row{leading: bodyBottom - 30}
	heading := row{leading: 20, keep: 1}
	s.draw([]row{tall, heading, {leading: 20}})
	if s.pdf.PageNo() != 2 || s.y != 40 {
		t.Errorf("page %d, y %.0f: the heading stayed behind", s.pdf.PageNo(), s.y)
	}
}

func TestHeadingsOfTheTextKeepTheNextLine(t *testing.T) {
	blocks := markdown("## Un titre\n\nUn paragraphe.\n\nFin.\n")
	text, _ := body(onPaper().doc.Tree.Root, blocks, 10)
	if len(text) != 2 || text[0].keep != 1 || text[1].keep != 0 {
		t.Errorf("%+v", text)
	}
}

func TestPanicIsAnError(t *testing.T) {
	file, err := guarded(func() (*archive.File, error) { panic("glyph") })
	if file != nil || err == nil || !strings.Contains(err.Error(), "glyph") {
		t.Errorf("%v, %v", file, err)
	}
}

func TestLongTextFlowsToFurtherPages(t *testing.T) {
	c := sample()
	c.DeclarationText = strings.Repeat("Un paragraphe de plus, pour voir.\n\n", 200) + "Dernier paragraphe.\n"
	file := seal(t, c).PDF
	got := extract(t, file)
	if n := strings.Count(got, "pour voir."); n != 200 {
		t.Errorf("%d of 200 paragraphs", n)
	}
}

// TestTheSealStandsUnderTheLastParagraph lets the text end at every height of
// a page.
func TestTheSealStandsUnderTheLastParagraph(t *testing.T) {
	s, _ := testSealer(t)
	c := sample()
	for count := 14; count < 40; count += 2 {
		c.DeclarationText = strings.Repeat("Un paragraphe de plus, pour voir.\n\n", count) + "Dernier paragraphe.\n"
		sealed, err := s.Seal(t.Context(), c, noon)
		if err != nil {
			t.Fatal(err)
		}
		boxes := run(t, "pdftotext", "-bbox", write(t, "c.pdf", sealed.PDF), "-")
		textPage, textEnd := bottomOf(t, boxes, "Dernier")
		sealPage, sealEnd := bottomOf(t, boxes, "Signée")
		if textPage != sealPage || textEnd > sealEnd-60 {
			t.Errorf("%d paragraphs: text ends on page %d at %.0f, the seal's block on page %d at %.0f", count, textPage, textEnd, sealPage, sealEnd)
		}
	}
}

// bottomOf finds where a word stands: page and lower edge.
func bottomOf(t *testing.T, boxes, word string) (page int, y float64) {
	t.Helper()
	before, _, found := strings.Cut(boxes, ">"+word+"</word>")
	if !found {
		t.Fatalf("no word %s", word)
	}
	_, edge, _ := strings.Cut(before[strings.LastIndex(before, "<word"):], "yMax=\"")
	y, err := strconv.ParseFloat(strings.TrimSuffix(edge, "\""), 64)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(before, "<page "), y
}

// TestAnyNameGivesAFileOrAnError throws strings of every kind at the pages.
func TestAnyNameGivesAFileOrAnError(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 1000 {
		c := sample()
		c.DeclarationText = anyText(random, 60)
		c.Organisation.Name, c.Signatory.Name = anyText(random, 30), anyText(random, 12)
		c.Resolution.Number, c.Resolution.Date = anyText(random, 8), anyText(random, 5)
		all := c.Organisation.Name + c.Signatory.Name + c.Resolution.Number + c.Resolution.Date
		file, err := render(c)
		var missing typeset.MissingError
		if len(typeset.Missing(all)) > 0 && err == nil || err != nil && !errors.As(err, &missing) {
			t.Fatalf("%d: %q: %v", i, all, err)
		}
		if err == nil && len(unsealed(t, file)) == 0 {
			t.Fatalf("%d: no file", i)
		}
	}
}

// anyText draws mostly from what the faces hold, now and then from all of
// Unicode, and from the signs of Markdown and PDF.
func anyText(random *rand.Rand, most int) string {
	var b strings.Builder
	for range random.IntN(most) {
		switch random.IntN(8) {
		case 0:
			b.WriteByte(' ')
		case 1:
			b.WriteByte("()<>[]{}/%\\*_#`~&-+!1."[random.IntN(22)])
		case 2:
			b.WriteRune(rune(0xA0 + random.IntN(0x160)))
		default:
			b.WriteRune(rune('A' + random.IntN(58)))
		}
	}
	if random.IntN(6) == 0 {
		b.WriteRune(rune(random.IntN(0x110000)))
	}
	return b.String()
}

func FuzzRender(f *testing.F) {
	for _, name := range realNames {
		f.Add(name, "# "+name+"\n\n1. **a**\n   - b\n\n> c `d` <e>\n\n```\nf\n```\n")
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		c := sample()
		c.Organisation.Name, c.DeclarationText = name, text
		_, err := render(c)
		if err != nil && strings.Contains(err.Error(), "runtime error") {
			t.Errorf("panic: %v", err)
		}
		if err == nil && len(typeset.Missing(name)) > 0 {
			t.Errorf("%q has no picture, yet a file came out", name)
		}
	})
}

func TestMarkdown(t *testing.T) {
	got := ""
	for _, b := range markdown("# Titre\n\nUn **gras** et\nsuite &amp; \\*pas\\* \\&amp; <i>x</i>\n\n3. trois\n4. quatre\n   - dedans\n\n   encore\n\n> cité\n\n    code  ici\n\n<div>\nbrut\n</div>\n") {
		got += fmt.Sprintf("%d %q %d", b.heading, b.marker, len(b.lists))
		for _, sp := range b.spans {
			got += fmt.Sprintf(" %q", sp.text)
			if sp.bold {
				got += "!"
			}
		}
		got += "\n"
	}
	const want = `1 "" 0 "Titre"
0 "" 0 "Un " "gras"! " et " "suite & *pas* &amp; " "<i>" "x" "</i>"
0 "3." 1 "trois"
0 "4." 1 "quatre"
0 "•" 2 "dedans"
0 "" 1 "encore"
0 "" 0 "cité"
0 "" 0 "code  ici"
0 "" 0 "<div>"
0 "" 0 "brut"
0 "" 0 "</div>"
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// onPaper is an empty sheet that belongs to no file.
func onPaper() *sheet {
	p := gofpdf.New("P", "pt", "Letter", "")
	p.AddPage()
	return newSheet(p, noon)
}
