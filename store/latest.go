package store

import (
	"context"
	"slices"
	"time"

	"jachete/workflow"
)

// LatestCommitments implements workflow.Reader. It walks the lines once and
// keeps the places of those that count; only these are read in full.
func (r reader) LatestCommitments(ctx context.Context, f workflow.RegisterFilter, now time.Time, limit int) ([]workflow.Commitment, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var latest []int // places, published last first; those of one moment by name
	for i := range c.matching(f, ms(now)) {
		at := c.facets[i].publishedAt
		k, _ := slices.BinarySearchFunc(latest, at, func(place int, at int64) int {
			if c.facets[place].publishedAt >= at {
				return -1
			}
			return 1
		})
		if k < limit {
			latest = slices.Insert(latest[:min(len(latest), limit-1)], k, i)
		}
	}
	ids := make([]string, len(latest))
	for k, i := range latest {
		ids[k] = c.lines[i].id
	}
	return r.commitments(ctx, ids)
}
