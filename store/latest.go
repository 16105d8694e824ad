package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jachete/workflow"
)

// LatestCommitments implements workflow.Reader. Places of lines are sorted, no
// line is read that is not given.
func (r reader) LatestCommitments(ctx context.Context, f workflow.RegisterFilter, now time.Time, limit int) ([]workflow.Commitment, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	found := slices.Collect(c.matching(f, ms(now)))
	slices.SortStableFunc(found, func(a, b int) int { return cmp.Compare(c.facets[b].publishedAt, c.facets[a].publishedAt) })
	var ids []string
	for _, i := range found[:min(limit, len(found))] {
		ids = append(ids, c.lines[i].id)
	}
	return r.commitments(ctx, ids)
}
