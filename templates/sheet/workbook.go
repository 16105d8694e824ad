package sheet

import (
	"errors"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// author is what a workbook says of its origin.
const author = "L’économie sociale, j’achète!"

// textFormat is Excel's built-in number format « @ »: a text stays one, also
// when somebody edits its cell.
const textFormat = 49

// workbook writes lines to a file beside memory, which Close puts into the zip:
// the format wants the whole sheet before its end.
type workbook struct {
	to                io.Writer
	file              *excelize.File
	stream            *excelize.StreamWriter
	line              []any
	text, day, moment int // styles
	tab               string
	rows, columns     int
}

func newWorkbook(w io.Writer, t Table) (Writer, error) {
	b := &workbook{to: w, file: excelize.NewFile(), tab: t.Tab, columns: len(t.Columns)}
	if err := errors.Join(b.describe(t), b.styles()); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	if err := b.begin(t); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

// describe gives the workbook its title and language.
func (b *workbook) describe(t Table) error {
	made := t.Made.UTC().Format(time.RFC3339)
	return errors.Join(b.file.SetSheetName("Sheet1", t.Tab),
		b.file.SetDocProps(&excelize.DocProperties{Title: t.Title, Language: t.Language, Creator: author, LastModifiedBy: author, Created: made, Modified: made}),
		b.file.SetAppProps(&excelize.AppProperties{Application: author}))
}

func (b *workbook) styles() (err error) {
	style := func(to *int, s excelize.Style) {
		var wrong error
		*to, wrong = b.file.NewStyle(&s)
		err = errors.Join(err, wrong)
	}
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
	style(&b.text, excelize.Style{NumFmt: textFormat})
	style(&b.day, excelize.Style{CustomNumFmt: &day})
	style(&b.moment, excelize.Style{CustomNumFmt: &moment})
	return err
}

// begin sets the widths and the line of headings, which stays in view.
func (b *workbook) begin(t Table) (err error) {
	if b.stream, err = b.file.NewStreamWriter(t.Tab); err != nil {
		return err
	}
	for i, column := range t.Columns {
		if err := b.stream.SetColWidth(i+1, i+1, column.Width); err != nil {
			return err
		}
	}
	err = b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	heading, err := b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, NumFmt: textFormat,
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	var headings []any
	for _, column := range t.Columns {
		headings = append(headings, excelize.Cell{StyleID: heading, Value: Clean(column.Heading)})
	}
	b.rows = 1
	return b.stream.SetRow("A1", headings)
}

// Write implements [Writer].
func (b *workbook) Write(line []Cell) error {
	b.rows++
	b.line = b.line[:0]
	for _, cell := range line {
		b.line = append(b.line, b.value(cell))
	}
	at, err := excelize.CoordinatesToCellName(1, b.rows)
	if err != nil {
		return err
	}
	return b.stream.SetRow(at, b.line)
}

// value is a cell of the workbook; nil is an empty one. A moment is written by
// the clock of its zone, since workbooks know no zones.
func (b *workbook) value(c Cell) any {
	switch day, err := time.Parse(time.DateOnly, c.Day); {
	case err == nil:
		return excelize.Cell{StyleID: b.day, Value: day}
	case !c.At.IsZero():
		year, month, day := c.At.Date()
		wall := time.Date(year, month, day, c.At.Hour(), c.At.Minute(), 0, 0, time.UTC)
		return excelize.Cell{StyleID: b.moment, Value: wall}
	}
	if text := c.shown(); text != "" {
		return excelize.Cell{StyleID: b.text, Value: text}
	}
	return nil
}

// Close implements [Writer].
func (b *workbook) Close() error { return errors.Join(b.finish(), b.file.Close()) }

func (b *workbook) finish() error {
	last, err := excelize.CoordinatesToCellName(b.columns, b.rows)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(b.tab, "A1:"+last, nil); err != nil {
		return err
	}
	if err := b.stream.Flush(); err != nil {
		return err
	}
	_, err = b.file.WriteTo(b.to)
	return err
}
