package pades

import (
	"fmt"

	"jachete/pdf/pades/revision"
)

// place tells the objects to replace when a form changes; form is 0 if it
// stands in the catalog.
type place struct{ catalog, form int }

// readForm gives the form of a file, its catalog and where they are.
func readForm(f *revision.File) (form, catalog revision.Dict, at place, err error) {
	if catalog, at.catalog, err = f.Catalog(); err != nil {
		return nil, nil, at, err
	}
	form, at.form, err = f.Dict(catalog.Get("AcroForm"))
	return form, catalog, at, err
}

// firstPage gives the first page and its object number.
func firstPage(f *revision.File) (revision.Dict, int, error) {
	catalog, _, err := f.Catalog()
	if err != nil {
		return nil, 0, err
	}
	tree, _, err := f.Dict(catalog.Get("Pages"))
	if err != nil {
		return nil, 0, err
	}
	kids, err := revision.ParseArray(tree.Get("Kids"))
	if err != nil || len(kids) == 0 {
		return nil, 0, fmt.Errorf("%w: page tree: %w", ErrLayout, err)
	}
	page, number, err := f.Dict(kids[0])
	if err == nil && (string(page.Get("Type")) != "/Page" || number == 0) {
		err = fmt.Errorf("%w: first page", ErrLayout)
	}
	return page, number, err
}

// appended gives an array with one item more; it may be missing or in an object
// of its own, which is then left as it is.
func appended(f *revision.File, array, item []byte) ([]byte, error) {
	body, _, err := f.Value(array)
	if err != nil {
		return nil, err
	}
	items, err := revision.ParseArray(body)
	return revision.Array(append(items, item)), err
}
