package pdf

import (
	"strconv"

	"jachete/pdf/archive"
)

// Kinds of artifacts: what a screen reader passes over (ISO 32000-1, 14.8.2.2).
const (
	layoutArtifact    = "/Artifact <</Type /Layout>> BDC"
	headerArtifact    = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
	footerArtifact    = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
	watermarkArtifact = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
)

// begin opens marked content of e with its upper edge at y, counted from the
// top; the lines of an element that follow each other share one.
func (s *sheet) begin(e *archive.Element, y float64) {
	if s.open == e {
		return
	}
	s.end()
	mark := s.doc.Tree.Mark(e, s.pdf.PageNo()-1, pageHeight-y)
	s.pdf.RawWriteStr("/" + string(e.Role) + " <</MCID " + strconv.Itoa(mark) + ">> BDC")
	s.open = e
}

// end closes the marked content, if any is open.
func (s *sheet) end() {
	if s.open != nil {
		s.pdf.RawWriteStr("EMC")
		s.open = nil
	}
}

// artifact draws what is no content.
func (s *sheet) artifact(kind string, draw func()) {
	s.end()
	s.pdf.RawWriteStr(kind)
	draw()
	s.pdf.RawWriteStr("EMC")
}

// figure draws a picture with its top left corner at (x, y), of which a screen
// reader says alternate.
func (s *sheet) figure(under *archive.Element, box archive.Rect, alternate string, draw func()) {
	e := under.Under(archive.RoleFigure)
	e.Alternate, e.Box = alternate, box
	s.begin(e, pageHeight-box.Y2)
	draw()
	s.end()
}
