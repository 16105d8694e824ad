package store

import (
	"context"
	"time"

	"jachete/workflow"
)

const (
	snapshotHead = "day, taken_at, line_count, size, sha256"

	listDailySnapshots = "SELECT " + snapshotHead + ", EXISTS (SELECT 1 FROM daily_snapshot_content c WHERE c.day = d.day) FROM daily_snapshot d ORDER BY day DESC"

	selectDailySnapshot = "SELECT " + snapshotHead + ", EXISTS (SELECT 1 FROM daily_snapshot_content c WHERE c.day = d.day), signature FROM daily_snapshot d WHERE day = $1"
)

var (
	insertDailySnapshot   = insert("daily_snapshot", snapshotHead+", signature")
	insertSnapshotContent = insert("daily_snapshot_content", "day, content")
)

func snapshotHeadInto(d *workflow.DailySnapshot) []any {
	return []any{&d.Day, (*instant)(&d.TakenAt), &d.Lines, &d.Size, &d.SHA256, &d.Kept}
}

// DailySnapshots implements workflow.Reader.
func (r reader) DailySnapshots(ctx context.Context) ([]workflow.DailySnapshot, error) {
	return many(ctx, r.link, func(r row) (d workflow.DailySnapshot, err error) { return d, r.Scan(snapshotHeadInto(&d)...) }, listDailySnapshots)
}

// DailySnapshot implements workflow.Reader.
func (r reader) DailySnapshot(ctx context.Context, day string) (workflow.DailySnapshot, error) {
	return one(ctx, r.link, "snapshot.not-found", func(r row) (d workflow.DailySnapshot, err error) {
		return d, r.Scan(append(snapshotHeadInto(&d), &d.Signature)...)
	}, selectDailySnapshot, day)
}

// DailySnapshotContent implements workflow.Reader.
func (r reader) DailySnapshotContent(ctx context.Context, day string) ([]byte, error) {
	return one(ctx, r.link, "snapshot.not-found", func(r row) (content []byte, err error) { return content, r.Scan(&content) },
		"SELECT content FROM daily_snapshot_content WHERE day = $1", day)
}

// AddDailySnapshot implements workflow.Tx.
func (t *tx) AddDailySnapshot(ctx context.Context, d workflow.DailySnapshot, content []byte) error {
	if err := t.add(ctx, "snapshot.exists", insertDailySnapshot, d.Day, ms(d.TakenAt), d.Lines, d.Size, d.SHA256, blob(d.Signature)); err != nil {
		return err
	}
	return t.add(ctx, "snapshot.exists", insertSnapshotContent, d.Day, blob(content))
}

// purgeSnapshots drops contents that are kept no longer; what proves them stays.
func (t *tx) purgeSnapshots(ctx context.Context, now time.Time) error {
	_, err := t.exec(ctx, "DELETE FROM daily_snapshot_content WHERE day <= $1", workflow.CivilDate(now.Add(-workflow.SnapshotContentLife)))
	return err
}
