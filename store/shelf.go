package store

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"jachete/workflow"
)

// shelf keeps in memory what the register is searched and sorted by, because
// no index of either database finds any word in any place of a name at the
// same cost among 25,000 lines as among 1,000. The database stays the truth:
// each question first asks it for its edition, and new lines are fetched when
// that has moved, whichever instance wrote them.
type shelf struct {
	mu        sync.Mutex
	edition   int64
	lines     []*line
	catalogue *catalogue
}

// line is what a commitment is found by.
type line struct {
	id, slug, folded        string
	region, mrc, pole, kind string
	dated                   string // when it was signed, or announced
	mode                    string
	municipality            string
	publishedAt             int64
	key                     []byte
	edition                 int64
	status, replaces        string
	statusOn                string // civil date since which the status holds
	confirmedOn             string
	lapsesAt                int64 // when it lapses, 0 for never
}

const (
	lineColumns = "id, slug, folded, region_code, mrc_code, pole_slug, kind, " +
		"CASE signed_on WHEN '' THEN announced ELSE signed_on END, mode, published_at, sort_key, edition, status, replaces, municipality_code, status_on, confirmed_on"
	selectEdition = "SELECT COALESCE(MAX(edition), 0) FROM commitment"
	selectLines   = "SELECT " + lineColumns + " FROM commitment WHERE edition > $1"

	// ofTransaction is less than any edition: lines of the transaction have none
	// yet, or a negative one.
	ofTransaction = math.MinInt64
)

func scanLine(r row) (*line, error) {
	l := new(line)
	err := r.Scan(&l.id, &l.slug, &l.folded, &l.region, &l.mrc, &l.pole, &l.kind, &l.dated, &l.mode,
		&l.publishedAt, &l.key, &l.edition, &l.status, &l.replaces, &l.municipality, &l.statusOn, &l.confirmedOn)
	l.lapsesAt = ms(workflow.Commitment{Mode: workflow.Mode(l.mode), Status: workflow.CommitmentStatus(l.status),
		SignedOn: l.dated, ConfirmedOn: l.confirmedOn}.LapsesAt())
	return l, err
}

// catalogue gives the register as it is now.
func (r reader) catalogue(ctx context.Context) (*catalogue, error) {
	if r.shelf == nil { // in a transaction: its own lines count too
		lines, err := many(ctx, r.link, scanLine, selectLines, int64(ofTransaction))
		slices.SortFunc(lines, compareLines)
		return newCatalogue(lines), err
	}
	edition, err := r.number(ctx, selectEdition)
	if err != nil {
		return nil, err
	}
	return r.shelf.at(ctx, r.link, edition)
}

// at gives the catalogue of at least that edition.
func (s *shelf) at(ctx context.Context, l link, edition int64) (*catalogue, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.catalogue != nil && s.edition >= edition {
		return s.catalogue, nil
	}
	added, err := many(ctx, l, scanLine, selectLines, s.edition)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(added, compareLines)
	s.lines = merge(s.lines, added, compareLines)
	s.catalogue = newCatalogue(s.lines)
	for _, l := range added {
		s.edition = max(s.edition, l.edition)
	}
	return s.catalogue, nil
}

// municipal tells that a municipality made the commitment itself, and did not
// withdraw it.
func (l *line) municipal() bool {
	return l.municipality != "" && l.kind == string(workflow.KindMunicipality) && l.status != string(workflow.CommitmentWithdrawn)
}

// appears is when the line is public: never when it was withdrawn before the
// day on which it was to be.
func (l *line) appears() int64 {
	if l.status == string(workflow.CommitmentWithdrawn) && l.statusOn != "" && l.statusOn < workflow.CivilDate(time.UnixMilli(l.publishedAt)) {
		return 0
	}
	return l.publishedAt
}

func compareLines(a, b *line) int {
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c
	}
	return strings.Compare(a.id, b.id)
}

// merge makes one sorted list of two. What is in both has moved: that of b
// stands. It keeps its place, for neither its name nor its id ever changes.
func merge[T any](a, b []T, compare func(a, b T) int) []T {
	all := make([]T, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := compare(a[0], b[0]); {
		case c < 0:
			all, a = append(all, a[0]), a[1:]
		case c > 0:
			all, b = append(all, b[0]), b[1:]
		default:
			a = a[1:]
		}
	}
	return append(append(all, a...), b...)
}
