package store

import (
	"cmp"
	"slices"
	"strings"

	"jachete/workflow"
)

// The orders a roll keeps its lines in, see workflow.InvitationSort.
const (
	byCreation = iota
	byName
	byTerm
	byActivity
	orders
)

// fewLines is up to how many changed lines are moved one by one; more are
// merged with all the others.
const fewLines = 64

// orderOf gives the order of a sort, and whether it starts from the end.
func orderOf(s workflow.InvitationSort) (order int, backwards bool) {
	switch s {
	case workflow.SortName:
		return byName, false
	case workflow.SortDeadline:
		return byTerm, false
	case workflow.SortActivity:
		return byActivity, true
	}
	return byCreation, true
}

// compare orders two lines; ids make every order a total one.
func (l *roll) compare(order int, a, b int32) int {
	x, y := &l.facets[a], &l.facets[b]
	c := 0
	switch order {
	case byCreation:
		c = cmp.Compare(x.created, y.created)
	case byName:
		c = strings.Compare(l.keys[a], l.keys[b])
	case byTerm:
		c = cmp.Compare(x.expires, y.expires)
	case byActivity:
		c = cmp.Compare(x.active, y.active)
	}
	if c == 0 {
		c = strings.Compare(l.ids[a], l.ids[b])
	}
	return c
}

// sort puts a line into every order.
func (l *roll) sort(line int32) {
	for order := range l.orders {
		at, _ := l.find(order, line)
		l.orders[order] = slices.Insert(l.orders[order], at, line)
	}
}

// unsort takes a line out of every order, before it is written over.
func (l *roll) unsort(line int32) {
	for order := range l.orders {
		if at, found := l.find(order, line); found {
			l.orders[order] = slices.Delete(l.orders[order], at, at+1)
		}
	}
}

func (l *roll) find(order int, line int32) (int, bool) {
	return slices.BinarySearchFunc(l.orders[order], line, func(a, b int32) int { return l.compare(order, a, b) })
}

// sorted gives the lines of a set in an order.
func (l *roll) sorted(set bitmap, order int) []int32 {
	lines := set.lines()
	slices.SortFunc(lines, func(a, b int32) int { return l.compare(order, a, b) })
	return lines
}

// unsortAll takes many lines out of every order.
func (l *roll) unsortAll(lines bitmap) {
	for order := range l.orders {
		l.orders[order] = slices.DeleteFunc(l.orders[order], lines.has)
	}
}

// sortAll puts many lines into every order: sorted among themselves first, so
// that those already in place are only walked.
func (l *roll) sortAll(lines []int32) {
	for order := range l.orders {
		compare := func(a, b int32) int { return l.compare(order, a, b) }
		slices.SortFunc(lines, compare)
		l.orders[order] = merge(l.orders[order], lines, compare)
	}
}
