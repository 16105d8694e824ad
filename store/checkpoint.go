package store

import (
	"context"
	"crypto/sha256"
	"slices"

	"jachete/workflow/journal"
)

const checkpointColumns = "size, at, note, peaks"

var insertCheckpoint = insert("checkpoint", checkpointColumns)

// AddCheckpoint implements workflow.Tx.
func (t *tx) AddCheckpoint(ctx context.Context, c journal.Checkpoint) error {
	return t.add(ctx, "checkpoint.exists", insertCheckpoint, c.Size, ms(c.At), c.Note, blob(slices.Concat(c.Peaks...)))
}

// scanCheckpoint cuts the peaks, which are stored end to end.
func scanCheckpoint(r row) (c journal.Checkpoint, err error) {
	var peaks []byte
	err = r.Scan(&c.Size, (*instant)(&c.At), &c.Note, &peaks)
	for peak := range slices.Chunk(peaks, sha256.Size) {
		c.Peaks = append(c.Peaks, peak)
	}
	return c, err
}

// Checkpoints implements workflow.Reader.
func (r reader) Checkpoints(ctx context.Context) ([]journal.Checkpoint, error) {
	return many(ctx, r.link, scanCheckpoint, "SELECT "+checkpointColumns+" FROM checkpoint ORDER BY size")
}

// LastCheckpoint implements workflow.Reader.
func (r reader) LastCheckpoint(ctx context.Context) (journal.Checkpoint, error) {
	return one(ctx, r.link, "checkpoint.not-found", scanCheckpoint,
		"SELECT "+checkpointColumns+" FROM checkpoint ORDER BY size DESC LIMIT 1")
}
