package workflow

import (
	"context"
	"fmt"

	"jachete/workflow/roster"
)

// supplierLine is what a line of a list of suppliers says, or what is wrong with
// it.
type supplierLine struct {
	supplier Supplier   // without id and slug
	verdict  RowVerdict // by the line alone
	reasons  []FieldError
}

// CheckSuppliers reads a list of suppliers and gives the verdict of each line;
// nothing is written. Invalid as for CheckBatch.
func (s *Service) CheckSuppliers(ctx context.Context, a Actor, r BatchRequest) (Batch, []BatchRow, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return Batch{}, nil, err
	}
	pole, err := s.batchPole(ctx, r)
	if err != nil {
		return Batch{}, nil, err
	}
	sheet, err := roster.Read(r.File, supplierColumns)
	if err != nil {
		return Batch{}, nil, unreadable(err)
	}
	rows, err := s.judgeSuppliers(ctx, pole, sheet.Rows)
	if err != nil {
		return Batch{}, nil, err
	}
	return s.batchOf(a, BatchOfSuppliers, r, sheet, rows), rows, nil
}

// readSupplier reads one line and judges it by itself.
func (s *Service) readSupplier(g gazetteer, pole Pole, cells map[string]string) supplierLine {
	var f fields
	place := g.place(map[string]string{columnMunicipality: cells[columnPlace], columnMRC: cells[columnMRC], columnRegion: cells[columnRegion]}, "", &f)
	x, err := s.cleanSupplier(pole, SupplierForm{Name: cells[columnName], Place: place, Categories: categoriesOf(cells[columnCategories]),
		Site: cells[columnSite], Description: cells[columnDescription]})
	line := supplierLine{supplier: x, verdict: RowGood, reasons: withoutEchoes(f, err)}
	if len(line.reasons) > 0 {
		line.verdict = verdictOf(line.reasons)
	}
	return line
}

// judgeSuppliers gives the verdict of every line.
func (s *Service) judgeSuppliers(ctx context.Context, pole Pole, lines []roster.Row) ([]BatchRow, error) {
	g := newGazetteer(s.Atlas)
	read := make([]supplierLine, len(lines))
	for i, line := range lines {
		read[i] = s.readSupplier(g, pole, line.Cells)
	}
	listed, err := s.listedAmong(ctx, s.Store, pole, read)
	if err != nil {
		return nil, err
	}
	rows, first := make([]BatchRow, len(lines)), map[string]int{}
	for i, q := range read {
		verdict, reasons := listed.verdict(q)
		if likeness := q.supplier.Likeness(); verdict == RowGood {
			if earlier, twice := first[likeness]; twice {
				verdict, reasons = RowDuplicate, []FieldError{{Field: "name", Key: "supplier.duplicate", Args: map[string]string{"line": fmt.Sprint(earlier)}}}
			} else {
				first[likeness] = lines[i].Line
			}
		}
		rows[i] = BatchRow{Line: lines[i].Line, Verdict: verdict, Reasons: reasons, Cells: lines[i].Cells}
	}
	return rows, nil
}

// listedSuppliers are those that stand against a line of the same likeness, with
// what is said of it: nothing but the verdict, or that it is withdrawn.
type listedSuppliers map[string][]FieldError

// listedAmong finds which enterprises of good lines the pôle has, or anybody
// shows.
func (s *Service) listedAmong(ctx context.Context, r Reader, pole Pole, lines []supplierLine) (listedSuppliers, error) {
	var likenesses []string
	for _, q := range lines {
		if q.verdict == RowGood {
			likenesses = append(likenesses, q.supplier.Likeness())
		}
	}
	found, err := r.SuppliersLike(ctx, likenesses)
	listed := listedSuppliers{}
	for _, x := range found {
		switch {
		case !x.Withdrawn():
			listed[x.Likeness()] = nil
		case x.PoleSlug == pole.Slug:
			listed[x.Likeness()] = []FieldError{{Field: "name", Key: KeySupplierWithdrawn}}
		}
	}
	return listed, err
}

func (l listedSuppliers) verdict(q supplierLine) (RowVerdict, []FieldError) {
	if q.verdict != RowGood {
		return q.verdict, q.reasons
	}
	if reasons, there := l[q.supplier.Likeness()]; there {
		return RowListed, reasons
	}
	return RowGood, nil
}
