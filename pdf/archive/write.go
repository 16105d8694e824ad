package archive

import (
	"bytes"
	"fmt"
	"time"
)

// write puts the file together. Objects 1 and 2 are catalog and page tree; the
// seal's objects come last. The dictionary of a seal, if there is one, is the
// value of the field and what /Perms points to.
func (f *File) write(seal []byte) []byte {
	o := &objects{}
	catalog, tree := o.reserve(), o.reserve()
	info := f.info(o)
	resources := f.resources(o)
	annotations := f.links(o)
	form := ""
	if seal != nil {
		form = f.field(o, seal, annotations)
	}
	var kids bytes.Buffer
	for i, page := range f.pages {
		content := o.stream("", page)
		fmt.Fprintf(&kids, "%d 0 R ", o.addf("<</Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Resources %d 0 R /Contents %d 0 R%s>>",
			tree, f.doc.Width, f.doc.Height, resources, content, annots(annotations[i])))
	}
	o.setf(tree, "<</Type /Pages /Kids [%s] /Count %d>>", bytes.TrimSpace(kids.Bytes()), len(f.pages))
	o.setf(catalog, "<</Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences <</DisplayDocTitle true>>%s>>",
		tree, f.doc.Language, form)
	return o.bytes(catalog, info)
}

func (f *File) info(o *objects) int {
	created := date(f.doc.Created)
	return o.addf("<</Title %s /Author %s /Subject %s /Producer (jachete) /CreationDate %s /ModDate %s>>",
		text(f.doc.Title), text(f.doc.Author), text(f.doc.Subject), created, created)
}

// links adds the link annotations and gives the numbers of each page's.
func (f *File) links(o *objects) map[int][]int {
	byPage := map[int][]int{}
	for _, l := range f.doc.Links {
		n := o.addf("<</Type /Annot /Subtype /Link /Rect %s /Border [0 0 0] /F 4 /Contents %s /A <</S /URI /URI %s>>>>",
			l.Area, text(l.Contents), ascii(l.Address))
		byPage[l.Page] = append(byPage[l.Page], n)
	}
	return byPage
}

// field adds the signature, its form field, which is also the widget over the
// drawn seal, and an appearance that draws nothing. It returns the entries of
// the catalog.
func (f *File) field(o *objects, seal []byte, annotations map[int][]int) string {
	value := o.add(seal)
	area := f.doc.SealArea
	empty := o.addf("<</Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Length 0>>\nstream\n\nendstream",
		area.X2-area.X1, area.Y2-area.Y1)
	widget := o.addf("<</Type /Annot /Subtype /Widget /FT /Sig /T (sceau) /TU %s /F 132 /Rect %s /V %d 0 R /AP <</N %d 0 R>>>>",
		text(f.doc.SealLabel), area, value, empty)
	annotations[f.doc.SealPage] = append(annotations[f.doc.SealPage], widget)
	return fmt.Sprintf(" /AcroForm <</Fields [%d 0 R] /SigFlags 3>> /Perms <</DocMDP %d 0 R>>", widget, value)
}

func annots(numbers []int) string {
	if len(numbers) == 0 {
		return ""
	}
	var b bytes.Buffer
	for _, n := range numbers {
		fmt.Fprintf(&b, " %d 0 R", n)
	}
	return fmt.Sprintf(" /Annots [%s]", bytes.TrimSpace(b.Bytes()))
}

// String is the box as a PDF array.
func (r Rect) String() string {
	return fmt.Sprintf("[%.2f %.2f %.2f %.2f]", r.X1, r.Y1, r.X2, r.Y2)
}

// date is a PDF date in UTC, as a string object (ISO 32000-1, 7.9.4).
func date(t time.Time) string { return t.UTC().Format("(D:20060102150405Z)") }
