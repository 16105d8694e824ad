package pdf

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
	"jachete/workflow"
)

// Sizes of the declaration.
const (
	sealRadius = 49.0
	qrSide     = 98.0
	signWidth  = 240.0 // of the column with the signatory
	signHeight = 104.0 // of the block at the foot, at least
	footGap    = 32.0  // above it, with a hairline
	footNumber = 18.0  // below it
)

// bodySizes are tried until the declaration and its foot stand on one page.
var bodySizes = []float64{10.4, 10, 9.7, 9.4, 9.1, 8.8, 8.4, 8}

// declaration draws the declaration as signed, with signatory, seal and QR
// code at its foot.
func (s *sheet) declaration(c workflow.CertificateContent) error {
	return s.declared(s.doc.Tree.Root.Under(archive.RoleSection), c, s.frame, s.foot)
}

// declared draws the declaration from a page of its own on: start draws what
// stands on each of its pages, foot what stands under it, from y down.
func (s *sheet) declared(sect *archive.Element, c workflow.CertificateContent, start func(),
	foot func(sect *archive.Element, c workflow.CertificateContent, signatory []row, y float64) error) error {
	s.page(64, start)
	first := s.pdf.PageNo()
	s.draw(masthead(sect, c))
	who, err := signatory(sect, c)
	if err != nil {
		return err
	}
	limit := bodyBottom - footNumber - footGap - max(height(who), signHeight)
	text, last := fittingBody(sect, c, limit-s.y)
	s.draw(text)
	if s.y+height(last) > limit { // the foot never stands alone on a page
		s.turn()
	}
	s.draw(last)
	if s.pdf.PageNo() > first {
		limit = s.y
	}
	return foot(sect, c, who, limit+footGap)
}

// frame is the double line that makes a page worth framing.
func (s *sheet) frame() {
	s.artifact(layoutArtifact, func() {
		s.stroke(accent, 1.4)
		s.pdf.Rect(frameInset, frameInset, pageWidth-2*frameInset, pageHeight-2*frameInset, "D")
		s.stroke(rule, 0.6)
		const inner = frameInset + 4
		s.pdf.Rect(inner, inner, pageWidth-2*inner, pageHeight-2*inner, "D")
	})
}

func masthead(sect *archive.Element, c workflow.CertificateContent) []row {
	title, name := shortTitle(c.DeclarationTitle), c.Organisation.Name
	text := func(rows []row) []row { return tagged(sect.Under(archive.RoleText), rows) }
	return slices.Concat(
		text(centred(0, 1.3, wordSlogan, accented(12.5))),
		heading(sect, 1, title, centred(9, 1.16, title, fitting(title, textWidth, 1, strong(27), strong(22), strong(17), strong(13)))),
		text(centred(11, 1.22, name, nameStyle(name))),
		text(centred(2, 1.35, places(c), muted(9))),
	)
}

// nameStyle sets the organisation large on one line, less so on two.
func nameStyle(name string) typeset.Style {
	if one := fitting(name, textWidth, 1, accented(20), accented(17), accented(15)); len(centred(0, 1, name, one)) == 1 {
		return one
	}
	return fitting(name, textWidth, 2, accented(15), accented(12.5), accented(10))
}

// shortTitle drops the slogan from the end of a title: it stands above.
func shortTitle(title string) string {
	for _, dash := range []string{" — ", " – ", "\u00a0— "} {
		title = strings.TrimSuffix(title, dash+wordSlogan)
	}
	return title
}

// places is « MRC, region », as far as known.
func places(c workflow.CertificateContent) string {
	var known []string
	for _, place := range []string{c.Organisation.MRCName, c.Organisation.RegionName} {
		if place != "" && place != c.Organisation.Name {
			known = append(known, place)
		}
	}
	return strings.Join(known, ", ")
}

// fittingBody sets the text in the largest size that fits into room; if none
// does, in a comfortable one, to flow to another page. Its last block is apart.
func fittingBody(sect *archive.Element, c workflow.CertificateContent, room float64) (text, last []row) {
	blocks := withoutTitle(markdown(c.DeclarationText), c.DeclarationTitle)
	type composed struct{ text, last []row }
	tried := map[int]composed{}
	try := func(i int) composed {
		if _, ok := tried[i]; !ok {
			text, last := body(sect, blocks, bodySizes[i])
			tried[i] = composed{text, last}
		}
		return tried[i]
	}
	best := sort.Search(len(bodySizes), func(i int) bool {
		return height(try(i).text)+height(try(i).last) <= room
	})
	if best == len(bodySizes) {
		best = 1
	}
	return try(best).text, try(best).last
}

// withoutTitle drops a first line that repeats the title of the page.
func withoutTitle(blocks []block, title string) []block {
	if len(blocks) > 0 && blocks[0].text() == strings.TrimSpace(title) {
		return blocks[1:]
	}
	return blocks
}

