package pdf

import (
	"context"
	"fmt"
	"slices"

	"jachete/pdf/archive"
	"jachete/pdf/typeset"
	"jachete/workflow"
)

// Places of a report's tables.
const (
	reportTop   = 62.0
	reportSize  = 9.5
	reportHeadY = 42.0 // baseline of what runs on every page but the first
	kindX       = margin + 252
	stateX      = margin + 372
)

// Report implements workflow.Sealer, in the same turns. Errors: ctx's own,
// typeset.MissingError wrapped, or an internal one.
func (s *Sealer) Report(ctx context.Context, r workflow.CampaignReport) ([]byte, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-s.turns }()
	file, err := guarded(func() (*archive.File, error) { return drawReport(r) })
	if err != nil {
		return nil, fmt.Errorf("pdf: report: %w", err)
	}
	return file.Bytes()
}

func drawReport(r workflow.CampaignReport) (*archive.File, error) {
	return drawn(r.MadeAt, func(s *sheet) error {
		s.doc.Title = fmt.Sprintf(wordReportTitle, r.Campaign.Name)
		s.doc.Author, s.doc.Subject = r.Pole, wordReport
		report{s, s.doc.Tree.Root.Under(archive.RoleSection), r}.all()
		s.finish(func(page, count int) {
			s.right(footerY, fmt.Sprintf(wordPage, page, count), 8)
			made := fmt.Sprintf(wordReportMade, localDate(r.MadeAt), clock(r.MadeAt))
			s.book.Text(margin, footerY, made, muted(8))
		})
		return nil
	})
}

// report is one being drawn.
type report struct {
	*sheet
	sect *archive.Element
	workflow.CampaignReport
}

func (r report) all() {
	r.page(evidenceTop, func() {})
	title := paragraph(margin, textWidth, 4, typeset.Run{Text: r.Campaign.Name, Style: strong(19)})
	r.draw(slices.Concat(
		prose(r.sect, 0, wordReport, accented(11)), heading(r.sect, 1, r.Campaign.Name, title),
		prose(r.sect, 4, r.Pole, muted(10.5)), r.when(), r.figures(), prose(r.sect, 12, r.coverage(), plain(10.5))))
	var lines [][3]string
	for _, o := range r.Signed {
		lines = append(lines, [3]string{o.Organisation, wordOf(kindWords, o.Kind), signedWords(o)})
	}
	r.table(wordSigned, wordNoneSigned, wordSignedWhen, lines)
	lines = nil
	for _, o := range r.Awaited {
		lines = append(lines, [3]string{o.Organisation, wordOf(kindWords, o.Kind), wordOf(stateWords, o.State)})
	}
	r.table(wordAwaited, wordNoneAwaited, wordState, lines)
}

// when is the ceremony and the embargo.
func (r report) when() []row {
	ceremony, embargo := wordNoCeremony, wordNoEmbargo
	if at := r.Campaign.CeremonyAt; !at.IsZero() {
		ceremony = fmt.Sprintf(wordMoment, localDate(at), clock(at))
		if r.Campaign.Place != "" {
			ceremony += ", " + r.Campaign.Place
		}
	}
	switch until := r.Campaign.EmbargoUntil; {
	case until.After(r.MadeAt):
		embargo = fmt.Sprintf(wordEmbargoUntil, localDate(until), clock(until))
	case !until.IsZero():
		embargo = fmt.Sprintf(wordEmbargoOver, localDate(until), clock(until))
	}
	t := table{r.sect, reportSize}
	return append(t.headed(2, wordCampaign), t.pairs(entry{wordCeremony, ceremony}, entry{wordEmbargo, embargo})...)
}

// figures says how many stand where.
func (r report) figures() []row {
	p, t := r.Progress, table{r.sect, reportSize}
	return append(t.headed(2, wordFigures), t.pairs(
		entry{wordInvited, grouped(p.Invited)}, entry{wordSignedMany, grouped(p.Signed)}, entry{wordReady, grouped(p.Ready)},
		entry{wordWaiting, grouped(p.Waiting)}, entry{wordConsulted, grouped(p.Consulted)}, entry{wordUnopened, grouped(p.Unopened)},
		entry{wordUndelivered, grouped(p.Undelivered)}, entry{wordDeclined, grouped(p.Declined)}, entry{wordExpired, grouped(p.Expired)})...)
}

func (r report) coverage() string {
	switch {
	case r.Progress.Invited == 0:
		return wordNobodyInvited
	case r.Progress.Signed == 1:
		return fmt.Sprintf(wordOneSigned, grouped(r.Progress.Invited))
	default:
		return fmt.Sprintf(wordManySigned, grouped(r.Progress.Signed), grouped(r.Progress.Invited))
	}
}

// table draws a list. On each page it goes on to, its headings stand again:
// for the eye only, since they were read out once.
func (r report) table(title, none, last string, lines [][3]string) {
	t := table{r.sect, reportSize}
	rows := t.headed(2, title)
	if len(lines) == 0 {
		r.draw(append(rows, prose(r.sect, 4, none, plain(reportSize))...))
		return
	}
	element, style := r.sect.Under(archive.RoleTable), muted(reportSize*0.94)
	head := t.line(element, true, style, wordOrganisation, wordKind, last)
	head[0].keep = len(head) + 1
	rows = append(rows, head...)
	for _, l := range lines {
		rows = append(rows, t.line(element, false, plain(reportSize), l[0], l[1], l[2])...)
	}
	r.start = func() { r.running(t, last, style) }
	r.draw(rows)
	r.start, r.top = func() {}, evidenceTop
}

// running is what stands on a page that goes on with a table.
func (r report) running(t table, last string, style typeset.Style) {
	r.artifact(headerArtifact, func() {
		r.book.Text(margin, reportHeadY, r.Campaign.Name, muted(fitting(r.Campaign.Name, textWidth, 1, muted(8), muted(6.5), muted(5)).Size))
		for _, cell := range []struct {
			x     float64
			words string
		}{{margin, wordOrganisation}, {kindX, wordKind}, {stateX, last}} {
			r.book.Text(cell.x, reportTop, cell.words, style)
		}
	})
	r.top = reportTop + 4
}

// line is a row of a list, which never breaks over two pages.
func (t table) line(under *archive.Element, heads bool, style typeset.Style, organisation, kind, last string) []row {
	line := under.Under(archive.RoleRow)
	cells := [][]row{t.cell(margin, kindX-12, organisation, style), t.cell(kindX, stateX-12, kind, style), t.cell(stateX, pageWidth-margin, last, style)}
	for i := range cells {
		switch {
		case heads:
			cells[i] = header(line, archive.ScopeColumn, cells[i])
		case i == 0:
			cells[i] = header(line, archive.ScopeRow, cells[i])
		default:
			cells[i] = tagged(line.Under(archive.RoleCell), cells[i])
		}
	}
	rows := beside(cells...)
	for i := range rows {
		rows[i].keep = len(rows) - 1 - i
	}
	return rows
}
