package templates

import "jachete/workflow"

// TeamSuppliers lists the suppliers of one's pôles.
type TeamSuppliers struct {
	TeamFrame
	Query          string
	Categories     []Option
	Poles          []Option // none with one pôle
	Chips          []Chip
	Found          workflow.SupplierPage
	PoleNames      map[string]string // short ones, by slug
	Page, Pages    int
	Previous, Next string // addresses, or empty
}

// File implements [Page].
func (*TeamSuppliers) File() string { return "team_suppliers" }

// SupplierMark tells whether the public sees a supplier.
func (f *TeamFrame) SupplierMark(x workflow.Supplier) Mark {
	if x.Withdrawn() {
		return Mark{"ended", f.T("suppliers.hidden")}
	}
	return Mark{"good", f.T("suppliers.shown")}
}

// SupplierForm is the form of a supplier as typed.
type SupplierForm struct {
	Pole, Name, Municipality, MRC, Region, Site, Description string
	Revision                                                 string // of the supplier that was read
}

// SupplierFields is what the form of a supplier asks, for the block
// "supplier-fields".
type SupplierFields struct {
	TeamFrame
	Form          SupplierForm
	MRCs, Regions []Option
	Places        []string // municipalities to propose, « Nom (MRC) — code »
	Categories    []Option
	Listed        string // address of the same enterprise, when it is there already
}

// MostCategories is how many may be chosen.
func (*SupplierFields) MostCategories() int { return workflow.MaxSupplierCategories }

// MostDescription is how long the description may be, in characters.
func (*SupplierFields) MostDescription() int { return workflow.MaxSupplierDescription }

// TeamSupplierNew is the form of a new supplier.
type TeamSupplierNew struct {
	SupplierFields
	Poles []Option
}

// File implements [Page].
func (*TeamSupplierNew) File() string { return "team_supplier_new" }

// PoleHint says what the choice of a pôle means here.
func (p *TeamSupplierNew) PoleHint() string { return p.T("suppliers.pole-hint") }

// TeamSupplier is one supplier, to be changed, and what happened to it.
type TeamSupplier struct {
	SupplierFields
	Found  workflow.SupplierView
	Events []TeamEvent
	Done   string // key of what has just been done, or empty
	Public string // address of the public list that shows it
}

// File implements [Page].
func (*TeamSupplier) File() string { return "team_supplier" }
