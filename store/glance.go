package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"jachete/workflow"
)

// Glance implements workflow.Reader: one walk over the lines in memory, and only
// the latest are read in full.
func (r reader) Glance(ctx context.Context, f workflow.RegisterFilter, now time.Time) (workflow.Glance, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return workflow.Glance{}, err
	}
	var g workflow.Glance
	regions, municipalities := map[uint32]bool{}, map[string]bool{}
	latest := newest{most: f.Limit}
	for i := range c.matching(f, ms(now)) {
		l := c.lines[i]
		if l.status == string(workflow.CommitmentWithdrawn) {
			continue // shown as such, not counted
		}
		g.Total++
		regions[c.facets[i].region] = true
		if l.municipal() {
			municipalities[l.municipality] = true
		}
		latest.add(l)
	}
	delete(regions, 0) // the empty code, of an organisation of all of Québec
	g.Regions, g.Municipalities = len(regions), len(municipalities)
	g.Latest, err = r.commitments(ctx, latest.ids())
	return g, err
}

// newest keeps the lines with the latest dates, latest first.
type newest struct {
	most  int
	lines []*line
}

func (n *newest) add(l *line) {
	if full := len(n.lines) == n.most; full && (n.most == 0 || !earlier(n.lines[n.most-1], l)) {
		return // as most of a register
	}
	at, _ := slices.BinarySearchFunc(n.lines, l, func(a, b *line) int {
		if earlier(a, b) {
			return 1
		}
		return -1 // of the same date, the one of the register's order stays before
	})
	n.lines = slices.Insert(n.lines[:min(len(n.lines), n.most-1)], at, l)
}

// earlier compares when lines were signed: what was some time « before » a date
// stands at that date, for nothing nearer is known of it. Those of the same date
// go by when they became public.
func earlier(a, b *line) bool {
	x, y := strings.TrimPrefix(a.dated, "before "), strings.TrimPrefix(b.dated, "before ")
	if x != y {
		return x < y
	}
	return a.publishedAt < b.publishedAt
}

func (n *newest) ids() (ids []string) {
	for _, l := range n.lines {
		ids = append(ids, l.id)
	}
	return ids
}
