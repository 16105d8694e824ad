package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"jachete/workflow"
)

// SurveyInvitations implements workflow.Reader. Every number is counted as the
// list counts it, at one edition, and the rows of all lists are read together.
func (r reader) SurveyInvitations(ctx context.Context, q workflow.InvitationQuestions) (workflow.InvitationSurvey, error) {
	l, done, err := r.invited(ctx, workflow.InvitationFilter{Pole: q.Pole})
	if err != nil {
		return workflow.InvitationSurvey{}, err
	}
	s, found := l.survey(q)
	var ids []string
	lists := make([][]string, len(q.Lists))
	s.Lists = make([]workflow.InvitationList, len(q.Lists))
	for i, f := range q.Lists {
		lists[i], s.Lists[i].Total = l.pageOf(found[i], q.Narrow(f))
		ids = append(ids, lists[i]...)
	}
	done()
	slices.Sort(ids)
	views, err := r.views(ctx, slices.Compact(ids))
	at := make(map[string]workflow.InvitationView, len(views))
	for _, v := range views {
		at[v.ID] = v
	}
	for i, list := range lists {
		for _, id := range list {
			s.Lists[i].Invitations = append(s.Lists[i].Invitations, at[id])
		}
	}
	return s, err
}

// survey counts and finds, in one walk over the lines of the pôles.
func (l *roll) survey(q workflow.InvitationQuestions) (workflow.InvitationSurvey, []bitmap) {
	lists := l.sought(q)
	w, _ := l.wants(workflow.InvitationFilter{Poles: q.Poles, Pole: q.Pole})
	counts := make([][32]int, len(l.poles)+1)
	between := make([]int, len(q.Moments)+1)
	moments := make([]int64, len(q.Moments))
	for i, m := range q.Moments {
		moments[i] = ms(m)
	}
	places := make([]bool, len(l.places)+1)
	at, revoked := ms(q.At), placeOf[workflow.StateRevoked]
	for line := range l.linesOf(w.poles) {
		x := &l.facets[line]
		if x.dead {
			continue
		}
		state := x.stateAt(at)
		counts[x.pole][state]++
		between[firstAfter(moments, x.created)]++
		places[x.place] = places[x.place] || state != revoked
		for i := range lists {
			if lists[i].possible && x.meets(&lists[i].wanted, state) {
				lists[i].found.set(line)
			}
		}
	}
	return workflow.InvitationSurvey{Counts: l.byPole(counts), Before: cumulative(between), Municipalities: l.places.chosen(places)}, l.foundBy(lists)
}

// search is a list of a survey while it is being found.
type search struct {
	wanted   wanted
	words    []string
	possible bool
	found    bitmap
}

func (l *roll) sought(q workflow.InvitationQuestions) []search {
	lists := make([]search, len(q.Lists))
	for i, f := range q.Lists {
		words, possible := searched(f.Query)
		w, known := l.wants(q.Narrow(f))
		lists[i] = search{w, words, possible && known, newBitmap(len(l.ids))}
	}
	return lists
}

func (l *roll) foundBy(lists []search) (found []bitmap) {
	for _, s := range lists {
		l.keepWords(s.found, s.words)
		found = append(found, s.found)
	}
	return found
}

// firstAfter is the place of the first moment that comes after at.
func firstAfter(moments []int64, at int64) int {
	i, _ := slices.BinarySearch(moments, at+1)
	return i
}

// cumulative sums what lies before each moment; what comes after the last is
// left out.
func cumulative(between []int) []int {
	sums := between[:len(between)-1]
	for i := 1; i < len(sums); i++ {
		sums[i] += sums[i-1]
	}
	return sums
}

// byPole gives counts by code and place as a map for each pôle that has any.
func (l *roll) byPole(counts [][32]int) map[string]map[workflow.State]int {
	all := map[string]map[workflow.State]int{}
	for slug, code := range l.poles {
		if by := inStates(counts[code]); len(by) > 0 {
			all[slug] = by
		}
	}
	return all
}

func inStates(byPlace [32]int) map[workflow.State]int {
	counts := map[workflow.State]int{}
	for i, n := range byPlace {
		if n > 0 {
			counts[workflow.States[i]] = n
		}
	}
	return counts
}

// chosen gives the texts whose codes are chosen, sorted.
func (c codes) chosen(codes []bool) (texts []string) {
	for text, code := range c {
		if codes[code] {
			texts = append(texts, text)
		}
	}
	slices.Sort(texts)
	return texts
}

// LiveMunicipalities implements workflow.Reader. What is replaced by a line under
// embargo stays until that is public, as in the register.
func (r reader) LiveMunicipalities(ctx context.Context, now time.Time) ([]workflow.LiveMunicipality, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]workflow.LiveMunicipality, 0, len(c.municipal))
	for _, i := range c.municipal {
		l := c.lines[i]
		if ends := c.facets[i].endsAt; ends != 0 && ends <= ms(now) {
			continue
		}
		list = append(list, workflow.LiveMunicipality{Code: l.municipality, Pole: l.pole,
			Public: l.publishedAt != 0 && l.publishedAt <= ms(now)})
	}
	return list, nil
}

// SignedBefore implements workflow.Reader.
func (r reader) SignedBefore(ctx context.Context, pole string, days []string) ([]int, error) {
	c, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	between := make([]int, len(days)+1)
	code, known := c.codes[pole]
	for i := range c.facets {
		l := c.lines[i]
		mistaken := l.mode == string(workflow.ModePaper) && l.publishedAt == 0
		if known && c.facets[i].pole == code && !mistaken {
			date := strings.TrimPrefix(l.dated, "before ")
			n, _ := slices.BinarySearch(days, date+"\x00") // a day is after itself only
			between[n]++
		}
	}
	return cumulative(between), nil
}
