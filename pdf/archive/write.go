package archive

import (
	"bytes"
	"fmt"
)

// write puts the file together. Objects 1 and 2 are catalog and page tree. The
// dictionary of a seal, if there is one, is the value of the field and what
// /Perms points to.
func (f *File) write(seal []byte) ([]byte, error) {
	o := &objects{packed: map[int]bool{}}
	catalog, tree := o.reserve(), o.reserve()
	info, metadata, colours := f.info(o), f.metadata(o), intent(o)
	t := &tags{o: o, pages: o.reserveAll(len(f.pages)), numbers: map[*Element]int{}, objects: map[*Element]int{}}
	annotations := f.links(t)
	form := ""
	if f.doc.Seal != nil && seal != nil {
		form = f.field(t, seal, annotations)
	} else if f.doc.Seal != nil {
		t.skip = f.doc.Seal.Element
	}
	f.addPages(t, tree, annotations)
	structure := t.structure(f.doc.Tree, f.owners(seal != nil))
	outlines := ""
	if n := t.outline(f.doc.Tree.Root); n != 0 {
		outlines = fmt.Sprintf(" /Outlines %d 0 R", n)
	}
	o.setf(catalog, "<</Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences <</DisplayDocTitle true>> /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Metadata %d 0 R /OutputIntents [%d 0 R]%s%s>>",
		tree, f.doc.Language, structure, metadata, colours, outlines, form)
	return o.bytes(catalog, info)
}

// addPages adds page tree, contents and the resources they share.
func (f *File) addPages(t *tags, tree int, annotations [][]int) {
	resources := f.resources(t.o)
	var kids bytes.Buffer
	for i, page := range f.pages {
		content := t.o.stream("", page)
		fmt.Fprintf(&kids, "%d 0 R ", t.pages[i])
		t.o.setf(t.pages[i], "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Resources %d 0 R /Contents %d 0 R /StructParents %d /Tabs /S%s>>",
			tree, f.doc.Width, f.doc.Height, resources, content, i, annots(annotations[i]))
	}
	t.o.setf(tree, "<</Type /Pages /Kids [%s] /Count %d>>", bytes.TrimSpace(kids.Bytes()), len(f.pages))
}

// owners are the elements of the annotations: of the links, then of the seal.
// Their places here are those in the parent tree, after the pages.
func (f *File) owners(sealed bool) (owners []*Element) {
	for _, l := range f.doc.Links {
		owners = append(owners, l.Element)
	}
	if sealed {
		owners = append(owners, f.doc.Seal.Element)
	}
	return owners
}

// links adds the link annotations and gives the numbers of each page's.
func (f *File) links(t *tags) [][]int {
	byPage := make([][]int, len(f.pages))
	for i, l := range f.doc.Links {
		n := t.o.addf("<</Type /Annot /Subtype /Link /Rect %s /Border [0 0 0] /F 4 /Contents %s /StructParent %d /P %d 0 R /A <</S /URI /URI %s>>>>",
			l.Area, text(l.Contents), len(f.pages)+i, t.pages[l.Page], ascii(l.Address))
		byPage[l.Page] = append(byPage[l.Page], n)
		t.objects[l.Element] = n
	}
	return byPage
}

// field adds the signature, its form field, which is also the widget over the
// drawn seal, and an appearance that draws nothing. It returns the entries of
// the catalog.
func (f *File) field(t *tags, seal []byte, annotations [][]int) string {
	place := f.doc.Seal
	value := t.o.add(seal)
	empty := t.o.addf("<</Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources <<>> /Length 0>>\nstream\n\nendstream",
		place.Area.X2-place.Area.X1, place.Area.Y2-place.Area.Y1)
	widget := t.o.addf("<</Type /Annot /Subtype /Widget /FT /Sig /T (sceau) /TU %s /F 132 /Rect %s /StructParent %d /P %d 0 R /V %d 0 R /AP <</N %d 0 R>>>>",
		text(place.Label), place.Area, len(f.pages)+len(f.doc.Links), t.pages[place.Page], value, empty)
	annotations[place.Page] = append(annotations[place.Page], widget)
	t.objects[place.Element] = widget
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
