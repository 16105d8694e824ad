package pdf

import (
	"errors"
	"time"

	"github.com/jung-kurt/gofpdf"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
)

// sheet is the document being drawn and where the next row goes. All that is
// drawn belongs to an element of the structure or is an artifact (tag.go).
type sheet struct {
	pdf    *gofpdf.Fpdf
	book   *typeset.Book
	y      float64 // baseline of the row above
	top    float64 // of pages that follow
	bottom float64 // no baseline is lower
	start  func()  // draws what stands on every new page
	begun  bool    // the first page
	doc    archive.Document
	open   *archive.Element // of the marked content being drawn
}

// drawn lets draw fill the pages of a document and gives them as a file. They
// are a template of gofpdf, which hands them out as they were drawn; a document
// of its would copy them thrice into a file that nobody wants.
func drawn(created time.Time, draw func(*sheet) error) (*archive.File, error) {
	var s *sheet
	var err error
	size := gofpdf.SizeType{Wd: pageWidth, Ht: pageHeight}
	template := gofpdf.CreateTpl(gofpdf.PointType{}, size, "P", "pt", "", func(t *gofpdf.Tpl) {
		s = newSheet(&t.Fpdf, created)
		err = errors.Join(draw(s), s.book.Err(), t.Error())
	})
	if err != nil {
		return nil, err
	}
	for _, page := range template.FromPages() {
		s.doc.Pages = append(s.doc.Pages, page.Bytes())
	}
	s.doc.Fonts = s.book.Fonts()
	return archive.New(s.doc)
}

// newSheet starts on the first page of p, in points.
func newSheet(p *gofpdf.Fpdf, created time.Time) *sheet {
	return &sheet{
		pdf: p, book: typeset.NewBook(p, pageHeight),
		doc: archive.Document{Width: pageWidth, Height: pageHeight, Language: "fr-CA", Created: created, Tree: archive.NewTree()},
	}
}

// page starts a page; rows go from top down to bottomDefault.
func (s *sheet) page(top float64, start func()) {
	s.top, s.bottom, s.start = top, bodyBottom, start
	s.turn()
}

func (s *sheet) turn() {
	s.end()
	if s.begun {
		s.pdf.AddPage()
	}
	s.begun = true
	s.start()
	s.y = s.top
}

// draw sets rows under what is there and turns the page when it is full.
func (s *sheet) draw(rows []row) {
	for i, r := range rows {
		if s.y+height(rows[i:min(i+1+r.keep, len(rows))]) > s.bottom && s.y > s.top {
			s.turn()
		}
		if s.y > s.top {
			s.y += r.gap
		}
		if r.ruled {
			s.hairline(margin, s.y-r.gap/2+4, pageWidth-margin)
		}
		s.y += r.leading
		s.parts(s.y, r)
	}
}

// parts draws a row on the baseline y.
func (s *sheet) parts(y float64, r row) {
	for _, p := range r.parts {
		if p.drawing != nil {
			s.drawSignature(p.x, y, p.drawing)
			continue
		}
		s.begin(p.of, y-r.leading)
		s.book.Line(p.x, y, p.line)
	}
}

// place sets rows from y down, whatever the page holds.
func (s *sheet) place(y float64, rows []row) {
	for _, r := range rows {
		y += r.gap + r.leading
		s.parts(y, r)
	}
}

func (s *sheet) hairline(x1, y, x2 float64) {
	s.artifact(layoutArtifact, func() {
		s.stroke(rule, 0.6)
		s.pdf.Line(x1, y, x2, y)
	})
}

func (s *sheet) stroke(c typeset.Color, width float64) {
	s.pdf.SetDrawColor(int(c[0]), int(c[1]), int(c[2]))
	s.pdf.SetLineWidth(width)
}

// area is a box given from the top left corner, as a place in the file.
func area(x, y, w, h float64) archive.Rect {
	return archive.Rect{X1: x, Y1: pageHeight - y - h, X2: x + w, Y2: pageHeight - y}
}

// finish ends the last page and draws the foot of every one.
func (s *sheet) finish(footer func(page, count int)) {
	s.end()
	for n := range s.pdf.PageCount() {
		s.pdf.SetPage(n + 1)
		s.artifact(footerArtifact, func() { footer(n+1, s.pdf.PageCount()) })
	}
}

// right sets a short text that ends at the right margin.
func (s *sheet) right(y float64, text string, size float64) {
	style := muted(size)
	s.book.Text(pageWidth-margin-typeset.Width(text, style), y, text, style)
}
