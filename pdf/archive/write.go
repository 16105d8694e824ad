package archive

import (
	"bytes"
	"fmt"
)

// layout lays out all that a seal does not change. Objects 1 and 2 are catalog
// and page tree.
func (f *File) layout(doc Document) error {
	o := &objects{}
	f.catalog = o.reserve()
	tree := o.reserve()
	f.info = info(o, doc)
	metadata, colours := metadata(o, doc), intent(o)
	t := &tags{o: o, pages: reservePages(o, len(doc.Pages)), objects: map[*Element]int{}}
	annotations := links(t, doc)
	if doc.Seal != nil {
		f.addField(t, doc, annotations)
	}
	if err := addPages(t, doc, tree, annotations); err != nil {
		return err
	}
	structure := t.structure(doc.Tree, owners(doc))
	outlines := ""
	if n := t.outline(doc.Tree.Root); n != 0 {
		outlines = fmt.Sprintf(" /Outlines %d 0 R", n)
	}
	o.setf(f.catalog, "<</Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences <</DisplayDocTitle true>> /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /Metadata %d 0 R /OutputIntents [%d 0 R]%s",
		tree, doc.Language, structure, metadata, colours, outlines)
	f.laid = o
	return o.pack()
}

// reservePages gives the pages their numbers; the first one stays plain.
func reservePages(o *objects, count int) (numbers []int) {
	for i := range count {
		if i == 0 {
			numbers = append(numbers, o.reserve())
		} else {
			numbers = append(numbers, o.reservePacked())
		}
	}
	return numbers
}

// write ends what layout left open: the catalog, and the field with its value.
// They come last, so that files of the same document begin alike.
func (f *File) write(seal []byte, extra Extra) ([]byte, error) {
	o, last, form := f.laid.clone(), []int{f.catalog}, ""
	if f.field != 0 {
		last = append(last, f.field)
		form = fmt.Sprintf(" /AcroForm <</Fields [%d 0 R]>>", f.field)
	}
	if seal != nil {
		value := o.add(seal)
		form = fmt.Sprintf(" /AcroForm <</Fields [%d 0 R] /SigFlags 3>> /Perms <</DocMDP %d 0 R>>", f.field, value)
		o.extend(f.field, fmt.Sprintf(" /V %d 0 R", value))
	}
	if extra != nil {
		form += " " + extra(o.add)
	}
	o.extend(f.catalog, form+">>")
	if f.field != 0 {
		o.extend(f.field, ">>")
	}
	return o.bytes(f.catalog, f.info, last)
}

// addPages adds page tree, contents and the resources they share.
func addPages(t *tags, doc Document, tree int, annotations [][]int) error {
	resources, err := addResources(t.o, doc.Fonts)
	if err != nil {
		return err
	}
	var kids bytes.Buffer
	for i, page := range doc.Pages {
		content, err := t.o.stream("", page)
		if err != nil {
			return err
		}
		fmt.Fprintf(&kids, "%d 0 R ", t.pages[i])
		t.o.setf(t.pages[i], "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Resources %d 0 R /Contents %d 0 R /StructParents %d /Tabs /S%s>>",
			tree, doc.Width, doc.Height, resources, content, i, annots(annotations[i]))
	}
	t.o.setf(tree, "<</Type /Pages /Kids [%s] /Count %d>>", bytes.TrimSpace(kids.Bytes()), len(doc.Pages))
	return nil
}

// owners are the elements of the annotations: of the links, then of the seal.
// Their places here are those in the parent tree, after the pages.
func owners(doc Document) (owners []*Element) {
	for _, l := range doc.Links {
		owners = append(owners, l.Element)
	}
	if doc.Seal != nil {
		owners = append(owners, doc.Seal.Element)
	}
	return owners
}

// links adds the link annotations and gives the numbers of each page's.
func links(t *tags, doc Document) [][]int {
	byPage := make([][]int, len(doc.Pages))
	for i, l := range doc.Links {
		n := t.o.addf("<</Type /Annot /Subtype /Link /Rect %s /Border [0 0 0] /F 4 /Contents %s /StructParent %d /P %d 0 R /A <</S /URI /URI %s>>>>",
			l.Area, text(l.Contents), len(doc.Pages)+i, t.pages[l.Page], ascii(l.Address))
		byPage[l.Page] = append(byPage[l.Page], n)
		t.objects[l.Element] = n
	}
	return byPage
}

// addField adds the form field of the signature, which is also the widget over
// the drawn seal, with an appearance that draws nothing. [File.write] ends it.
func (f *File) addField(t *tags, doc Document, annotations [][]int) {
	place := doc.Seal
	empty := t.o.addf("<</Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f] /Resources <<>> /Length 0>>\nstream\n\nendstream",
		place.Area.X2-place.Area.X1, place.Area.Y2-place.Area.Y1)
	f.field = t.o.addf("<</Type /Annot /Subtype /Widget /FT /Sig /T (sceau) /TU %s /F 132 /Rect %s /StructParent %d /P %d 0 R /AP <</N %d 0 R>>",
		text(place.Label), place.Area, len(doc.Pages)+len(doc.Links), t.pages[place.Page], empty)
	annotations[place.Page] = append(annotations[place.Page], f.field)
	t.objects[place.Element] = f.field
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
