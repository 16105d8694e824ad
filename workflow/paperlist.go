package workflow

import (
	"context"
	"strconv"
)

// PreviewPaper is CheckPaper, kept for PreviewLife so that somebody may confirm
// it. Nothing reaches the register.
func (s *Service) PreviewPaper(ctx context.Context, a Actor, r BatchRequest) (Batch, error) {
	b, rows, err := s.CheckPaper(ctx, a, r)
	if err != nil {
		return Batch{}, err
	}
	return b, s.keepPreview(ctx, a, b, rows)
}

// PaperBatch gives a list of signatories on paper. NotFound when it is unknown
// or in another pôle.
func (s *Service) PaperBatch(ctx context.Context, a Actor, id string) (Batch, error) {
	return s.permittedBatch(ctx, s.Store, a, BatchOfPaper, id)
}

// PaperBatches lists the latest of the actor's pôles.
func (s *Service) PaperBatches(ctx context.Context, a Actor, limit int) ([]Batch, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return nil, err
	}
	return s.Store.Batches(ctx, BatchFilter{Purpose: BatchOfPaper, Poles: a.Poles(), Limit: limit})
}

// PaperRows gives lines of a list in their order. NotFound as for PaperBatch.
func (s *Service) PaperRows(ctx context.Context, a Actor, f BatchRowFilter) ([]BatchRow, error) {
	if _, err := s.permittedBatch(ctx, s.Store, a, BatchOfPaper, f.Batch); err != nil {
		return nil, err
	}
	return s.Store.BatchRows(ctx, f)
}

// CancelPaper gives up a list that nobody confirmed. Conflict (key
// "paper.list-done") when it is in the register.
func (s *Service) CancelPaper(ctx context.Context, a Actor, id string) error {
	err := s.cancelBatch(ctx, a, BatchOfPaper, id)
	if KeyOf(err) == "batch.done" {
		return refuse(Conflict, "paper.list-done")
	}
	return err
}

// ConfirmPaper enters the good lines into the register, all in one transaction:
// after a crash there is all of the list or nothing. A list that is confirmed
// already stays as it is. Errors as for ConfirmBatch.
func (s *Service) ConfirmPaper(ctx context.Context, a Actor, id string, seen Seen) (Batch, error) {
	return s.confirmAtOnce(ctx, a, BatchOfPaper, id, seen, s.enterList)
}

// enterList judges the lines again, as the register stands now, and enters
// those that are still good.
func (s *Service) enterList(ctx context.Context, tx Tx, a Actor, b Batch) (Batch, error) {
	rows, err := tx.BatchRows(ctx, BatchRowFilter{Batch: b.ID, Waiting: true})
	if err != nil {
		return b, err
	}
	organisations, papers, err := s.planPapers(ctx, tx, a, b, rows)
	if err != nil {
		return b, err
	}
	b = b.done(a, s.now(), len(papers), len(rows))
	// Of two confirmations at once, the later ends here.
	if err := tx.FinishBatch(ctx, b, rows); err != nil {
		return b, err
	}
	if err := addOrganisations(ctx, tx, organisations); err != nil {
		return b, err
	}
	e := s.event("paper.listed", a, b.PoleSlug, b.record())
	e.Data["made"], e.Data["skipped"] = strconv.Itoa(b.Made), strconv.Itoa(b.Skipped)
	tx.Record(e)
	for _, p := range papers {
		tx.Record(s.paperEvent(a, p))
	}
	return b, tx.AddPapers(ctx, papers)
}

// planPapers drafts the entries of the lines, with the organisations to add
// before, and notes on each line what becomes of it.
func (s *Service) planPapers(ctx context.Context, tx Tx, a Actor, b Batch, rows []BatchRow) (add []Organisation, papers []Paper, err error) {
	pole, err := tx.Pole(ctx, b.PoleSlug)
	if err != nil {
		return nil, nil, err
	}
	lines, known, slugs, err := s.readAgain(ctx, tx, pole, rows)
	if err != nil {
		return nil, nil, err
	}
	for i, q := range lines {
		row := &rows[i]
		if row.Outcome, row.Reasons = known.paperVerdict(q); row.Outcome != RowGood {
			continue
		}
		org, err := s.planOrganisation(ctx, tx, q.organisation, known, slugs, &add)
		if err != nil {
			return nil, nil, err
		}
		q.facts.batch = b.ID
		p, err := s.paperOf(a, pole, org, q.facts)
		if err != nil {
			return nil, nil, err
		}
		row.InvitationID, known.paper[org.ID] = p.Commitment.ID, true
		papers = append(papers, p)
	}
	return add, papers, nil
}

// readAgain reads the lines with what stands against them now. The lock on the
// organisations they name comes first: whoever enters one at the same time is
// waited for, and seen.
func (s *Service) readAgain(ctx context.Context, tx Tx, pole Pole, rows []BatchRow) (lines []paperLine, known standing, slugs map[string]bool, err error) {
	reader, err := s.paperReader(ctx, tx, pole)
	if err != nil {
		return nil, known, nil, err
	}
	for _, row := range rows {
		lines = append(lines, reader.read(row.Cells))
	}
	questions := askedOf(lines)
	if err = s.holdAsked(ctx, tx, questions); err != nil {
		return nil, known, nil, err
	}
	if known, err = s.standing(ctx, tx, pole, questions); err != nil {
		return nil, known, nil, err
	}
	slugs, err = s.slugs(ctx, tx, known, questions)
	return lines, known, slugs, err
}

func (s *Service) holdAsked(ctx context.Context, tx Tx, questions []asked) error {
	var like []Organisation
	for _, q := range questions {
		if q.verdict == RowGood {
			like = append(like, q.organisation)
		}
	}
	found, err := tx.OrganisationsLike(ctx, like)
	if err != nil {
		return err
	}
	for _, o := range found { // by id: two who ask do not wait for each other
		if err := tx.HoldOrganisation(ctx, o.ID); err != nil {
			return err
		}
	}
	return nil
}
