package archive

// Role is a standard structure type (ISO 32000-1, 14.8.4); no other is
// written, so the file needs no role map.
type Role string

// The roles of a certificate.
const (
	RoleDocument Role = "Document"
	RoleSection  Role = "Sect"
	RoleTitle    Role = "H1"
	RoleHeading  Role = "H2" // the deeper ones come from [Heading]
	RoleText     Role = "P"
	RoleList     Role = "L"
	RoleItem     Role = "LI"
	RoleLabel    Role = "Lbl"
	RoleBody     Role = "LBody"
	RoleTable    Role = "Table"
	RoleRow      Role = "TR"
	RoleHeader   Role = "TH"
	RoleCell     Role = "TD"
	RoleFigure   Role = "Figure"
	RoleLink     Role = "Link"
	RoleForm     Role = "Form"
)

// deepest is the last heading that has a standard type.
const deepest = 6

// Heading is the role of a heading; level 1 is the title.
func Heading(level int) Role { return Role([]byte{'H', '0' + byte(min(max(level, 1), deepest))}) }

// Scope tells what a table header is about.
type Scope string

// The scopes of table headers.
const (
	ScopeRow    Scope = "Row"
	ScopeColumn Scope = "Column"
)

// Numbering tells how the items of a list are marked.
type Numbering string

// The numberings of lists.
const (
	NumberingDecimal Numbering = "Decimal"
	NumberingDisc    Numbering = "Disc"
)

// Element is a node of the structure tree: what a screen reader meets. It
// joins the tree with its first content, see [Tree.Mark]; until then it leaves
// no trace, so that text may be composed more often than it is drawn.
type Element struct {
	Role      Role
	Alternate string    // what to say of a figure
	Box       Rect      // of a figure
	Scope     Scope     // of a table header
	Numbering Numbering // of a list
	Bookmark  string    // text of a heading, for the outline

	parent *Element
	joined bool
	kids   []kid
	top    float64 // of the first content, points from the bottom of its page
	number int     // of its object, once the document is laid out
}

// kid is an element, or a marked-content sequence of a page.
type kid struct {
	element    *Element
	page, mark int
}

// Under makes an element that will join e's children.
func (e *Element) Under(role Role) *Element { return &Element{Role: role, parent: e} }

// join makes e a child of its parent, and so up to the root. The order in
// which elements join is the reading order.
func (e *Element) join() {
	if e.joined || e.parent == nil {
		return
	}
	e.joined = true
	e.parent.join()
	e.parent.kids = append(e.parent.kids, kid{element: e})
}

// page is where the first content stands; -1 when there is none.
func (e *Element) page() int {
	for _, k := range e.kids {
		if k.element == nil {
			return k.page
		}
		if n := k.element.page(); n >= 0 {
			return n
		}
	}
	return -1
}

// Tree is the structure of a document (ISO 32000-1, 14.7): elements, and whose
// each marked-content sequence is.
type Tree struct {
	Root  *Element
	marks [][]*Element // by page, then by mark
}

// NewTree starts a document.
func NewTree() *Tree { return &Tree{Root: &Element{Role: RoleDocument, joined: true}} }

// Mark gives the number of a new marked-content sequence of e on a page; 0 is
// the first page. top is its upper edge, in points from the bottom.
func (t *Tree) Mark(e *Element, page int, top float64) int {
	for len(t.marks) <= page {
		t.marks = append(t.marks, nil)
	}
	if e.page() < 0 {
		e.top = top
	}
	e.join()
	n := len(t.marks[page])
	e.kids = append(e.kids, kid{page: page, mark: n})
	t.marks[page] = append(t.marks[page], e)
	return n
}

// Join puts an element that holds no text, such as a form field, where the
// reading order has come to.
func (t *Tree) Join(e *Element) { e.join() }
