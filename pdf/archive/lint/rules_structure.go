package lint

import (
	"fmt"
	"slices"
	"strings"
)

func tagged(d *document, report func(string, ...any)) {
	for i, p := range d.pages {
		for _, op := range p.stray {
			report("page %d: %s outside marked content", i+1, op)
		}
	}
	if len(d.elements) < 2 {
		report("%d elements", len(d.elements))
	}
}

// running: text that is no content is the head or the foot of a page.
func running(d *document, report func(string, ...any)) {
	for i, p := range d.pages {
		for _, a := range p.aside {
			if a["Type"] != name("Pagination") || a["Subtype"] != name("Header") && a["Subtype"] != name("Footer") {
				report("page %d: text in the artifact %v", i+1, a)
			}
		}
	}
}

// owners: every mark is of one element, whose role it bears, and has content of
// a page; every element has content.
func owners(d *document, report func(string, ...any)) {
	seen := map[place]bool{}
	for _, e := range d.elements {
		if len(e.kids)+len(e.marks)+len(e.objects) == 0 {
			report("element %d (%s) is empty", e.number, e.role())
		}
		for _, m := range e.marks {
			if m.page < 0 || d.pages[m.page].marks[m.mark] == nil || seen[m] {
				report("element %d: mark %v", e.number, m)
			} else if role := d.pages[m.page].marks[m.mark].role; role != e.role() {
				report("element %d (%s): its content is marked %s", e.number, e.role(), role)
			}
			seen[m] = true
		}
	}
	for i, p := range d.pages {
		for id := range p.marks {
			if !seen[place{i, id}] {
				report("page %d: mark %d is nobody's", i+1, id)
			}
		}
	}
}

func parentTree(d *document, report func(string, ...any)) {
	root := d.get(d.trailer, "Root", "StructTreeRoot")
	nums := d.array(d.get(root, "ParentTree", "Nums"))
	entries := map[any]any{}
	for i := 0; i+1 < len(nums); i += 2 {
		if nums[i] != i/2 {
			report("entry %v at place %d", nums[i], i/2)
		}
		entries[nums[i]] = nums[i+1]
	}
	if d.get(root, "ParentTreeNextKey") != len(entries) {
		report("next key %v after %d entries", d.get(root, "ParentTreeNextKey"), len(entries))
	}
	for _, e := range d.elements {
		for _, m := range e.marks {
			list := d.array(entries[d.pages[m.page].dict["StructParents"]])
			if m.mark >= len(list) || list[m.mark] != ref(e.number) {
				report("mark %v does not lead to element %d", m, e.number)
			}
		}
		for _, o := range e.objects {
			if entries[d.dict(o)["StructParent"]] != ref(e.number) {
				report("object %d does not lead to element %d", o, e.number)
			}
		}
	}
}

// within says where each role may stand (PDF 14.8.4, read narrowly).
var within = map[name][]name{
	"Document": {""}, "Sect": {"Document"},
	"H1": {"Sect", "LBody"}, "H2": {"Sect", "LBody"}, "H3": {"Sect", "LBody"}, "H4": {"Sect", "LBody"}, "H5": {"Sect", "LBody"}, "H6": {"Sect", "LBody"},
	"P": {"Sect", "LBody"}, "L": {"Sect", "LBody"}, "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"},
	"Table": {"Sect"}, "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"},
	"Figure": {"Sect", "Link"}, "Link": {"P"}, "Form": {"Sect"},
}

func nesting(d *document, report func(string, ...any)) {
	for _, e := range d.elements {
		parent := name("")
		if e.parent != nil {
			parent = e.parent.role()
		}
		if !slices.Contains(within[e.role()], parent) {
			report("%s in %q", e.role(), parent)
		}
		if e.role() == "LI" && (len(e.kids) > 2 || e.kids[len(e.kids)-1].role() != "LBody") {
			report("item %d has %d parts", e.number, len(e.kids))
		}
	}
}

// heading is the level of a heading, 0 for anything else.
func (e *element) heading() int {
	if r := e.role(); len(r) == 2 && r[0] == 'H' {
		return int(r[1] - '0')
	}
	return 0
}

func headings(d *document, report func(string, ...any)) {
	last := 0
	for _, e := range d.elements {
		level := e.heading()
		if level > last+1 {
			report("%s after H%d: %q", e.role(), last, d.words(e))
		}
		if level > 0 {
			last = level
		}
	}
	if last == 0 {
		report("no heading")
	}
}

func figures(d *document, report func(string, ...any)) {
	for _, e := range d.elements {
		if e.role() != "Figure" {
			continue
		}
		if decode(d.text(e.dict["Alt"])) == "" {
			report("figure %d says nothing", e.number)
		}
		if box := d.array(d.get(e.dict, "A", "BBox")); len(box) != 4 || d.get(e.dict, "A", "O") != name("Layout") {
			report("figure %d: attributes %v", e.number, e.dict["A"])
		}
	}
}

func tables(d *document, report func(string, ...any)) {
	for _, e := range d.elements {
		if e.role() == "TH" {
			scope := d.get(e.dict, "A", "Scope")
			if d.get(e.dict, "A", "O") != name("Table") || scope != name("Row") && scope != name("Column") {
				report("header %q: attributes %v", d.words(e), e.dict["A"])
			}
		}
		if e.role() == "Table" {
			for _, row := range e.kids {
				if len(row.kids) != len(e.kids[0].kids) || len(row.kids) < 2 || row.kids[0].role() != "TH" {
					report("table %d: the row %q has %d cells", e.number, d.words(row), len(row.kids))
				}
			}
		}
	}
}

func lists(d *document, report func(string, ...any)) {
	for _, e := range d.elements {
		if e.role() != "L" {
			continue
		}
		numbering := d.get(e.dict, "A", "ListNumbering")
		if d.get(e.dict, "A", "O") != name("List") || numbering != name("Decimal") && numbering != name("Disc") {
			report("list %d: attributes %v", e.number, e.dict["A"])
		}
	}
}

// bookmarks: one for each heading, in order, nested alike, with its words and
// its page.
func bookmarks(d *document, report func(string, ...any)) {
	var titled []*element
	for _, e := range d.elements {
		if e.heading() > 0 {
			titled = append(titled, e)
		}
	}
	next := 0
	var follow func(item any, depth int) int
	follow = func(item any, depth int) (count int) {
		previous := any(nil)
		for ; item != nil; item = d.dict(item)["Next"] {
			b := d.dict(item)
			if next >= len(titled) || b == nil {
				report("more bookmarks than headings")
				return count
			}
			e := titled[next]
			next++
			page := d.pageOf(d.array(b["Dest"])[0])
			if decode(d.text(b["Title"])) != strings.TrimSpace(d.words(e)) || b["SE"] != ref(e.number) || len(e.marks) > 0 && page != e.marks[0].page {
				report("bookmark %q for the heading %q", decode(d.text(b["Title"])), d.words(e))
			}
			if b["Prev"] != previous {
				report("bookmark %q: previous one", decode(d.text(b["Title"])))
			}
			below := follow(b["First"], depth+1)
			if got, _ := b["Count"].(int); got != below {
				report("bookmark %q counts %d of %d", decode(d.text(b["Title"])), got, below)
			}
			count += 1 + below
			previous = item
		}
		return count
	}
	top := d.dict(d.get(d.trailer, "Root", "Outlines"))
	if count := follow(top["First"], 1); count != len(titled) || top["Count"] != count {
		report("%s bookmarks, %d headings", fmt.Sprint(count), len(titled))
	}
}
