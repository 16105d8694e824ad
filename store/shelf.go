package store

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"unique"

	"jachete/workflow"
)

// shelf keeps in memory what the register is searched and sorted by, about 300
// bytes a line, because no index serves any word in any place of a name at the
// same cost for 1,000 lines as for 25,000. The database stays the truth: each
// question first asks it for its edition, and new lines are fetched when that
// has moved, whichever instance wrote them.
type shelf struct {
	mu      sync.Mutex
	edition int64
	lines   []*line // sorted; replaced, never changed in place
}

// line is what a commitment is found by.
type line struct {
	id, slug, folded string
	region, mrc      string
	pole             string
	kind             workflow.OrganisationKind
	year             int
	publishedAt      int64
	key              []byte
	edition          int64
}

const (
	lineColumns   = "id, slug, folded, region_code, mrc_code, pole_slug, kind, signed_on, published_at, sort_key, edition"
	selectEdition = "SELECT COALESCE(MAX(edition), 0) FROM commitment"
	selectLines   = "SELECT " + lineColumns + " FROM commitment WHERE edition > $1"
)

func scanLine(r row) (*line, error) {
	l := new(line)
	var signedOn string
	err := r.Scan(&l.id, &l.slug, &l.folded, &l.region, &l.mrc, &l.pole, &l.kind, &signedOn, &l.publishedAt, &l.key, &l.edition)
	l.region, l.mrc, l.pole = shared(l.region), shared(l.mrc), shared(l.pole)
	l.kind = workflow.OrganisationKind(shared(string(l.kind)))
	l.year = yearOf(signedOn)
	return l, err
}

// shared gives the one copy of a text that many lines hold.
func shared(s string) string { return unique.Make(s).Value() }

// lines gives the register as it is now, sorted.
func (r reader) lines(ctx context.Context) ([]*line, error) {
	if r.shelf == nil { // in a transaction: its own lines, of edition 0, count too
		lines, err := many(ctx, r.link, scanLine, selectLines, -1)
		slices.SortFunc(lines, compareLines)
		return lines, err
	}
	edition, err := r.number(ctx, selectEdition)
	if err != nil {
		return nil, err
	}
	return r.shelf.at(ctx, r.link, edition)
}

// at gives the lines of at least that edition.
func (s *shelf) at(ctx context.Context, l link, edition int64) ([]*line, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.edition >= edition {
		return s.lines, nil
	}
	added, err := many(ctx, l, scanLine, selectLines, s.edition)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(added, compareLines)
	s.lines = merge(s.lines, added)
	for _, l := range added {
		s.edition = max(s.edition, l.edition)
	}
	return s.lines, nil
}

func compareLines(a, b *line) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return strings.Compare(a.id, b.id)
}

// merge makes one sorted list of two.
func merge(a, b []*line) []*line {
	all := make([]*line, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compareLines(a[0], b[0]) <= 0 {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// matching walks the lines that are public at now and meet the filter.
func matching(lines []*line, f workflow.RegisterFilter, now int64) iter.Seq[*line] {
	words, ok := searched(f.Query)
	return func(yield func(*line) bool) {
		for _, l := range lines {
			if ok && l.publishedAt != 0 && l.publishedAt <= now && l.meets(f) && l.holds(words) && !yield(l) {
				return
			}
		}
	}
}

func (l *line) meets(f workflow.RegisterFilter) bool {
	return (f.Region == "" || f.Region == l.region) && (f.MRC == "" || f.MRC == l.mrc) &&
		(f.Pole == "" || f.Pole == l.pole) && (f.Kind == "" || f.Kind == l.kind) &&
		(f.Year == 0 || f.Year == l.year) && (f.Slug == "" || f.Slug == l.slug)
}

func (l *line) holds(words []string) bool {
	for _, word := range words {
		if !strings.Contains(l.folded, word) {
			return false
		}
	}
	return true
}
