package store

import (
	"iter"
	"slices"
	"time"

	"jachete/workflow"
)

// openPlaces tells which places in workflow.States are open.
var openPlaces = func() (open []bool) {
	for _, s := range workflow.States {
		open = append(open, s.Open())
	}
	return open
}()

// wanted is a filter in the numbers of facets.
type wanted struct {
	poles                          []bool // by code; nil for all
	campaign                       int32  // 0 for any
	states                         uint32 // a bit for each place in workflow.States
	at, endingBefore, from, before int64  // 0 for no bound
	remindedBefore                 int64
	unplanned                      bool
	metBefore                      int32 // day, see dayNumber
}

// wants reads a filter; it is false when nothing can match.
func (l *roll) wants(f workflow.InvitationFilter) (w wanted, possible bool) {
	w = wanted{states: statesOf(f), at: ms(f.At), endingBefore: ms(f.EndingBefore), from: ms(f.CreatedFrom), before: ms(f.CreatedBefore),
		remindedBefore: ms(f.RemindedBefore), unplanned: f.Unplanned, metBefore: dayNumber(f.MetBefore)}
	possible = w.states != 0
	if f.Campaign != "" {
		w.campaign = l.campaigns[f.Campaign]
		possible = possible && w.campaign != 0
	}
	if f.Poles != nil || f.Pole != "" {
		w.poles = make([]bool, len(l.poles)+1)
		for slug, code := range l.poles {
			w.poles[code] = (f.Poles == nil || slices.Contains(f.Poles, slug)) && (f.Pole == "" || f.Pole == slug)
		}
	}
	return w, possible
}

// statesOf gives a bit for each state that a filter lets pass.
func statesOf(f workflow.InvitationFilter) (bits uint32) {
	for i, s := range workflow.States {
		if (f.State == "" || f.State == s) && (f.States == nil || slices.Contains(f.States, s)) && meant(f, s) {
			bits |= 1 << i
		}
	}
	return bits
}

// meant tells whether what else a filter asks can be of an invitation in a state.
func meant(f workflow.InvitationFilter, s workflow.State) bool {
	return (f.EndingBefore.IsZero() || s.Open()) && (f.RemindedBefore.IsZero() || s.Reminded()) &&
		(f.MetBefore == "" || s == workflow.StateAwaitingResolution)
}

// stateAt is the place of a line's state, with the passing of time taken in.
func (x *facetOf) stateAt(at int64) int8 {
	if at != 0 && openPlaces[x.state] && x.expires <= at {
		return placeOf[workflow.StateExpired]
	}
	return x.state
}

// meets compares with a filter; state is the one at its time.
func (x *facetOf) meets(w *wanted, state int8) bool {
	return w.states&(1<<state) != 0 && !x.dead && (w.poles == nil || w.poles[x.pole]) &&
		(w.campaign == 0 || w.campaign == x.campaign) && (w.from == 0 || w.from <= x.created) &&
		(w.before == 0 || x.created < w.before) &&
		(w.endingBefore == 0 || x.expires < w.endingBefore) &&
		(w.remindedBefore == 0 || x.reminded > 0 && x.reminded < w.remindedBefore) &&
		!(w.unplanned && x.planned) &&
		(w.metBefore == 0 || x.meeting > 0 && x.meeting < w.metBefore)
}

// matching gives the lines that meet the filter.
func (l *roll) matching(f workflow.InvitationFilter) bitmap {
	found := newBitmap(len(l.ids))
	words, possible := searched(f.Query)
	w, known := l.wants(f)
	if !possible || !known {
		return found
	}
	for line := range l.linesOf(w.poles) {
		if x := &l.facets[line]; x.meets(&w, x.stateAt(w.at)) {
			found.set(line)
		}
	}
	l.keepWords(found, words)
	return found
}

// keepWords leaves only the lines that hold every word.
func (l *roll) keepWords(found bitmap, words []string) {
	for _, word := range words {
		found.keep(l.words.holding(waysOf(word), len(l.ids)))
	}
}

// linesOf walks the lines of the pôles, by code; nil for all, as they lie in
// memory. Whoever serves one pôle does not pay for the others.
func (l *roll) linesOf(poles []bool) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for line := 0; poles == nil && line < len(l.facets); line++ {
			if !yield(int32(line)) {
				return
			}
		}
		for code, lines := range l.ofPole {
			if poles == nil || !poles[code] {
				continue
			}
			for _, line := range lines {
				if !yield(line) {
					return
				}
			}
		}
	}
}

// rare is one line in how many for which sorting what was found costs less than
// walking past all that was not.
const rare = 64

// inOrder walks the found lines in the order of the filter.
func (l *roll) inOrder(found bitmap, f workflow.InvitationFilter) iter.Seq[int32] {
	order, backwards := orderOf(f.Sort)
	lines, at := l.orders[order], ms(f.At)
	if found.count()*rare < len(lines) {
		lines = l.sorted(found, order)
	}
	walk := slices.All(lines)
	if backwards != f.Reverse {
		walk = slices.Backward(lines)
	}
	return func(yield func(int32) bool) {
		for _, open := range []bool{true, false} {
			for _, line := range walk {
				if !found.has(line) || order == byTerm && openPlaces[l.facets[line].stateAt(at)] != open {
					continue
				}
				if !yield(line) {
					return
				}
			}
			if order != byTerm {
				return
			}
		}
	}
}

// page gives the ids of one page, with the number that match in all.
func (l *roll) page(f workflow.InvitationFilter) (ids []string, total int) {
	return l.pageOf(l.matching(f), f)
}

// pageOf gives a page of what was found.
func (l *roll) pageOf(found bitmap, f workflow.InvitationFilter) (ids []string, total int) {
	skip := max(f.Offset, 0)
	for line := range l.inOrder(found, f) {
		if f.Limit > 0 && len(ids) == f.Limit {
			break
		}
		if skip--; skip < 0 {
			ids = append(ids, l.ids[line])
		}
	}
	return ids, found.count()
}

// counts counts the lines of each state at now.
func (l *roll) counts(f workflow.InvitationFilter, now time.Time) map[workflow.State]int {
	f.At = now
	found := l.matching(f)
	var byPlace [32]int
	for i := range l.facets {
		if found.has(int32(i)) {
			byPlace[l.facets[i].stateAt(ms(now))]++
		}
	}
	return inStates(byPlace)
}
