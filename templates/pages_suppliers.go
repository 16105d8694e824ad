package templates

import (
	"net/url"
	"strings"

	"jachete/workflow"
)

// Suppliers is the public list of enterprises that sell.
type Suppliers struct {
	Frame
	Query                 string
	Category, Region, MRC []Option // choices of the drop-down lists; MRC only within a region
	Pole                  string   // slug, when the list is that of a pôle
	Chips                 []Chip
	Found                 workflow.SupplierPage
	Page, Pages           int
	Previous, Next        string // addresses, or empty
	CSV, JSON             string // addresses of the same list as data
}

// Wide is that of [Frame], for this page.
func (*Suppliers) Wide() bool { return true }

// File implements [Page].
func (*Suppliers) File() string { return "suppliers" }

// Cards are the suppliers of the page, for the block "supplier-cards".
func (p *Suppliers) Cards() SupplierCards {
	return p.SuppliersBeside(workflow.SuppliersBeside{SupplierPage: p.Found})
}

// SupplierCards is some suppliers with how many there are, for the blocks
// "supplier-cards", "suppliers-beside" and "suppliers-near".
type SupplierCards struct {
	*Frame
	Found workflow.SupplierPage
	Path  string // address of the list of all of them
}

// SuppliersBeside describes the suppliers of a territory for their blocks.
func (f *Frame) SuppliersBeside(found workflow.SuppliersBeside) SupplierCards {
	return SupplierCards{f, found.SupplierPage, found.Path}
}

// Host is the name of a supplier's site, as people know it.
func (SupplierCards) Host(x workflow.Supplier) string {
	u, err := url.Parse(x.Site)
	if err != nil || u.Host == "" {
		return x.Site
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// CategoryNames names the categories of a supplier.
func (f *Frame) CategoryNames(x workflow.Supplier) string {
	var names []string
	for _, c := range x.Categories {
		names = append(names, c.In(f.Lang))
	}
	return strings.Join(names, ", ")
}

// Where says where a supplier is.
func (f *Frame) Where(x workflow.Supplier) string { return strings.Join(x.Where, ", ") }

// SuppliersInMail says in a mail how many suppliers a territory has.
func SuppliersInMail(lang workflow.Language, n int) string {
	return CountSentence(lang, "suppliers.mail", n)
}
