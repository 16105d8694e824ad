package workflow

import (
	"context"
	"time"
)

// OpenDataReader is the part of [Reader] that open data needs beside the
// register.
type OpenDataReader interface {
	// ShowcaseEdition moves with anything that public pages are made of, but not
	// with the time.
	ShowcaseEdition(ctx context.Context) (int64, error)
	// LatestCommitments gives at most limit lines of Register, those that became
	// public last first, whatever the filter's order and page.
	LatestCommitments(ctx context.Context, f RegisterFilter, now time.Time, limit int) ([]Commitment, error)
	DailySnapshots(ctx context.Context) ([]DailySnapshot, error) // latest first, without signatures
	DailySnapshot(ctx context.Context, day string) (DailySnapshot, error)
	// DailySnapshotContent gives what AddDailySnapshot was given. NotFound when it
	// is not kept any more.
	DailySnapshotContent(ctx context.Context, day string) ([]byte, error)
}

// OpenDataWriter is the part of [Tx] that open data needs.
type OpenDataWriter interface {
	// AddDailySnapshot adds a snapshot with its content. Conflict when its day has
	// one.
	AddDailySnapshot(ctx context.Context, shot DailySnapshot, content []byte) error
}
