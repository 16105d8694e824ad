package store

import (
	"context"
	"time"

	"jachete/workflow"
)

const (
	batchColumns = "id, purpose, pole_slug, campaign, file_name, sha256, state, left_aside, counts, made, skipped, lease, lease_until, " +
		"created_by, created_at, confirmed_by, confirmed_at, finished_at"

	confirmBatch = `UPDATE batch SET state = 'confirmed', confirmed_by = $1, confirmed_at = $2 WHERE id = $3 AND state = 'preview'`
	claimBatch   = `UPDATE batch SET lease = $2, lease_until = $3 WHERE id = (
			SELECT id FROM batch WHERE state = 'confirmed' AND lease_until <= $1
			ORDER BY confirmed_at, id LIMIT 1 `
	claimedBatch = `) RETURNING ` + batchColumns
	settleBatch  = `UPDATE batch SET state = $1, made = $2, skipped = $3, lease = $4, lease_until = $5, finished_at = $6
		WHERE id = $7 AND lease = $8 AND state = 'confirmed'`
	finishBatch = `UPDATE batch SET state = 'done', made = $1, skipped = $2, confirmed_by = $3, confirmed_at = $4, finished_at = $5
		WHERE id = $6 AND state = 'preview'`
)

var insertBatch = insert("batch", batchColumns)

func scanBatch(r row) (b workflow.Batch, err error) {
	return b, r.Scan(&b.ID, &b.Purpose, &b.PoleSlug, &b.Campaign, &b.FileName, &b.SHA256, &b.State, fromJSON{&b.Unknown}, fromJSON{&b.Counts},
		&b.Made, &b.Skipped, &b.Lease, (*instant)(&b.LeaseUntil), &b.CreatedBy, (*instant)(&b.CreatedAt), &b.ConfirmedBy,
		(*instant)(&b.ConfirmedAt), (*instant)(&b.FinishedAt))
}

// Batch implements workflow.Reader.
func (r reader) Batch(ctx context.Context, id string) (workflow.Batch, error) {
	return one(ctx, r.link, "batch.not-found", scanBatch, "SELECT "+batchColumns+" FROM batch WHERE id = $1", id)
}

// Batches implements workflow.Reader.
func (r reader) Batches(ctx context.Context, f workflow.BatchFilter) ([]workflow.Batch, error) {
	w := new(where)
	w.equal("purpose", string(f.Purpose))
	if f.Poles != nil {
		w.in("pole_slug", f.Poles)
	}
	query := "SELECT " + batchColumns + " FROM batch WHERE " + w.String() + " ORDER BY created_at DESC, id DESC LIMIT " + w.arg(limited(f.Limit))
	return many(ctx, r.link, scanBatch, query, w.args...)
}

// AddBatch implements workflow.Tx.
func (t *tx) AddBatch(ctx context.Context, b workflow.Batch) error {
	return t.add(ctx, "batch.exists", insertBatch, b.ID, b.Purpose, b.PoleSlug, b.Campaign, b.FileName, b.SHA256, b.State, asJSON(b.Unknown),
		asJSON(b.Counts), b.Made, b.Skipped, b.Lease, ms(b.LeaseUntil), b.CreatedBy, ms(b.CreatedAt), b.ConfirmedBy, ms(b.ConfirmedAt),
		ms(b.FinishedAt))
}

// ConfirmBatch implements workflow.Tx. The index batch_running holds a pôle to
// one.
func (t *tx) ConfirmBatch(ctx context.Context, id, by string, now time.Time) error {
	n, err := t.run(ctx, confirmBatch, by, ms(now), id)
	switch {
	case err != nil && isDuplicate(err):
		return t.fail(conflict(workflow.KeyBatchRunning))
	case err != nil:
		return t.fail(err)
	case n == 0:
		return conflict(workflow.KeyBatchMoved)
	}
	return nil
}

// CancelBatch implements workflow.Tx.
func (t *tx) CancelBatch(ctx context.Context, id string, was workflow.BatchState, now time.Time) error {
	return t.change(ctx, conflict(workflow.KeyBatchMoved), `UPDATE batch SET state = 'cancelled', lease = '', lease_until = 0,
		finished_at = $1 WHERE id = $2 AND state = $3`, ms(now), id, was)
}

// ClaimBatch implements workflow.Tx.
func (t *tx) ClaimBatch(ctx context.Context, now, until time.Time, lease string) (workflow.Batch, error) {
	return one(ctx, t.link, "batch.not-found", scanBatch, claimBatch+t.dialect.skipLocked+claimedBatch, ms(now), lease, ms(until))
}

// SettleBatch implements workflow.Tx.
func (t *tx) SettleBatch(ctx context.Context, lease string, b workflow.Batch, rows []workflow.BatchRow) error {
	err := t.change(ctx, conflict(workflow.KeyBatchMoved), settleBatch, b.State, b.Made, b.Skipped, b.Lease, ms(b.LeaseUntil),
		ms(b.FinishedAt), b.ID, lease)
	if err != nil {
		return err
	}
	return t.settleRows(ctx, b.ID, rows)
}

// FinishBatch implements workflow.Tx.
func (t *tx) FinishBatch(ctx context.Context, b workflow.Batch, rows []workflow.BatchRow) error {
	err := t.change(ctx, conflict(workflow.KeyBatchMoved), finishBatch, b.Made, b.Skipped, b.ConfirmedBy, ms(b.ConfirmedAt), ms(b.FinishedAt), b.ID)
	if err != nil {
		return err
	}
	return t.settleRows(ctx, b.ID, rows)
}

// ReleaseBatch implements workflow.Tx.
func (t *tx) ReleaseBatch(ctx context.Context, id, lease string) error {
	_, err := t.exec(ctx, "UPDATE batch SET lease = '', lease_until = 0 WHERE id = $1 AND lease = $2", id, lease)
	return err
}
