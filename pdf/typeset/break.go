package typeset

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Color is red, green, blue, each 0 to 255.
type Color [3]uint8

// Style is how a run of text looks.
type Style struct {
	Weight Weight
	Size   float64 // points
	Color  Color
}

// Run is text in one style.
type Run struct {
	Text  string
	Style Style
}

// Line is what fits on one line. Width leaves out the spaces at its end, which
// are kept so that copying two lines out of the file does not glue their words.
type Line struct {
	Runs  []Run
	Width float64
}

// cell is one rune with its advance in points.
type cell struct {
	r     rune
	run   int
	width float64
}

// Width is the length of s on one line, in points.
func Width(s string, style Style) float64 {
	measured := cells([]Run{{s, style}})
	defer spare.Put(measured)
	return total(*measured)
}

// Break cuts runs into lines no wider than width. Lines end at U+0020 and
// nowhere else: no-break spaces hold. A word wider than the line is cut
// between two characters, never before a combining mark. No text gives no line.
func Break(runs []Run, width float64) []Line {
	var lines []Line
	measured := cells(runs)
	defer spare.Put(measured)
	for rest := *measured; len(rest) > 0; {
		n := fit(rest, width)
		lines = append(lines, line(runs, rest[:n]))
		rest = rest[n:]
	}
	return lines
}

// spare keeps what cells fills: a text is measured in several sizes before one
// is chosen.
var spare = sync.Pool{New: func() any { return new([]cell) }}

// cells measures runs, after NFC. A rune without glyph has no width; setting
// it is an error later. The caller puts the answer back into spare.
func cells(runs []Run) *[]cell {
	measured := spare.Get().(*[]cell)
	out := (*measured)[:0]
	faces, err := loadFaces()
	if err != nil {
		runs = nil
	}
	for i, run := range runs {
		for _, r := range norm.NFC.String(run.Text) {
			c := cell{r: r, run: i}
			if w, glyph, ok := find(&faces, run.Style.Weight, r); ok {
				c.width = float64(faces[w].widths[glyph]) * run.Style.Size / 1000
			}
			out = append(out, c)
		}
	}
	*measured = out
	return measured
}

// fit tells how many cells the next line takes, at least one.
func fit(rest []cell, width float64) int {
	used, end := 0.0, 0 // end: after the last space seen
	for i, c := range rest {
		if c.r == ' ' {
			used += c.width
			end = i + 1
			continue
		}
		if used += c.width; used <= width+1e-6 {
			continue
		}
		if end > 0 {
			return end
		}
		return cut(rest, i)
	}
	return len(rest)
}

// cut breaks a too long word before cell i, or before the letter that carries
// the marks standing there; after the first letter if not even that one fits.
func cut(rest []cell, i int) int {
	for n := i; n > 0; n-- {
		if !unicode.Is(unicode.M, rest[n].r) {
			return n
		}
	}
	n := 1
	for n < len(rest) && unicode.Is(unicode.M, rest[n].r) {
		n++
	}
	return n
}

func line(runs []Run, cells []cell) Line {
	var out Line
	out.Width = total(trimmed(cells))
	for start := 0; start < len(cells); {
		end := start
		var text strings.Builder
		text.Grow(len(cells) + 8) // most letters take one byte
		for end < len(cells) && cells[end].run == cells[start].run {
			text.WriteRune(cells[end].r)
			end++
		}
		out.Runs = append(out.Runs, Run{text.String(), runs[cells[start].run].Style})
		start = end
	}
	return out
}

func trimmed(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].r == ' ' {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func total(cells []cell) (width float64) {
	for _, c := range cells {
		width += c.width
	}
	return width
}
