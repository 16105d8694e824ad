package store

import (
	"iter"
	"sort"
	"strings"
	"sync"

	"jachete/workflow"
)

// catalogue is one edition of the register, laid out to be walked quickly:
// what a line is compared by lies in one row of numbers, and all names lie in
// one text. It never changes.
type catalogue struct {
	lines     []*line
	facets    []facet
	codes     map[string]uint32 // stands for the text in a facet; 0 for the empty one
	names     string            // folded names, each ended by a line feed
	starts    []int             // where the name of each line begins; one more at the end
	municipal []int             // places of the municipalities, but those that withdrew
	dates     func() []int32    // places by date, latest first; made when first asked for
}

// facet is what filters compare.
type facet struct {
	publishedAt                                 int64
	endsAt                                      int64 // when the line that replaces it is public; 0 for never
	lapsesAt                                    int64 // 0 for never
	slug, region, mrc, pole, kind, mode, status uint32
	year                                        int32
}

// newCatalogue lays out lines that are sorted already.
func newCatalogue(lines []*line) *catalogue {
	c := &catalogue{lines: lines, facets: make([]facet, len(lines)), codes: make(map[string]uint32, len(lines)+1),
		starts: make([]int, 0, len(lines)+1)}
	c.code("") // takes 0
	for _, status := range statuses {
		c.code(string(status)) // 1, 2, …
	}
	var names strings.Builder
	for i, l := range lines {
		c.facets[i] = facet{publishedAt: l.appears(), slug: c.code(l.slug), region: c.code(l.region),
			mrc: c.code(l.mrc), pole: c.code(l.pole), kind: c.code(l.kind), mode: c.code(l.mode), status: c.code(l.status), lapsesAt: l.lapsesAt, year: int32(yearOf(l.dated))}
		if l.municipal() {
			c.municipal = append(c.municipal, i)
		}
		c.starts = append(c.starts, names.Len())
		names.WriteString(l.folded)
		names.WriteByte('\n')
	}
	c.starts = append(c.starts, names.Len())
	c.names = names.String()
	c.endReplaced()
	c.dates = sync.OnceValue(c.byDate)
	return c
}

// endReplaced tells from when on a superseded line gives way to the one that
// replaces it, which may be under embargo; at once when none says so.
func (c *catalogue) endReplaced() {
	by := map[string]*line{}
	for _, l := range c.lines {
		if l.replaces != "" {
			by[l.replaces] = l
		}
	}
	for i, l := range c.lines {
		if l.status != string(workflow.CommitmentSuperseded) {
			continue
		}
		c.facets[i].endsAt = 1
		if after := by[l.id]; after != nil {
			c.facets[i].endsAt = after.publishedAt
		}
	}
}

func (c *catalogue) code(text string) uint32 {
	n, known := c.codes[text]
	if !known {
		n = uint32(len(c.codes))
		c.codes[text] = n
	}
	return n
}

// matching walks, in order, the places of the lines that meet the filter and,
// unless it asks for hidden ones too, are public at now. Lines that another
// replaces are found by the slug of their organisation only.
func (c *catalogue) matching(f workflow.RegisterFilter, now int64) iter.Seq[int] {
	words, possible := searched(f.Query)
	wanted, known := c.facet(f)
	within := c.within(f.Poles)
	return func(yield func(int) bool) {
		if !possible || !known {
			return
		}
		for i := range c.holding(words) {
			at := &c.facets[i]
			shown := (f.Hidden || at.public(now, wanted.slug != 0)) && at.meets(wanted) &&
				(wanted.status == 0 || wanted.status == at.statusAt(now)) && !(f.Holds && at.status == codeWithdrawn)
			if shown && (f.Poles == nil || within[at.pole]) && !yield(i) {
				return
			}
		}
	}
}

// within gives pôles as numbers; those that no line has are left out.
func (c *catalogue) within(poles []string) map[uint32]bool {
	numbers := map[uint32]bool{}
	for _, slug := range poles {
		if n, known := c.codes[slug]; known {
			numbers[n] = true
		}
	}
	return numbers
}

// facet gives a filter's values as numbers; it is false when a value is one
// that no line has.
func (c *catalogue) facet(f workflow.RegisterFilter) (wanted facet, known bool) {
	known = true
	code := func(text string) uint32 {
		n, ok := c.codes[text]
		known = known && ok
		return n
	}
	wanted = facet{slug: code(f.Slug), region: code(f.Region), mrc: code(f.MRC), pole: code(f.Pole),
		kind: code(string(f.Kind)), mode: code(string(f.Mode)), status: code(string(f.Status)), year: int32(f.Year)}
	return wanted, known
}

// public tells whether a line is to be shown at now; replaced ones are where
// the whole past is asked for.
func (f *facet) public(now int64, past bool) bool {
	return f.publishedAt != 0 && f.publishedAt <= now && (past || f.endsAt == 0 || f.endsAt > now)
}

// statuses have the first numbers, in this order, so that facets can tell them.
var statuses = []workflow.CommitmentStatus{workflow.CommitmentActive, workflow.CommitmentLapsed, workflow.CommitmentSuperseded, workflow.CommitmentWithdrawn}

const (
	codeActive uint32 = iota + 1
	codeLapsed
	codeSuperseded
	codeWithdrawn
)

// statusAt is the status as the public may know it, see
// workflow.Service.Register.
func (f *facet) statusAt(now int64) uint32 {
	switch {
	case f.status == codeSuperseded && f.endsAt > now:
		return codeActive
	case f.lapsesAt != 0 && f.lapsesAt < now:
		return codeLapsed
	}
	return f.status
}

// meets compares with what is wanted, where 0 is anything.
func (f *facet) meets(w facet) bool {
	return (w.slug == 0 || w.slug == f.slug) && (w.region == 0 || w.region == f.region) &&
		(w.mrc == 0 || w.mrc == f.mrc) && (w.pole == 0 || w.pole == f.pole) &&
		(w.kind == 0 || w.kind == f.kind) && (w.mode == 0 || w.mode == f.mode) && (w.year == 0 || w.year == f.year)
}

// holding walks the lines whose names hold every word. Each word leaps to its
// next line at or after the one the others agree on, so that a rare word, in
// whatever place, spares most of the walk.
func (c *catalogue) holding(words []string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < len(c.lines); i++ {
			for agreed := 0; agreed < len(words); agreed++ {
				next := c.next(i, words[agreed])
				if next == len(c.lines) {
					return
				}
				if next > i {
					i, agreed = next, -1
				}
			}
			if !yield(i) {
				return
			}
		}
	}
}

// next gives the first line from i on whose name holds the word, or the number
// of lines when none does.
func (c *catalogue) next(i int, word string) int {
	found := strings.Index(c.names[c.starts[i]:], word)
	if found < 0 {
		return len(c.lines)
	}
	place := c.starts[i] + found
	if place < c.starts[i+1] {
		return i
	}
	return i + sort.Search(len(c.lines)-i, func(k int) bool { return c.starts[i+k+1] > place })
}
