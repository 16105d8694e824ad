package workflow

import (
	"context"
	"fmt"
	"slices"

	"jachete/workflow/roster"
	"jachete/workflow/territory"
)

// paperLine is what a line of a list of signatories says, or what is wrong
// with it.
type paperLine struct {
	asked
	facts    paperFacts
	warnings []FieldError // doubts that keep nothing out
}

// CheckPaper reads a list of signatories on paper and gives the verdict of each
// line; nothing is written. Invalid as for CheckBatch.
func (s *Service) CheckPaper(ctx context.Context, a Actor, r BatchRequest) (Batch, []BatchRow, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return Batch{}, nil, err
	}
	pole, err := s.batchPole(ctx, r)
	if err != nil {
		return Batch{}, nil, err
	}
	sheet, err := roster.Read(r.File, paperColumns)
	if err != nil {
		return Batch{}, nil, unreadable(err)
	}
	rows, err := s.judgePaper(ctx, pole, sheet.Rows)
	if err != nil {
		return Batch{}, nil, err
	}
	return s.batchOf(a, BatchOfPaper, r, sheet, rows), rows, nil
}

// paperReader reads lines for one pôle.
type paperReader struct {
	*Service
	gazetteer gazetteer
	pole      Pole
	poles     map[string]string // slug by what people write for a pôle, folded
}

func (s *Service) paperReader(ctx context.Context, r Reader, pole Pole) (paperReader, error) {
	p := paperReader{s, newGazetteer(s.Atlas), pole, map[string]string{}}
	all, err := r.Poles(ctx)
	for _, known := range all {
		for _, words := range []string{known.Slug, known.Short, known.Name} {
			p.poles[Fold(words)] = known.Slug
		}
	}
	return p, err
}

// read reads one line and judges it by itself.
func (p paperReader) read(cells map[string]string) paperLine {
	q := paperLine{asked: asked{cells: cells, verdict: RowGood}}
	if another, wrong := p.anothers(cells[columnPole]); another {
		q.verdict, q.reasons = RowPole, []FieldError{wrong}
		return q
	}
	kind := paperKind(cells[columnKind], cells[columnOrganisation])
	var f fields
	place := p.gazetteer.place(cells, kind, &f)
	var err error
	q.facts, err = p.cleanPaper(PaperRequest{Organisation: cells[columnOrganisation], Kind: kind, Place: place,
		Signed: cells[columnSigned], Announced: cells[columnAnnounced], Source: cells[columnSource], Resolution: cells[columnResolution],
		Signatory: Signatory{Name: cells[columnSignatory], Function: cells[columnFunction]}})
	q.organisation = q.facts.organisation
	q.reasons = withoutEchoes(f, err)
	if len(q.reasons) == 0 && !p.near(p.pole, q.organisation.place()) {
		q.verdict, q.reasons = RowOutside, []FieldError{{Field: "municipality", Key: "paper.outside"}}
	} else if len(q.reasons) > 0 {
		q.verdict = verdictOf(q.reasons)
	}
	if q.facts.signed.doubtful() || q.facts.announced.doubtful() {
		q.warnings = []FieldError{{Field: "signed", Key: "paper.early"}}
	}
	return q
}

// anothers tells of a line that names another pôle than the one it is for. One
// that names none is this pôle's.
func (p paperReader) anothers(cell string) (bool, FieldError) {
	slug, known := p.poles[Fold(cell)]
	switch {
	case cell == "" || slug == p.pole.Slug:
		return false, FieldError{}
	case !known:
		return true, FieldError{Field: "pole", Key: "paper.pole-unknown"}
	}
	return true, FieldError{Field: "pole", Key: "paper.pole-other"}
}

// near tells whether a place may lie in a pôle's territory: of a region
// alone, one part of it there is enough.
func (s *Service) near(pole Pole, place territory.Place) bool {
	if pole.Territory.Covers(place) {
		return true
	}
	if place.MRCCode != "" || place.MunicipalityCode != "" {
		return false
	}
	return slices.ContainsFunc(s.Atlas.Municipalities(territory.Set{Regions: []string{place.RegionCode}}),
		func(m territory.Municipality) bool { return pole.Territory.Covers(m.Place()) })
}

// judgePaper gives the verdict of every line.
func (s *Service) judgePaper(ctx context.Context, pole Pole, lines []roster.Row) ([]BatchRow, error) {
	reader, err := s.paperReader(ctx, s.Store, pole)
	if err != nil {
		return nil, err
	}
	questions := make([]paperLine, len(lines))
	for i, line := range lines {
		questions[i] = reader.read(line.Cells)
	}
	known, err := s.standing(ctx, s.Store, pole, askedOf(questions))
	if err != nil {
		return nil, err
	}
	rows, first := make([]BatchRow, len(lines)), map[string]int{}
	for i, q := range questions {
		verdict, reasons := known.paperVerdict(q)
		if verdict == RowGood {
			if earlier, twice := first[q.organisation.likeness()]; twice {
				verdict, reasons = RowDuplicate, []FieldError{{Field: "organisation", Key: "paper.duplicate", Args: map[string]string{"line": fmt.Sprint(earlier)}}}
			} else {
				first[q.organisation.likeness()] = lines[i].Line
			}
		}
		rows[i] = BatchRow{Line: lines[i].Line, Verdict: verdict, Reasons: reasons, Cells: lines[i].Cells}
	}
	return rows, nil
}

// askedOf are the lines as standing reads them.
func askedOf(lines []paperLine) []asked {
	all := make([]asked, len(lines))
	for i, q := range lines {
		all[i] = q.asked
	}
	return all
}

// paperVerdict says what stands against a line, besides what it says itself.
func (k standing) paperVerdict(q paperLine) (RowVerdict, []FieldError) {
	if q.verdict != RowGood {
		return q.verdict, q.reasons
	}
	org, known := k.organisations[q.organisation.likeness()]
	switch {
	case known && k.signed[org.ID]:
		return RowSigned, nil
	case known && k.paper[org.ID]:
		return RowPaper, nil
	}
	return RowGood, q.warnings
}
