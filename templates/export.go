package templates

import (
	"time"

	"jachete/templates/sheet"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// Export is a list as a file: its headings, and what stands under each.
type Export[T any] struct {
	sheet.Table
	cells []func(T) sheet.Cell
}

// Line is one line of the list.
func (x *Export[T]) Line(of T) []sheet.Cell {
	line := make([]sheet.Cell, len(x.cells))
	for i, cell := range x.cells {
		line[i] = cell(of)
	}
	return line
}

func (x *Export[T]) add(key, heading string, width float64, cell func(T) sheet.Cell) {
	x.Columns = append(x.Columns, sheet.Column{Key: key, Heading: heading, Width: width})
	x.cells = append(x.cells, cell)
}

// ExportWords is what an export takes from outside its lines.
type ExportWords struct {
	Language  workflow.Language
	Made      time.Time
	Atlas     *territory.Atlas
	Poles     map[string]string // names by slug
	Campaigns map[string]string // names by « pôle/slug »
	Link      func(path string) string
}

func exportOf[T any](w ExportWords, title, tab string) *Export[T] {
	return &Export[T]{Table: sheet.Table{Title: title, Tab: tab, Language: string(w.Language) + "-CA", Made: w.Made}}
}

func (w ExportWords) kind(k workflow.OrganisationKind) sheet.Cell {
	return sheet.Coded(Sentence(w.Language, "kind."+string(k), nil), string(k))
}

func (w ExportWords) mrc(code string) sheet.Cell {
	mrc, _ := w.Atlas.MRC(code)
	return sheet.Text(mrc.Name)
}

func (w ExportWords) region(code string) sheet.Cell {
	region, _ := w.Atlas.Region(code)
	return sheet.Text(region.Name)
}
