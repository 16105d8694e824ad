package archive

import "fmt"

// entry is a bookmark being written.
type entry struct {
	heading       *Element
	level, number int
	parent        int // index in the list; -1 for the top
	first, last   int // of the children, as objects; 0 when there is none
	prev, next    int
	count         int // of all entries below
}

// outline adds the bookmarks (ISO 32000-1, 12.3.3): the headings of the tree,
// in order, each under the higher heading before it. It gives 0 when there is
// no heading.
func (t *tags) outline(root *Element) int {
	entries := headings(nil, root)
	if len(entries) == 0 {
		return 0
	}
	top := entry{number: t.o.reservePacked()}
	for i := range entries {
		entries[i].number = t.o.reservePacked()
	}
	link(entries, &top)
	for _, e := range entries {
		parent := top.number
		if e.parent >= 0 {
			parent = entries[e.parent].number
		}
		t.o.setf(e.number, "<</Title %s /Parent %d 0 R%s /Dest [%d 0 R /XYZ 0 %.0f null] /SE %d 0 R>>",
			text(e.heading.Bookmark), parent, e.relations(), t.pages[e.heading.page()], e.heading.top, e.heading.number)
	}
	t.o.setf(top.number, "<</Type /Outlines%s>>", top.relations())
	return top.number
}

func headings(entries []entry, e *Element) []entry {
	if len(e.Role) == 2 && e.Role[0] == 'H' {
		entries = append(entries, entry{heading: e, level: int(e.Role[1] - '0'), parent: -1})
	}
	for _, k := range e.kids {
		if k.element != nil {
			entries = headings(entries, k.element)
		}
	}
	return entries
}

// link finds each entry's parent, the nearest one before it of a higher level,
// and chains the children of each parent.
func link(entries []entry, top *entry) {
	for i := range entries {
		e := &entries[i]
		for p := i - 1; p >= 0 && e.parent < 0; p-- {
			if entries[p].level < e.level {
				e.parent = p
			}
		}
		parent := top
		if e.parent >= 0 {
			parent = &entries[e.parent]
		}
		for p := i - 1; p >= 0 && parent.last != 0; p-- {
			if entries[p].number == parent.last {
				entries[p].next, e.prev = e.number, parent.last
			}
		}
		if parent.first == 0 {
			parent.first = e.number
		}
		parent.last = e.number
		for p := e.parent; p >= 0; p = entries[p].parent {
			entries[p].count++
		}
		top.count++
	}
}

// relations are the entries that lead to other bookmarks; all are shown open.
func (e entry) relations() string {
	s := ""
	for _, r := range []struct {
		key    string
		number int
	}{{"First", e.first}, {"Last", e.last}, {"Prev", e.prev}, {"Next", e.next}} {
		if r.number != 0 {
			s += fmt.Sprintf(" /%s %d 0 R", r.key, r.number)
		}
	}
	if e.count > 0 {
		s += fmt.Sprintf(" /Count %d", e.count)
	}
	return s
}
