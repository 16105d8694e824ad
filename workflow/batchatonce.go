package workflow

import (
	"context"
	"time"
)

// confirmAtOnce lets enter write the good lines of a list, all in one
// transaction: after a crash there is all of the list or nothing. A list that is
// confirmed already stays as it is. Errors as for ConfirmBatch.
func (s *Service) confirmAtOnce(ctx context.Context, a Actor, purpose BatchPurpose, id string, seen Seen,
	enter func(context.Context, Tx, Actor, Batch) (Batch, error)) (Batch, error) {
	b, err := s.permittedBatch(ctx, s.Store, a, purpose, id)
	if err == nil {
		err = s.confirmable(ctx, b, seen)
	}
	if err != nil || b.State == BatchDone {
		return b, err
	}
	for range chunkTries {
		var done Batch
		err = s.Store.Update(ctx, func(tx Tx) error {
			done, err = enter(ctx, tx, a, b)
			return err
		})
		switch KeyOf(err) {
		case "organisation.exists", KeySupplierTaken: // somebody added one in between
			continue
		case KeyBatchMoved: // somebody was quicker: what counts is what they did
			return s.settledBatch(ctx, id)
		}
		return done, err
	}
	return b, err
}

// settledBatch is what somebody else made of a list.
func (s *Service) settledBatch(ctx context.Context, id string) (Batch, error) {
	b, err := s.Store.Batch(ctx, id)
	if err == nil && b.State == BatchCancelled {
		err = refuse(Conflict, "batch.cancelled")
	}
	return b, err
}

// done is a list of which so many of the good lines were entered.
func (b Batch) done(by Actor, at time.Time, made, lines int) Batch {
	b.State, b.Made, b.Skipped = BatchDone, made, lines-made
	b.ConfirmedBy, b.ConfirmedAt, b.FinishedAt = by.name(), at, at
	return b
}
