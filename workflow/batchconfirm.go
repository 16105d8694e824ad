package workflow

import (
	"context"
	"strconv"
)

// KeyBatchMoved is the key of a Conflict: the batch is no longer as it was read,
// or another worker has it.
const KeyBatchMoved = "batch.moved"

// KeyBatchRunning is the key of a Conflict: the pôle has another batch under way.
const KeyBatchRunning = "batch.running"

// previewRows bounds one insertion of lines, so that no statement is long.
const previewRows = 1000

// PreviewBatch is CheckBatch, kept for PreviewLife so that somebody may confirm
// it. Nothing reaches an invitation.
func (s *Service) PreviewBatch(ctx context.Context, a Actor, r BatchRequest) (Batch, error) {
	b, rows, err := s.CheckBatch(ctx, a, r)
	if err != nil {
		return Batch{}, err
	}
	return b, s.keepPreview(ctx, a, b, rows)
}

// keepPreview writes a batch that waits for its confirmation.
func (s *Service) keepPreview(ctx context.Context, a Actor, b Batch, rows []BatchRow) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("bulk.previewed", a, b.PoleSlug, b.record())
		switch b.Purpose {
		case BatchOfPaper:
			e.Type = "paper.previewed"
		case BatchOfSuppliers:
			e.Type = "suppliers.previewed"
		}
		for verdict, n := range b.Counts {
			e.Data["lines_"+string(verdict)] = strconv.Itoa(n)
		}
		tx.Record(e)
		if err := tx.AddBatch(ctx, b); err != nil {
			return err
		}
		for from := 0; from < len(rows); from += previewRows {
			if err := tx.AddBatchRows(ctx, b.ID, rows[from:min(from+previewRows, len(rows))]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Batch gives a batch. NotFound when it is unknown or in another pôle.
func (s *Service) Batch(ctx context.Context, a Actor, id string) (Batch, error) {
	return s.permittedBatch(ctx, s.Store, a, BatchOfInvitations, id)
}

// Batches lists the latest batches of the actor's pôles.
func (s *Service) Batches(ctx context.Context, a Actor, limit int) ([]Batch, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return nil, err
	}
	return s.Store.Batches(ctx, BatchFilter{Purpose: BatchOfInvitations, Poles: a.Poles(), Limit: limit})
}

// BatchRows gives lines of a batch in their order. NotFound as for Batch.
func (s *Service) BatchRows(ctx context.Context, a Actor, f BatchRowFilter) ([]BatchRow, error) {
	if _, err := s.permittedBatch(ctx, s.Store, a, BatchOfInvitations, f.Batch); err != nil {
		return nil, err
	}
	return s.Store.BatchRows(ctx, f)
}

func (s *Service) permittedBatch(ctx context.Context, r Reader, a Actor, purpose BatchPurpose, id string) (Batch, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return Batch{}, err
	}
	b, err := r.Batch(ctx, id)
	if IsKind(err, NotFound) || err == nil && (b.Purpose != purpose || a.Permit(PermitWrite, b.PoleSlug) != nil) {
		return Batch{}, notFound()
	}
	return b, err
}

// Seen is what the person who confirms a batch had before their eyes.
type Seen struct {
	Good   int    // lines to invite
	SHA256 string // of the file
}

// ConfirmBatch lets the good lines become invitations; WorkBatches makes them.
// A batch that is confirmed already stays as it is. Invalid when what was seen
// is not what is stored; Conflict (keys "batch.nothing", "batch.cancelled",
// KeyBatchRunning) when there is nothing to confirm, or not now.
func (s *Service) ConfirmBatch(ctx context.Context, a Actor, id string, seen Seen) error {
	b, err := s.permittedBatch(ctx, s.Store, a, BatchOfInvitations, id)
	if err != nil {
		return err
	}
	if err := s.confirmable(ctx, b, seen); err != nil {
		return err
	}
	if b.State == BatchPreview {
		err = s.startBatch(ctx, a, b)
	}
	if KeyOf(err) == KeyBatchMoved { // somebody was quicker: what counts is what they did
		if b, err = s.Store.Batch(ctx, id); err == nil && b.State == BatchCancelled {
			err = refuse(Conflict, "batch.cancelled")
		}
	}
	if err == nil {
		s.signalBatches()
	}
	return err
}

func (s *Service) confirmable(ctx context.Context, b Batch, seen Seen) error {
	switch {
	case seen.Good != b.Good() || seen.SHA256 != b.SHA256:
		return &Error{Kind: Invalid, Key: "batch.altered"}
	case b.State == BatchCancelled:
		return refuse(Conflict, "batch.cancelled")
	case b.Good() == 0:
		return refuse(Conflict, "batch.nothing")
	case b.State == BatchPreview:
		return s.openCampaign(ctx, b.PoleSlug, b.Campaign)
	}
	return nil
}

func (s *Service) startBatch(ctx context.Context, a Actor, b Batch) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("bulk.confirmed", a, b.PoleSlug, b.record())
		e.Data["lines"] = strconv.Itoa(b.Good())
		tx.Record(e)
		return tx.ConfirmBatch(ctx, b.ID, a.name(), s.now())
	})
}

// CancelBatch stops a batch: at once before it is confirmed, and its lines are
// forgotten; within one chunk after, and the invitations already made stay.
// Conflict (key "batch.done") when all are made.
func (s *Service) CancelBatch(ctx context.Context, a Actor, id string) error {
	return s.cancelBatch(ctx, a, BatchOfInvitations, id)
}

func (s *Service) cancelBatch(ctx context.Context, a Actor, purpose BatchPurpose, id string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		b, err := s.permittedBatch(ctx, tx, a, purpose, id)
		switch {
		case err != nil || b.State == BatchCancelled:
			return err
		case b.State == BatchDone:
			return refuse(Conflict, "batch.done")
		}
		if err := tx.CancelBatch(ctx, id, b.State, s.now()); err != nil {
			return err
		}
		e := s.event("bulk.cancelled", a, b.PoleSlug, b.record())
		switch purpose {
		case BatchOfPaper:
			e.Type = "paper.cancelled"
		case BatchOfSuppliers:
			e.Type = "suppliers.cancelled"
		}
		tx.Record(e)
		if b.State == BatchPreview {
			return tx.DropBatchRows(ctx, id)
		}
		return nil
	})
}

// record names the batch in the journal.
func (b Batch) record() string { return "batch:" + b.ID }
