package pdf

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
)

// row is one line of the page: text at one or more places, all on the same
// baseline.
type row struct {
	gap     float64 // space above, dropped at the top of a page
	leading float64 // from the baseline above to this one
	ruled   bool    // hairline across the text, in the middle of the gap
	keep    int     // rows below that must stand on the same page
	parts   []part
}

type part struct {
	x       float64
	line    typeset.Line
	of      *archive.Element // whose content it is
	drawing *drawing         // instead of a line, or nil
}

// ratio of leading to size for running text.
const airy = 1.4

// paragraph breaks runs into rows at x, the first one after gap.
func paragraph(x, width, gap float64, runs ...typeset.Run) []row {
	var rows []row
	for _, l := range typeset.Break(runs, width) {
		rows = append(rows, row{leading: runs[0].Style.Size * airy, parts: []part{{x: x, line: l}}})
	}
	return spaced(rows, gap)
}

// centred is a paragraph with every line in the middle of the page.
func centred(gap float64, tight float64, s string, style typeset.Style) []row {
	rows := paragraph(0, textWidth, gap, typeset.Run{Text: s, Style: style})
	for i := range rows {
		rows[i].leading = style.Size * tight
		rows[i].parts[0].x = (pageWidth - rows[i].parts[0].line.Width) / 2
	}
	return rows
}

// beside merges columns into rows: line n of each stands on row n. The first
// column gives the gap, the deepest one the number of rows.
func beside(columns ...[]row) []row {
	var rows []row
	for _, column := range columns {
		for i, r := range column {
			if i == len(rows) {
				rows = append(rows, row{leading: r.leading})
			}
			rows[i].leading = max(rows[i].leading, r.leading)
			rows[i].gap = max(rows[i].gap, r.gap)
			rows[i].parts = append(rows[i].parts, r.parts...)
		}
	}
	return rows
}

// tagged makes rows the content of an element.
func tagged(e *archive.Element, rows []row) []row {
	for i := range rows {
		for j := range rows[i].parts {
			rows[i].parts[j].of = e
		}
	}
	return rows
}

// prose is one paragraph of its own at the margin.
func prose(under *archive.Element, gap float64, s string, style typeset.Style) []row {
	return tagged(under.Under(archive.RoleText), paragraph(margin, textWidth, gap, typeset.Run{Text: s, Style: style}))
}

// heading tags rows as a heading, which becomes a bookmark too.
func heading(under *archive.Element, level int, s string, rows []row) []row {
	e := under.Under(archive.Heading(level))
	e.Bookmark = norm.NFC.String(strings.TrimSpace(s)) // as the page has it
	return tagged(e, rows)
}

// spaced sets the gap above the first row.
func spaced(rows []row, gap float64) []row {
	if len(rows) > 0 {
		rows[0].gap = gap
	}
	return rows
}

// fitting is the largest style whose text takes at most lines lines, or the
// smallest one.
func fitting(s string, width float64, lines int, styles ...typeset.Style) typeset.Style {
	for _, style := range styles {
		if len(typeset.Break([]typeset.Run{{Text: s, Style: style}}, width)) <= lines {
			return style
		}
	}
	return styles[len(styles)-1]
}

func height(rows []row) (sum float64) {
	for _, r := range rows {
		sum += r.gap + r.leading
	}
	return sum
}
