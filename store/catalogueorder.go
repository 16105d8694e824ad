package store

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"jachete/workflow"
)

// byDate gives the places of all lines, those of the latest date first and
// those without one last; lines of one date stay in the order of names.
func (c *catalogue) byDate() []int32 {
	places := make([]int32, len(c.lines))
	for i := range places {
		places[i] = int32(i)
	}
	slices.SortStableFunc(places, func(a, b int32) int { return compareDates(c.lines[b].dated, c.lines[a].dated) })
	return places
}

// compareDates orders dates as the register keeps them, earliest first: one
// « before » another stands just before what it names, and a year before its
// months.
func compareDates(a, b string) int {
	dayA, dayB := strings.TrimPrefix(a, before), strings.TrimPrefix(b, before)
	return cmp.Or(strings.Compare(dayA, dayB), cmp.Compare(len(b), len(a)))
}

// before stands in front of a date that is only an end, see workflow.PaperDate.
const before = "before "

// ordered walks what matches in the order that the filter asks for.
func (c *catalogue) ordered(f workflow.RegisterFilter, now int64) iter.Seq[int] {
	if f.Order != workflow.ByDate {
		return c.matching(f, now)
	}
	found := newBitmap(len(c.lines))
	for i := range c.matching(f, now) {
		found.set(int32(i))
	}
	return func(yield func(int) bool) {
		for _, i := range c.dates() {
			if found.has(i) && !yield(int(i)) {
				return
			}
		}
	}
}