// signatory is the column that says who signed, how authorised and when.
func signatory(sect *archive.Element, c workflow.CertificateContent) ([]row, error) {
	column := func(gap float64, s string, style typeset.Style) []row {
		return tagged(sect.Under(archive.RoleText), paragraph(margin, signWidth, gap, typeset.Run{Text: s, Style: style}))
	}
	name := c.Signatory.Name
	rows := column(0, wordSignedBy, muted(8))
	hand, err := handwritten(sect, margin, c.Drawing, c.Signatory)
	rows = append(rows, hand...)
	rows = append(rows, column(1, name, fitting(name, signWidth, 1, strong(14), strong(12), strong(10), strong(9)))...)
	rows = append(rows, column(0, c.Signatory.Function, fitting(c.Signatory.Function, signWidth, 2, plain(9.5), plain(8.5)))...)
	if !c.Resolution.IsZero() {
		rows = append(rows, column(3, resolution(c.Resolution), muted(8.5))...)
	}
	for _, who := range c.Beside() {
		hand, wrong := handwritten(sect, margin, who.Drawing, who.Signatory)
		err = errors.Join(err, wrong)
		rows = append(rows, hand...)
		rows = append(rows, tagged(sect.Under(archive.RoleText), paragraph(margin, signWidth, 4, besideRuns(who, c.Pole.Name)...))...)
	}
	return append(rows, column(7, fmt.Sprintf(wordSignedOn, localDate(c.SignedAt)), figures(11))...), err
}

// besideRuns name somebody who signed beside the first, in one paragraph.
func besideRuns(who workflow.CertificateSignatory, pole string) []typeset.Run {
	const size = 9
	word, after := wordAndBy, ""
	if who.Seat == workflow.SeatPole {
		word, after = wordCountersigned, fmt.Sprintf(wordForPole, pole)
	}
	return []typeset.Run{{Text: word, Style: muted(size)}, {Text: who.Name, Style: strong(size + 1)}, {Text: ", " + who.Function + after, Style: plain(size)}}
}

func resolution(r workflow.Resolution) string {
	s := fmt.Sprintf(wordResolution, r.Number)
	switch {
	case r.Body != "" && r.Sitting != "":
		s += fmt.Sprintf(wordBody, r.Body+", "+r.Sitting)
	case r.Body+r.Sitting != "":
		s += fmt.Sprintf(wordBody, r.Body+r.Sitting)
	}
	if r.Date != "" {
		s += fmt.Sprintf(wordAdopted, civilDate(r.Date))
	}
	return s
}

// foot draws the block under the declaration: signatory, seal, QR code, number.
func (s *sheet) foot(sect *archive.Element, c workflow.CertificateContent, signatory []row, y float64) error {
	s.hairline(margin, y-15, pageWidth-margin)
	s.place(y, signatory)
	const right = pageWidth - margin
	sealX, middle := right-qrSide-10-sealRadius, y+qrSide/2
	s.sealField(sect, area(sealX-sealRadius, middle-sealRadius, 2*sealRadius, 2*sealRadius), func() {
		s.seal(sealX, middle, sealRadius)
	})
	if err := s.qrLink(sect, c.VerifyURL, right-qrSide, y); err != nil {
		return err
	}
	s.number(sect, c)
	return nil
}

// sealField draws the seal, and over it leaves room for the signature field.
func (s *sheet) sealField(sect *archive.Element, box archive.Rect, draw func()) {
	s.figure(sect, box, wordSealAlternate, draw)
	form := sect.Under(archive.RoleForm)
	s.doc.Tree.Join(form)
	s.doc.Seal = &archive.Seal{Page: s.pdf.PageNo() - 1, Area: box, Label: wordSealField, Element: form}
}

// qrLink draws the code, which is a link too.
func (s *sheet) qrLink(sect *archive.Element, address string, x, y float64) (err error) {
	link := sect.Under(archive.RoleText).Under(archive.RoleLink)
	box := area(x, y, qrSide, qrSide)
	s.figure(link, box, fmt.Sprintf(wordQRAlternate, address), func() { err = s.qrCode(address, x, y, qrSide) })
	s.doc.Links = append(s.doc.Links, archive.Link{
		Page: s.pdf.PageNo() - 1, Area: box, Address: address, Contents: wordQR, Element: link,
	})
	return err
}

// number stands large at the bottom, the address beside it.
func (s *sheet) number(sect *archive.Element, c workflow.CertificateContent) {
	s.begin(sect.Under(archive.RoleText), footerY-26)
	s.book.Text(margin, footerY-18, wordCertificate+" ", muted(8))
	s.book.Text(margin, footerY, c.Number, figures(16))
	s.begin(sect.Under(archive.RoleText), footerY-20)
	s.right(footerY-12, fmt.Sprintf(wordVerify, c.VerifyURL), 8)
	s.end()
}
