package typeset

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var twelve = Style{Size: 12}

func TestMissing(t *testing.T) {
	for s, want := range map[string]string{
		"":                         "",
		"Saint-Louis-du-Ha! Ha!":   "",
		"ᑯᐯᒃ, Nguyễn, Łukasz, Œ’—": "",
		"« \u00a0\u202f »":         "",
		"Vie\u0302\u0323t":         "", // composes
		"🏛a🏛𝄞":                     "🏛𝄞",
		"a\nb\tc\x00":              "\n\t\x00",
		"\u00ad\u200b\u202e\ufffd": "\u00ad\u200b\u202e\ufffd",
		"漢字":                       "漢字",
	} {
		if got := string(Missing(s)); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// TestCoverage: what the declarations of Québec may hold has a picture, in
// both weights.
func TestCoverage(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	for name, span := range map[string][2]rune{
		"ASCII": {0x20, 0x7E}, "Latin-1": {0xA0, 0xAC}, "Latin-1, end": {0xAE, 0xFF}, "Latin Extended-A": {0x100, 0x17F},
		"Vietnamese": {0x1EA0, 0x1EF9}, "Greek": {0x3A3, 0x3CE}, "Cyrillic": {0x400, 0x45F}, "syllabics": {0x1401, 0x167F},
	} {
		for r := span[0]; r <= span[1]; r++ {
			for _, w := range []Weight{Regular, SemiBold} {
				if _, _, ok := find(&faces, w, r); !ok && r != 0x149 { // ŉ, deprecated
					t.Errorf("%s: no picture of %U", name, r)
				}
			}
		}
	}
}

func text(l Line) string {
	var b strings.Builder
	for _, run := range l.Runs {
		b.WriteString(run.Text)
	}
	return b.String()
}

func broken(s string, width float64) (lines []string) {
	for _, l := range Break([]Run{{s, twelve}}, width) {
		lines = append(lines, text(l))
	}
	return lines
}

func TestBreak(t *testing.T) {
	wide := Width("aaaa ", twelve)
	for s, want := range map[string][]string{
		"":                     nil,
		"aa":                   {"aa"},
		"aaaa aaaa":            {"aaaa ", "aaaa"},
		"aaaa  aaaa ":          {"aaaa  ", "aaaa "},
		"a aa\u00a0a":          {"a ", "aa\u00a0a"},
		"a aa\u202fa":          {"a ", "aa\u202fa"},
		"aaaaaaaa":             {"aaaa", "aaaa"},
		"aaaae\u0302\u0323aaa": {"aaaa", "\u1ec7aaa"},
		" aaaa":                {" ", "aaaa"},
	} {
		if got := broken(s, wide-0.5); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestBreakKeepsMarksOnTheirLetter(t *testing.T) {
	word := strings.Repeat("M\u0302", 40) // does not compose
	for width := 1.0; width < 60; width += 0.7 {
		for i, l := range broken(word, width) {
			if r := []rune(l)[0]; unicode.Is(unicode.M, r) {
				t.Fatalf("width %.1f, line %d starts with a mark", width, i)
			}
		}
	}
}

// TestBreakLosesNothing: whatever the text and the width, the lines are the
// text, and none is wider than it may be unless it is one letter.
func TestBreakLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	letters := []rune("aéiWM   \u00a0\u202fœ-ᑯ\u0302🏛")
	for range 20000 {
		runs := make([]Run, 1+random.IntN(3))
		var all strings.Builder
		for i := range runs {
			var b strings.Builder
			for range random.IntN(20) {
				b.WriteRune(letters[random.IntN(len(letters))])
			}
			runs[i] = Run{b.String(), Style{Weight: Weight(random.IntN(2)), Size: 5 + 10*random.Float64()}}
			all.WriteString(norm.NFC.String(b.String()))
		}
		width, got := 80*random.Float64(), ""
		for _, l := range Break(runs, width) {
			s := text(l)
			got += s
			if l.Width > width+1e-5 && letterCount(s) > 1 {
				t.Fatalf("%q is %.2f wide, not %.2f", s, l.Width, width)
			}
		}
		if got != all.String() {
			t.Fatalf("got %q, want %q", got, all.String())
		}
	}
}

func letterCount(s string) (n int) {
	for _, r := range strings.TrimRight(s, " ") {
		if !unicode.Is(unicode.M, r) {
			n++
		}
	}
	return n
}

// page records what reaches the canvas.
type page struct{ strings.Builder }

func (p *page) RawWriteStr(s string) { p.WriteString(s + "\n") }

func TestBookSetsCodes(t *testing.T) {
	p := &page{}
	b := NewBook(p, 100)
	b.Text(10, 19.93, "aba ᑯ", Style{Size: 9.5, Color: Color{255, 0, 128}})
	const want = "q BT 10 80.1 Td 1 0 .502 rg /F0 9.5 Tf [<0001000200010003>] TJ /F2 9.5 Tf [<0001>] TJ ET Q\n"
	if p.String() != want {
		t.Errorf("got %q", p.String())
	}
	fonts := b.Fonts()
	if len(fonts) != 2 || len(fonts[0].Widths) != 3 || fonts[1].Resource != "F2" {
		t.Fatalf("%+v", fonts)
	}
	if !strings.Contains(string(fonts[0].ToUnicode), "<0002> <0062>") || !strings.Contains(string(fonts[1].ToUnicode), "<0001> <146F>") {
		t.Errorf("%s %s", fonts[0].ToUnicode, fonts[1].ToUnicode)
	}
}

func TestBookNamesTheMissingRune(t *testing.T) {
	p := &page{}
	b := NewBook(p, 100)
	b.Text(0, 0, "a🏛b𝄞", twelve)
	b.Text(0, 0, "fine", twelve)
	if b.Err() != (MissingError{'🏛'}) || p.Len() != 0 {
		t.Errorf("%v, page %q", b.Err(), p.String())
	}
}

// TestSubset parses the subset again: same widths, same shapes, also where a
// letter is made of parts.
func TestSubset(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	f := faces[Regular]
	runes := []rune("aễŁ \u00a0œaé")
	glyphs := []uint16{0}
	for _, r := range runes {
		glyphs = append(glyphs, f.glyphs.glyph(r))
	}
	file := f.subset(glyphs)
	if sum := checksum(file); sum != checksumMagic {
		t.Errorf("checksum %x", sum)
	}
	g := &face{tables: readTables(file), unitsPerEm: f.unitsPerEm}
	g.readWidths()
	g.readLocations()
	for i, r := range runes {
		old := f.glyphs.glyph(r)
		if g.widths[i+1] != f.widths[old] {
			t.Errorf("%q: width %d, want %d", r, g.widths[i+1], f.widths[old])
		}
		got, want := g.contours(uint16(i+1), Point{}), f.contours(old, Point{})
		if !slices.EqualFunc(got, want, func(a, b Contour) bool {
			return a.Start == b.Start && slices.EqualFunc(a.Pieces, b.Pieces, slices.Equal)
		}) {
			t.Errorf("%q has another shape", r)
		}
		if r != ' ' && r != '\u00a0' && len(got) == 0 {
			t.Errorf("%q has no shape", r)
		}
	}
	if len(file) > 6000 {
		t.Errorf("%d bytes for %d letters", len(file), len(runes))
	}
}

func TestBrokenFontIsAnError(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for i := 0; i < len(notoSyllabics); i += 211 {
		if _, err := parseFace("cut", 88, notoSyllabics[:i]); err == nil && i < 1000 {
			t.Errorf("accepted %d bytes", i)
		}
		scrambled := slices.Clone(notoSyllabics)
		binary.BigEndian.PutUint32(scrambled[random.IntN(600):], random.Uint32())
		_, _ = parseFace("scrambled", 88, scrambled) // must not panic
	}
}

func BenchmarkBreak(b *testing.B) {
	runs := []Run{{strings.Repeat("les coopératives, les mutuelles et les organismes ", 20), twelve}}
	b.ReportAllocs()
	for b.Loop() {
		Break(runs, 470)
	}
}
