package typeset

import (
	"fmt"
	"math"
	"strconv"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Canvas is the page being drawn; a *gofpdf.Fpdf is one.
type Canvas interface {
	RawWriteStr(operators string)
}

// MissingError tells which rune no face can show.
type MissingError struct{ Rune rune }

func (e MissingError) Error() string {
	return fmt.Sprintf("typeset: no glyph for %U", e.Rune)
}

// Book sets the text of one document and remembers which runes it used. It is
// for one goroutine. The first error stays, as in gofpdf; later calls do
// nothing.
type Book struct {
	canvas Canvas
	height float64
	faces  [faceCount]*face
	used   [faceCount]usage
	line   []byte // of the page, reused for the next one
	err    error
}

// usage is the runes of one face in the order of their codes, which start at 1
// (0 is .notdef, never used).
type usage struct {
	codes charmap
	runes []rune
}

// NewBook starts the text of a document whose pages are height points high.
func NewBook(canvas Canvas, height float64) *Book {
	b := &Book{canvas: canvas, height: height}
	b.faces, b.err = loadFaces()
	return b
}

// Err is the first error: a [MissingError] or a broken font.
func (b *Book) Err() error { return b.err }

// Line sets a line with its left end at x and its baseline at y.
func (b *Book) Line(x, y float64, l Line) {
	out := append(b.line[:0], "q BT "...)
	out = point(out, x, b.height-y)
	out = append(out, " Td"...)
	for _, run := range l.Runs {
		out = b.run(out, run)
	}
	b.line = append(out, " ET Q"...)
	if b.err == nil {
		b.canvas.RawWriteStr(string(b.line))
	}
}

// Text sets s on one line, without looking at its width.
func (b *Book) Text(x, y float64, s string, style Style) {
	b.Line(x, y, Line{Runs: []Run{{s, style}}})
}

// run appends the operators of one run: colour, then for each stretch of one
// face the face and the codes.
func (b *Book) run(out []byte, run Run) []byte {
	for _, channel := range run.Style.Color {
		out = append(out, shades[channel]...)
	}
	out = append(out, " rg"...)
	s := setter{book: b, out: out, style: run.Style, face: faceCount}
	for _, r := range norm.NFC.String(run.Text) {
		s.rune(r)
	}
	return s.close()
}

// shades are the values of a colour channel, to a thousandth, after a space and
// without the zero that nobody needs.
var shades = func() (out [256]string) {
	for i := range out {
		value := strconv.FormatFloat(math.Round(float64(i)*1000/255)/1000, 'f', -1, 64)
		if 0 < i && i < 255 {
			value = value[1:]
		}
		out[i] = " " + value
	}
	return out
}()

// code gives the number of r in face w, a new one at its first use.
func (b *Book) code(w Weight, r rune) uint16 {
	u := &b.used[w]
	code := u.codes.glyph(r)
	if code == 0 {
		u.runes = append(u.runes, r)
		code = uint16(len(u.runes))
		u.codes.set(int(r), code)
	}
	return code
}

// setter writes the codes of one run into TJ arrays.
type setter struct {
	book  *Book
	out   []byte
	style Style
	face  Weight // of the open array; faceCount when none is open
	text  bool   // inside a string of the array
	last  int    // width of the letter before, for marks
}

func (s *setter) rune(r rune) {
	w, glyph, ok := find(&s.book.faces, s.style.Weight, r)
	if !ok {
		if s.book.err == nil {
			s.book.err = MissingError{r}
		}
		return
	}
	s.open(w)
	back := s.markShift(w, glyph, r)
	s.adjust(back)
	s.code(s.book.code(w, r))
	s.adjust(-back)
}

// markShift is how far back, in 1/1000 of the size, a combining mark goes to
// stand centred on the letter before it. Marks have no width of their own.
func (s *setter) markShift(w Weight, glyph uint16, r rune) int {
	f := s.book.faces[w]
	if r < '\u0300' || !unicode.Is(unicode.Mn, r) { // no mark is lower: saves looking up most letters
		s.last = f.widths[glyph]
		return 0
	}
	outline := f.outline(glyph)
	if len(outline) == 0 {
		s.last = f.widths[glyph]
		return 0
	}
	middle := f.scale(int(i16(outline, 2))+int(i16(outline, 6))) / 2
	return s.last/2 + middle
}

// code writes two bytes in hex, in the open string or a new one.
func (s *setter) code(c uint16) {
	if !s.text {
		s.out = append(s.out, '<')
		s.text = true
	}
	s.out = hex(s.out, c)
}

// hex writes two bytes as four digits.
func hex(out []byte, c uint16) []byte {
	return append(out, digits[c>>12], digits[c>>8&15], digits[c>>4&15], digits[c&15])
}

const digits = "0123456789ABCDEF"

func (s *setter) adjust(thousandths int) {
	if thousandths != 0 {
		s.endText()
		s.out = strconv.AppendInt(s.out, int64(thousandths), 10)
	}
}

func (s *setter) open(w Weight) {
	if s.face == w {
		return
	}
	s.out = s.close()
	s.out = append(append(s.out, " /"...), resource(w)...)
	s.out = strconv.AppendFloat(append(s.out, ' '), s.style.Size, 'f', -1, 64)
	s.out = append(s.out, " Tf ["...)
	s.face = w
}

func (s *setter) endText() {
	if s.text {
		s.out = append(s.out, '>')
		s.text = false
	}
}

func (s *setter) close() []byte {
	if s.face != faceCount {
		s.endText()
		s.out = append(s.out, "] TJ"...)
	}
	return s.out
}

// point writes a place to a tenth of a point, finer than a printer's dot.
func point(out []byte, x, y float64) []byte {
	out = strconv.AppendFloat(out, math.Round(x*10)/10, 'f', -1, 64)
	return strconv.AppendFloat(append(out, ' '), math.Round(y*10)/10, 'f', -1, 64)
}

func resource(w Weight) string { return "F" + strconv.Itoa(int(w)) }
