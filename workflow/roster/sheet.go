// Package roster reads lists that people keep in spreadsheets and save as CSV:
// what Excel, LibreOffice and Google write, in French or in English, with
// commas or semicolons, in UTF-8 or Windows-1252.
//
// What this service writes for spreadsheets can be read back: see [Inert].
//
// A file is read whole or not at all. [Read] finds the columns by the names in
// the first line, in any order, and gives every line below with its number. A
// [Fault] says where a file cannot be read and why; nobody guesses what a
// damaged one meant. What the cells mean is for the caller to judge.
package roster

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Bounds of a file.
const (
	MaxBytes   = 5 << 20
	MaxRows    = 10_000
	maxColumns = 100
	maxCell    = 8000 // bytes; the longest field of a form holds far less
	maxHeading = 60   // characters shown of a column nobody asked for
)

// Columns is what a sheet may hold.
type Columns struct {
	Names    map[string][]string // the words people write above each column, folded
	Required []string            // without these no line could be used
	Fold     func(string) string // makes headings comparable
}

// Sheet is a file that was read.
type Sheet struct {
	Unknown []string // headings of columns left aside, in their order
	Rows    []Row    // at least one, in their order; blank lines are left out
}

// Row is one line, by column.
type Row struct {
	Line  int               // in the file, from 1; its first if it spans several
	Cells map[string]string // trimmed; empty ones are left out
}

// Read reads a file. The error is a *Fault.
func Read(file []byte, c Columns) (Sheet, error) {
	text, err := decode(file)
	if err != nil {
		return Sheet{}, err
	}
	text, skipped := afterHint(text)
	r := reader(text, c.comma(text))
	t := table{Reader: r, skipped: skipped}
	heading, err := t.next()
	switch {
	case err != nil:
		return Sheet{}, err
	case heading == nil:
		return Sheet{}, &Fault{Reason: ReasonEmpty}
	}
	at, unknown, err := c.find(heading, t.line())
	if err != nil {
		return Sheet{}, err
	}
	rows, err := t.rows(at, len(heading))
	return Sheet{Unknown: unknown, Rows: rows}, err
}

func reader(text string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	return r
}

// afterHint drops the line « sep=; » by which Excel tells itself the separator.
func afterHint(text string) (rest string, lines int) {
	first, rest, found := strings.Cut(text, "\n")
	if first = strings.TrimSuffix(first, "\r"); found && len(first) == 5 && strings.EqualFold(first[:4], "sep=") {
		return rest, 1
	}
	return text, 0
}

// comma is the separator under which the first line names the most columns.
func (c Columns) comma(text string) rune {
	best, most := ';', -1
	for _, comma := range []rune{';', ','} {
		heading, err := reader(text, comma).Read()
		if err != nil {
			continue
		}
		known := 0
		for _, cell := range heading {
			if c.column(cell) != "" {
				known++
			}
		}
		if known > most {
			best, most = comma, known
		}
	}
	return best
}

// column gives the column that a heading names, or nothing.
func (c Columns) column(heading string) string {
	folded := c.Fold(heading)
	for column, names := range c.Names {
		if slices.Contains(names, folded) {
			return column
		}
	}
	return ""
}

// find says what each place of a line holds; places left aside are empty.
func (c Columns) find(heading []string, line int) (at, unknown []string, err error) {
	if len(heading) > maxColumns {
		return nil, nil, &Fault{Reason: ReasonColumns, Line: line}
	}
	for _, cell := range heading {
		column := c.column(cell)
		if column != "" && slices.Contains(at, column) {
			return nil, nil, &Fault{Reason: ReasonTwice, Line: line, Detail: column}
		}
		if name := shown(cell); column == "" && name != "" {
			unknown = append(unknown, name)
		}
		at = append(at, column)
	}
	missing := slices.DeleteFunc(slices.Clone(c.Required), func(column string) bool { return slices.Contains(at, column) })
	if len(missing) > 0 {
		return nil, nil, &Fault{Reason: ReasonMissing, Line: line, Detail: strings.Join(missing, ", ")}
	}
	return at, unknown, nil
}

// shown is a heading as a page may show it.
func shown(heading string) string {
	visible := []rune(strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, heading)))
	if len(visible) > maxHeading {
		return string(visible[:maxHeading]) + "…"
	}
	return string(visible)
}

// table reads lines and knows where it is.
type table struct {
	*csv.Reader
	skipped int // lines before the first that the reader sees
}

func (t *table) line() int {
	line, _ := t.FieldPos(0)
	return line + t.skipped
}

// next gives a line, nil after the last.
func (t *table) next() ([]string, error) {
	cells, err := t.Read()
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case errors.As(err, &wrong):
		return nil, &Fault{Reason: ReasonQuotes, Line: wrong.StartLine + t.skipped}
	}
	for _, cell := range cells {
		if len(cell) > maxCell {
			return nil, &Fault{Reason: ReasonCell, Line: t.line()}
		}
	}
	return cells, nil
}

func (t *table) rows(at []string, width int) (rows []Row, err error) {
	for {
		cells, err := t.next()
		if err != nil {
			return nil, err
		}
		if cells == nil {
			break
		}
		row, err := t.row(cells, at)
		if err != nil {
			return nil, err
		}
		if row.Cells == nil {
			continue
		}
		if len(rows) == MaxRows {
			return nil, &Fault{Reason: ReasonRows, Line: row.Line}
		}
		rows = append(rows, row)
	}
	if rows == nil {
		return nil, &Fault{Reason: ReasonNoRows, Line: 1 + t.skipped}
	}
	return rows, nil
}

// row names the cells of a line; a blank line has none. A line that holds more
// than there are columns has lost its quotation marks, and its cells are not
// where they seem.
func (t *table) row(cells, at []string) (Row, error) {
	row := Row{Line: t.line()}
	blank := true
	for i, cell := range cells {
		if cell = strings.TrimSpace(plain(strings.TrimSpace(cell))); cell == "" {
			continue
		}
		blank = false
		switch {
		case i >= len(at):
			return Row{}, &Fault{Reason: ReasonWide, Line: row.Line}
		case at[i] != "":
			if row.Cells == nil {
				row.Cells = make(map[string]string, len(at))
			}
			row.Cells[at[i]] = cell
		}
	}
	if !blank && row.Cells == nil { // only in columns left aside
		row.Cells = map[string]string{}
	}
	return row, nil
}
