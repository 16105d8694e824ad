package pades

import (
	"bytes"
	"fmt"

	"jachete/pdf/pades/revision"
)

const stampFilter = "/SubFilter /ETSI.RFC3161"

// stampDictionary is a document timestamp (EN 319 142-1, 5.4.3) with holes.
func stampDictionary(size int) []byte {
	return fmt.Appendf(nil, "<</Type /DocTimeStamp /Filter /Adobe.PPKLite %s %s %s%s>>>",
		stampFilter, rangeHole, contentsName, bytes.Repeat([]byte("00"), size))
}

// withField adds a revision with the field of a document timestamp. Its widget
// is empty and lies outside of the page: nothing to see, nothing to tag, as
// PDF/A-2 (6.3.3) and PDF/UA-1 (7.18.4) let it be.
func (d *document) withField(size int) ([]byte, error) {
	update, err := d.file.Update()
	if err != nil {
		return nil, err
	}
	page, number, err := firstPage(d.file)
	if err != nil {
		return nil, err
	}
	value := update.Add(stampDictionary(size))
	field := revision.Ref(update.Add(fmt.Appendf(nil, "<</Type /Annot /Subtype /Widget /FT /Sig /T (horodatage%d) /TU (Horodatage) /F 132 /Rect [0 0 0 0] /P %d 0 R /V %d 0 R>>",
		len(d.later)+1, number, value)))
	annotations, err := appended(d.file, page.Get("Annots"), field)
	if err != nil {
		return nil, err
	}
	update.Set(number, page.With("Annots", annotations).Bytes())
	if err := addField(d.file, update, field); err != nil {
		return nil, err
	}
	return update.Bytes(), nil
}

// addField adds a field to the form, which stands in the catalog or in an
// object of its own.
func addField(f *revision.File, update *revision.Update, field []byte) error {
	form, catalog, at, err := readForm(f)
	if err != nil {
		return err
	}
	fields, err := appended(f, form.Get("Fields"), field)
	if err != nil {
		return err
	}
	form = form.With("Fields", fields)
	if at.form != 0 {
		update.Set(at.form, form.Bytes())
		return nil
	}
	update.Set(at.catalog, catalog.With("AcroForm", form.Bytes()).Bytes())
	return nil
}
