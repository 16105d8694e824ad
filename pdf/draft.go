package pdf

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
	"jachete/workflow"
)

// Places on the pages of a draft.
const (
	draftMarkY = 52.0 // baseline of the mark on every page
	draftTop   = 72.0
)

// draft makes the unsigned « projet » that a council reads before it decides:
// the declaration as it would be signed, and a model resolution for this
// organisation. Every page says that nothing is signed; there is no number, no
// QR code and no seal. The text is taken as it is filled; while the signatory
// is not known, fill « [prénom nom] » and the like. at is the date of the file.
// The same content and date give the same bytes. Errors: typeset.MissingError wrapped, or an internal one.
func draft(c workflow.CertificateContent, at time.Time) ([]byte, error) {
	file, err := guarded(func() (*archive.File, error) { return drawDraft(c, at) })
	if err != nil {
		return nil, fmt.Errorf("pdf: draft: %w", err)
	}
	return file.Bytes()
}

func drawDraft(c workflow.CertificateContent, at time.Time) (*archive.File, error) {
	if c.Organisation.Name == "" || strings.TrimSpace(shortTitle(c.DeclarationTitle)) == "" {
		return nil, errors.New("no organisation or declaration")
	}
	return drawn(at, func(s *sheet) error {
		s.doc.Title = fmt.Sprintf(wordDraftTitle, shortTitle(c.DeclarationTitle), c.Organisation.Name)
		s.doc.Author, s.doc.Subject = c.Organisation.Name, c.DeclarationTitle
		s.proposal(c)
		s.resolution(c)
		s.finish(func(page, count int) {
			s.right(footerY, fmt.Sprintf(wordPage, page, count), 8)
			s.book.Text(margin, footerY, wordDraftFoot, muted(8))
		})
		return nil
	})
}

// proposal is the declaration as it would be signed.
func (s *sheet) proposal(c workflow.CertificateContent) {
	sect := s.doc.Tree.Root.Under(archive.RoleSection)
	s.page(draftTop, func() { s.draftPage(sect) })
	s.draw(masthead(sect, c))
	note := slices.Concat(
		prose(sect, 16, wordDraftNote, plain(9.5)),
		prose(sect, 4, fmt.Sprintf(wordDraftVersion, c.DeclarationID, c.DeclarationVersion, c.DeclarationSHA256), muted(8)),
	)
	note[0].ruled, note[0].keep = true, len(note)-1
	text, last := fittingBody(sect, c, s.bottom-s.y-height(note))
	s.draw(slices.Concat(text, last, note))
}

// resolution is the model that the council may adopt.
func (s *sheet) resolution(c workflow.CertificateContent) {
	sect := s.doc.Tree.Root.Under(archive.RoleSection)
	s.page(draftTop, func() { s.draftPage(sect) })
	model := workflow.ModelResolutionFor(c.Organisation)
	title := paragraph(margin, textWidth, 0, typeset.Run{Text: model.Title, Style: strong(19)})
	rows := slices.Concat(
		heading(sect, 2, model.Title, title),
		prose(sect, 2, model.Intro, muted(9.5)),
		prose(sect, 16, model.Organisation, accented(12.5)),
	)
	for i, p := range model.Paragraphs {
		gap := 9.0
		if i == 0 {
			gap = 14
		}
		rows = append(rows, prose(sect, gap, p, plain(11))...)
	}
	s.draw(rows)
}

// draftPage is what stands on every page of a draft. The mark is read out once,
// at the start.
func (s *sheet) draftPage(sect *archive.Element) {
	s.frame()
	s.artifact(watermarkArtifact, func() { s.pdf.RawWriteStr(watermark()) })
	mark := tagged(sect.Under(archive.RoleText), centred(0, 1, wordDraftMark, strong(11)))[0]
	if s.pdf.PageNo() == 1 {
		s.parts(draftMarkY, mark)
		return
	}
	s.artifact(headerArtifact, func() { s.book.Line(mark.parts[0].x, draftMarkY, mark.parts[0].line) })
}

// watermark is the word across the page, as shapes: paler than a hairline, so
// that the text over it keeps its contrast.
var watermark = sync.OnceValue(func() string {
	const size, turn = 124.0, math.Pi / 4
	p := &path{scale: 1}
	p.colour(pale, "rg")
	length := 0.0
	for _, r := range wordWatermark {
		_, advance := typeset.Outline(typeset.SemiBold, r)
		length += advance * size
	}
	at := -length / 2
	for _, r := range wordWatermark {
		contours, advance := typeset.Outline(typeset.SemiBold, r)
		middle := at + advance*size/2
		foot := typeset.Point{
			X: pageWidth/2 + middle*math.Cos(turn) + 0.36*size*math.Sin(turn),
			Y: pageHeight/2 + middle*math.Sin(turn) - 0.36*size*math.Cos(turn),
		}
		p.glyph(contours, advance, size, foot, turn)
		at += advance * size
	}
	return "q " + string(p.out) + "Q"
})
