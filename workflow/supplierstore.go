package workflow

import "context"

// SupplierReader is what can be read of suppliers. Errors are those of Store.
type SupplierReader interface {
	Supplier(ctx context.Context, id string) (Supplier, error)
	// Suppliers lists those that match by collated name, with how many match in
	// all and what they offer.
	Suppliers(ctx context.Context, f SupplierFilter) (SupplierPage, error)
	// SuppliersLike gives those with one of these likenesses, withdrawn ones too.
	SuppliersLike(ctx context.Context, likenesses []string) ([]Supplier, error)
	SupplierSlugsTaken(ctx context.Context, slugs []string) ([]string, error) // those that are
}

// SupplierWriter is what a transaction writes of suppliers.
type SupplierWriter interface {
	// AddSuppliers adds some. Conflict with KeySupplierTaken when a slug is taken,
	// when the pôle has one of a likeness, or when one of that likeness is shown.
	AddSuppliers(ctx context.Context, list []Supplier) error
	// SetSupplier writes x over the row of its revision and raises that by one; its
	// pôle, slug and origin stay. Conflict with KeySupplierMoved when there is no
	// such row, with KeySupplierTaken as AddSuppliers.
	SetSupplier(ctx context.Context, x Supplier) error
}
