package lint

import (
	"fmt"
	"strings"
)

// element is a node of the structure tree as the file has it.
type element struct {
	dict
	number  int
	parent  *element
	kids    []*element
	marks   []place
	objects []ref // annotations
	level   int   // depth in the tree
}

// place is a marked-content sequence: a page, 0 the first, and its MCID.
type place struct{ page, mark int }

func (e *element) role() name {
	r, _ := e.dict["S"].(name)
	return r
}

// structure reads the tree in reading order; faults are told to report.
func (d *document) structure(report func(string, ...any)) (all []*element) {
	root := d.dict(d.get(d.trailer, "Root", "StructTreeRoot"))
	seen := map[ref]bool{}
	var read func(v any, parent *element, above ref) *element
	read = func(v any, parent *element, above ref) *element {
		r, _ := v.(ref)
		e := &element{dict: d.dict(r), number: int(r), parent: parent}
		if e.dict == nil || seen[r] {
			report("element %d is missing or stands twice", r)
			return e
		}
		seen[r] = true
		if e.dict["P"] != above {
			report("element %d does not name its parent", r)
		}
		if parent != nil {
			e.level = parent.level + 1
		}
		all = append(all, e)
		for _, k := range d.array(e.dict["K"]) {
			d.kid(e, k, report, func(k any) { e.kids = append(e.kids, read(k, e, r)) })
		}
		return e
	}
	rootRef, _ := d.dict(d.trailer["Root"])["StructTreeRoot"].(ref)
	read(root["K"], nil, rootRef)
	return all
}

func (d *document) kid(e *element, k any, report func(string, ...any), below func(any)) {
	switch k := k.(type) {
	case int:
		e.marks = append(e.marks, place{d.pageOf(e.dict["Pg"]), k})
	case ref:
		below(k)
	case dict:
		id, isMark := k["MCID"].(int)
		object, isObject := k["Obj"].(ref)
		switch {
		case k["Type"] == name("MCR") && isMark:
			e.marks = append(e.marks, place{d.pageOf(k["Pg"]), id})
		case k["Type"] == name("OBJR") && isObject:
			e.objects = append(e.objects, object)
		default:
			report("element %d has the child %v", e.number, k)
		}
	default:
		report("element %d has the child %v", e.number, k)
	}
}

// pageOf is the number of the page v refers to, -1 if none.
func (d *document) pageOf(v any) int {
	for i, p := range d.array(d.get(d.trailer, "Root", "Pages", "Kids")) {
		if p == v {
			return i
		}
	}
	return -1
}

// words is the text of an element and of what is in it.
func (d *document) words(e *element) string {
	var b strings.Builder
	for _, m := range e.marks {
		if m.page >= 0 && m.page < len(d.pages) && d.pages[m.page].marks[m.mark] != nil {
			b.WriteString(d.pages[m.page].marks[m.mark].text)
		}
	}
	for _, k := range e.kids {
		b.WriteString(d.words(k))
	}
	return b.String()
}

// Listing gives what a screen reader meets, in reading order: a line for each
// element, indented, with its role and its own text or alternative text.
func Listing(file []byte) (string, error) {
	d, err := open(file)
	if err != nil {
		return "", err
	}
	d.read(func(format string, args ...any) { err = fmt.Errorf(format, args...) })
	var b strings.Builder
	for _, e := range d.elements {
		own := *e
		own.kids = nil
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", e.level), e.role())
		if s := d.words(&own); s != "" {
			fmt.Fprintf(&b, " %q", s)
		}
		if alternate := d.text(e.dict["Alt"]); alternate != "" {
			fmt.Fprintf(&b, " %q", decode(alternate))
		}
		b.WriteByte('\n')
	}
	return b.String(), err
}
