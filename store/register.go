package store

import (
	"context"
	"strconv"
	"time"

	"jachete/workflow"
)

// Register implements workflow.Reader. Lines are chosen and ordered in memory,
// see shelf, and only those of the page are read in full. A limit of 0 is none.
func (r reader) Register(ctx context.Context, f workflow.RegisterFilter, now time.Time) (workflow.RegisterPage, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return workflow.RegisterPage{}, err
	}
	var ids []string
	total := 0
	for i := range c.ordered(f, ms(now)) {
		if total >= f.Offset && (f.Limit <= 0 || len(ids) < f.Limit) {
			ids = append(ids, c.lines[i].id)
		}
		total++
	}
	commitments, err := r.commitments(ctx, ids)
	return workflow.RegisterPage{Commitments: commitments, Total: total}, err
}

// commitments reads lines in full, in the order of their ids.
func (r reader) commitments(ctx context.Context, ids []string) ([]workflow.Commitment, error) {
	at := make(map[string]workflow.Commitment, len(ids))
	err := chunks(ids, func(w *where) error {
		return r.each(ctx, func(row row) error {
			c, err := scanCommitment(row)
			at[c.ID] = c
			return err
		}, selectCommitment+w.String(), w.args...)
	}, "id")
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	all := make([]workflow.Commitment, len(ids))
	for i, id := range ids {
		all[i] = at[id]
	}
	return all, nil
}

// RegisterCounts implements workflow.Reader.
func (r reader) RegisterCounts(ctx context.Context, f workflow.RegisterFilter, now time.Time) (workflow.RegisterCounts, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return workflow.RegisterCounts{}, err
	}
	counts := workflow.RegisterCounts{
		ByRegion: map[string]int{}, ByMRC: map[string]int{}, ByKind: map[workflow.OrganisationKind]int{}, ByYear: map[int]int{},
	}
	towns := map[string]bool{}
	for i := range c.matching(f, ms(now)) {
		l := c.lines[i]
		if l.status == string(workflow.CommitmentWithdrawn) {
			continue // shown as such, not counted
		}
		counts.Total++
		if l.municipal() {
			towns[l.municipality] = true
		}
		counts.ByRegion[l.region]++
		if l.mrc != "" {
			counts.ByMRC[l.mrc]++
		}
		counts.ByKind[workflow.OrganisationKind(l.kind)]++
		if year := yearOf(l.dated); year != 0 {
			counts.ByYear[year]++
		}
	}
	counts.Towns = len(towns)
	return counts, nil
}

// ShowcaseEdition implements workflow.Reader.
func (r reader) ShowcaseEdition(ctx context.Context) (int64, error) {
	return r.number(ctx, "SELECT edition FROM showcase")
}

// yearOf reads the year of a date, 0 when there is none: also of one « before ».
func yearOf(date string) int {
	year, err := strconv.Atoi(date[:min(4, len(date))])
	if err != nil {
		return 0
	}
	return year
}
