// Package sheet writes tables for spreadsheets and programs: as CSV, as an
// Excel workbook, and as JSON. It is the one place where cells are made safe.
//
// A table is written line by line, so that its size does not matter. Whatever a
// cell holds, a spreadsheet only shows it: see [roster.Inert] for CSV; in a
// workbook every text is a string cell. Controls are taken out everywhere.
package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// mediaTypes are those of the formats, with their parameters.
var mediaTypes = map[Format]string{
	CSV:  "text/csv; charset=utf-8; header=present",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	JSON: "application/json; charset=utf-8",
}

// MediaType is the Content-Type of a format; empty for an unknown one.
func (f Format) MediaType() string { return mediaTypes[f] }

// Cell is what stands in one place: words, or a civil day, or a moment.
type Cell struct {
	Words string
	Code  string    // stands for the words in JSON; empty when they are the same
	Day   string    // YYYY-MM-DD
	At    time.Time // shown in the zone it is in, to the minute
}

// Text is a cell of words.
func Text(words string) Cell { return Cell{Words: words} }

// Coded is a cell whose words are of a language, with what stands for them.
func Coded(words, code string) Cell { return Cell{Words: words, Code: code} }

// Day is a cell of a civil day, YYYY-MM-DD; anything else is a text.
func Day(date string) Cell {
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return Text(date)
	}
	return Cell{Day: date}
}

// Moment is a cell of an instant; the zero time is empty.
func Moment(t time.Time) Cell { return Cell{At: t} }

// Column heads the cells below it.
type Column struct {
	Key     string // in JSON
	Heading string
	Width   float64 // in characters, in a workbook
}

// Table is what a file says besides its lines.
type Table struct {
	Title    string
	Tab      string // at most 31 characters, without : \ / ? * [ ]
	Language string // BCP 47
	Made     time.Time
	Columns  []Column
}

// Writer writes the lines of a table; nothing is whole before Close.
type Writer interface {
	Write(line []Cell) error
	Close() error
}

// New starts a file on w.
func New(f Format, w io.Writer, t Table) (Writer, error) {
	switch f {
	case CSV:
		return newCSV(w, t)
	case XLSX:
		return newWorkbook(w, t)
	case JSON:
		return newJSON(w, t)
	default:
		return nil, fmt.Errorf("sheet: no format %q", f)
	}
}

// momentLayout is how a moment is written where it is not a number.
const momentLayout = "2006-01-02 15:04"

// shown is a cell as text.
func (c Cell) shown() string {
	switch {
	case c.Day != "":
		return c.Day
	case !c.At.IsZero():
		return c.At.Format(momentLayout)
	default:
		return Clean(c.Words)
	}
}

// Clean takes controls and what no XML may hold out of a text; breaks of lines
// become spaces.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || r == '\ufffe' || r == '\uffff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
