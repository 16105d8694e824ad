package archive

import (
	"bytes"
	"fmt"
	"strconv"
)

// tags writes the structure tree. Annotations belong to elements: the object
// of each is known before.
type tags struct {
	o       *objects
	pages   []int            // object of each page
	numbers map[*Element]int // object of each element
	skip    *Element         // the form field of a file without seal
	objects map[*Element]int // annotation of an element
}

// structure adds the tree and gives the object of its root.
func (t *tags) structure(tree *Tree, annotations []*Element) int {
	root := t.o.reserve()
	t.reserve(tree.Root)
	t.element(tree.Root, root)
	t.o.setf(root, "<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		t.numbers[tree.Root], t.parents(tree, annotations), len(t.pages)+len(annotations))
	return root
}

// reserve gives e and what is below it their numbers.
func (t *tags) reserve(e *Element) {
	t.numbers[e] = t.o.reservePacked()
	for _, k := range e.kids {
		if k.element != nil && k.element != t.skip {
			t.reserve(k.element)
		}
	}
}

func (t *tags) element(e *Element, parent int) {
	page := e.page()
	var body, kids bytes.Buffer
	fmt.Fprintf(&body, "<</S /%s /P %d 0 R", e.Role, parent)
	if page >= 0 {
		fmt.Fprintf(&body, " /Pg %d 0 R", t.pages[page])
	}
	for _, k := range e.kids {
		t.kid(&kids, k, page, t.numbers[e])
	}
	if annotation, ok := t.objects[e]; ok {
		fmt.Fprintf(&kids, " <</Type /OBJR /Obj %d 0 R>>", annotation)
	}
	fmt.Fprintf(&body, " /K [%s]%s>>", bytes.TrimSpace(kids.Bytes()), e.attributes())
	t.o.set(t.numbers[e], body.Bytes())
}

// kid writes a child. A mark of another page than the element's names it.
func (t *tags) kid(out *bytes.Buffer, k kid, page, number int) {
	switch {
	case k.element == nil && k.page == page:
		fmt.Fprintf(out, " %d", k.mark)
	case k.element == nil:
		fmt.Fprintf(out, " <</Type /MCR /Pg %d 0 R /MCID %d>>", t.pages[k.page], k.mark)
	case k.element != t.skip:
		fmt.Fprintf(out, " %d 0 R", t.numbers[k.element])
		t.element(k.element, number)
	}
}

// attributes are the entries that depend on the role (ISO 32000-1, 14.8.5).
func (e *Element) attributes() string {
	switch e.Role {
	case RoleFigure:
		return fmt.Sprintf(" /Alt %s /A <</O /Layout /BBox %s>>", text(e.Alternate), e.Box)
	case RoleHeader:
		return fmt.Sprintf(" /A <</O /Table /Scope /%s>>", e.Scope)
	case RoleList:
		return fmt.Sprintf(" /A <</O /List /ListNumbering /%s>>", e.Numbering)
	}
	return ""
}

// parents is the parent tree (ISO 32000-1, 14.7.4.4): for each page the
// element of each mark, then for each annotation its element.
func (t *tags) parents(tree *Tree, annotations []*Element) int {
	var nums bytes.Buffer
	for page := range t.pages {
		fmt.Fprintf(&nums, " %d [", page)
		if page < len(tree.marks) {
			for _, e := range tree.marks[page] {
				nums.WriteString(strconv.Itoa(t.numbers[e]) + " 0 R ")
			}
		}
		nums.WriteByte(']')
	}
	for i, e := range annotations {
		fmt.Fprintf(&nums, " %d %d 0 R", len(t.pages)+i, t.numbers[e])
	}
	return t.o.packf("<</Nums [%s]>>", bytes.TrimSpace(nums.Bytes()))
}
