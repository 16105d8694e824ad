package workflow

import (
	"strings"
	"time"

	"jachete/workflow/journal"
)

// Bounds of a supplier.
const (
	MaxSupplierCategories  = 8
	MaxSupplierDescription = 300 // characters
	MaxSite                = 200 // characters, as typed
)

// KeySupplierMoved is the key of a Conflict: the supplier is no longer as it was
// read.
const KeySupplierMoved = "supplier.moved"

// KeySupplierTaken is the key of a Conflict: somebody has just listed the same
// enterprise, or taken its address.
const KeySupplierTaken = "supplier.taken"

// KeySupplierExists is the key of a Conflict: the enterprise is listed.
const KeySupplierExists = "supplier.exists"

// KeySupplierWithdrawn is the key of a Conflict: the pôle has the enterprise,
// withdrawn.
const KeySupplierWithdrawn = "supplier.withdrawn"

// Supplier is a social-economy enterprise that sells, as a pôle presents it to
// buyers. It holds nothing about a person, and no means to order.
type Supplier struct {
	ID               string
	Slug             string // public, unique; stays when the name changes
	Name             string
	PoleSlug         string
	MunicipalityCode string             // 5 digits, or empty
	MRCCode          string             // 3 digits, or empty
	RegionCode       string             // 2 digits
	Categories       []SupplierCategory // 1 to MaxSupplierCategories, in the order of the list
	Site             string             // http or https address, or empty
	Description      string             // one line, in French
	Batch            string             // id of the list it came with, or empty
	Revision         int                // from 1, raised by each change
	CreatedBy        string             // staff id, or "operator"
	CreatedAt        time.Time
	UpdatedAt        time.Time
	WithdrawnAt      time.Time // zero while it is public
	// Words is what a search finds it by, folded, as it was when it was written.
	Words string
	// Where names its municipality or MRC, then its region. Use cases fill it; it
	// is not stored.
	Where []string
}

// Withdrawn tells that it is hidden from the public.
func (x Supplier) Withdrawn() bool { return !x.WithdrawnAt.IsZero() }

// Likeness is the same for the same enterprise: its name folded, in its MRC or,
// outside every MRC, in its region.
func (x Supplier) Likeness() string {
	return strings.Join([]string{Fold(x.Name), x.MRCCode, x.RegionCode}, "|")
}

// record names the supplier in the journal.
func (x Supplier) record() string { return "supplier:" + x.ID }

// SupplierFilter picks suppliers; every condition must hold.
type SupplierFilter struct {
	Query    string // words, each of which must occur; stores are given them folded
	Category SupplierCategory
	Region   string // code
	MRC      string // code
	Pole     string // slug
	Poles    []string
	Hidden   bool // those withdrawn too
	Limit    int
	Offset   int
}

// SupplierPage is some of the suppliers that match.
type SupplierPage struct {
	Suppliers []Supplier
	Total     int // that match
	Offers    int // pairs of a supplier and one of its categories, of all that match
}

// SupplierView is a supplier with what happened to it.
type SupplierView struct {
	Supplier
	Pole   Pole
	Events []journal.Entry // oldest first
}
