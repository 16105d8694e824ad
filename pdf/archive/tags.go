package archive

import (
	"fmt"
	"strconv"
)

// tags writes the structure tree. Annotations belong to elements: the object
// of each is known before.
type tags struct {
	o       *objects
	pages   []int            // object of each page
	objects map[*Element]int // annotation of an element
}

// structure adds the tree and gives the object of its root.
func (t *tags) structure(tree *Tree, annotations []*Element) int {
	root := t.o.reservePacked()
	t.reserve(tree.Root)
	t.element(tree.Root, root)
	t.o.setf(root, "<</Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d>>",
		tree.Root.number, t.parents(tree, annotations), len(t.pages)+len(annotations))
	return root
}

// reserve gives e and what is below it their numbers.
func (t *tags) reserve(e *Element) {
	e.number = t.o.reservePacked()
	for _, k := range e.kids {
		if k.element != nil {
			t.reserve(k.element)
		}
	}
}

func (t *tags) element(e *Element, parent int) {
	page := e.page()
	body := reference(append(append(make([]byte, 0, 96), "<</S /"...), e.Role+" /P"...), parent)
	if page >= 0 {
		body = reference(append(body, " /Pg"...), t.pages[page])
	}
	body = append(body, " /K ["...)
	for _, k := range e.kids {
		body = t.kid(body, k, page, e.number)
	}
	if annotation, ok := t.objects[e]; ok {
		body = fmt.Appendf(body, " <</Type /OBJR /Obj %d 0 R>>", annotation)
	}
	t.o.set(e.number, append(append(body, ']'), e.attributes()+">>"...))
}

// kid writes a child. A mark of another page than the element's names it.
func (t *tags) kid(out []byte, k kid, page, number int) []byte {
	switch {
	case k.element != nil:
		t.element(k.element, number)
		return reference(out, k.element.number)
	case k.page == page:
		return strconv.AppendInt(append(out, ' '), int64(k.mark), 10)
	default:
		return fmt.Appendf(out, " <</Type /MCR /Pg %d 0 R /MCID %d>>", t.pages[k.page], k.mark)
	}
}

// reference writes a space and a reference.
func reference(out []byte, number int) []byte {
	return append(strconv.AppendInt(append(out, ' '), int64(number), 10), " 0 R"...)
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
	body := []byte("<</Nums [")
	for page := range t.pages {
		body = append(strconv.AppendInt(append(body, ' '), int64(page), 10), " ["...)
		if page < len(tree.marks) {
			for _, e := range tree.marks[page] {
				body = reference(body, e.number)
			}
		}
		body = append(body, ']')
	}
	for i, e := range annotations {
		body = reference(strconv.AppendInt(append(body, ' '), int64(len(t.pages)+i), 10), e.number)
	}
	n := t.o.reservePacked()
	t.o.set(n, append(body, "]>>"...))
	return n
}
