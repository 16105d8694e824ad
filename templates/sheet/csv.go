package sheet

import (
	"encoding/csv"
	"io"

	"jachete/workflow/roster"
)

// byteOrderMark tells Excel that accents are UTF-8.
const byteOrderMark = "\ufeff"

type csvWriter struct {
	*csv.Writer
	line []string
}

// newCSV writes as Excel with French settings reads it: semicolons, CRLF.
func newCSV(w io.Writer, t Table) (Writer, error) {
	c, err := Comma(w, ';')
	if err != nil {
		return nil, err
	}
	var headings []Cell
	for _, column := range t.Columns {
		headings = append(headings, Text(column.Heading))
	}
	return c, c.Write(headings)
}

// Comma starts a CSV file (RFC 4180) without a line of headings, with the
// separator that its readers were promised.
func Comma(w io.Writer, separator rune) (Writer, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = separator, true
	return &csvWriter{Writer: c}, nil
}

// Texts makes a line of plain texts.
func Texts(texts ...string) []Cell {
	line := make([]Cell, len(texts))
	for i, text := range texts {
		line[i] = Text(text)
	}
	return line
}

// Write implements [Writer].
func (c *csvWriter) Write(line []Cell) error {
	c.line = c.line[:0]
	for _, cell := range line {
		c.line = append(c.line, roster.Inert(cell.shown()))
	}
	return c.Writer.Write(c.line)
}

// Close implements [Writer].
func (c *csvWriter) Close() error {
	c.Flush()
	return c.Error()
}
