package store

import (
	"context"
	"slices"
	"time"

	"jachete/workflow"
)

// eachChunk is how many rows are in memory at once when all are wanted.
const eachChunk = 500

// EachInvitation implements workflow.Reader: the ids are those of one moment,
// so that no row comes twice or is passed over while others move.
func (r reader) EachInvitation(ctx context.Context, f workflow.InvitationFilter, do func(workflow.InvitationView) error) error {
	l, done, err := r.invited(ctx, f)
	if err != nil {
		return err
	}
	f.Limit, f.Offset = 0, 0
	ids, _ := l.page(f)
	done()
	return each(ids, func(some []string) ([]workflow.InvitationView, error) { return r.bareViews(ctx, some) }, do)
}

// EachCommitment implements workflow.Reader, likewise.
func (r reader) EachCommitment(ctx context.Context, f workflow.RegisterFilter, now time.Time, do func(workflow.Commitment) error) error {
	c, err := r.catalogue(ctx)
	if err != nil {
		return err
	}
	var ids []string
	for i := range c.ordered(f, ms(now)) {
		ids = append(ids, c.lines[i].id)
	}
	return each(ids, func(some []string) ([]workflow.Commitment, error) { return r.commitments(ctx, some) }, do)
}

// each reads the rows of the ids some at a time.
func each[T any](ids []string, read func([]string) ([]T, error), do func(T) error) error {
	for some := range slices.Chunk(ids, eachChunk) {
		rows, err := read(some)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := do(row); err != nil {
				return err
			}
		}
	}
	return nil
}
