package archive

import (
	"bytes"
	"fmt"

	"jachete/pdf/typeset"
)

// resources adds the fonts and the one resource dictionary of all pages.
func (f *File) resources(o *objects) int {
	var list bytes.Buffer
	for i, font := range f.doc.Fonts {
		fmt.Fprintf(&list, " /%s %d 0 R", font.Resource, f.font(o, i, font))
	}
	return o.packf("<</Font <<%s>>>>", bytes.TrimSpace(list.Bytes()))
}

// font adds the five objects of a composite font (ISO 32000-1, 9.7.6).
func (f *File) font(o *objects, i int, font typeset.Font) int {
	program := o.stream(fmt.Sprintf(" /Length1 %d", len(font.Program)), f.programs[i])
	m := font.Metrics
	descriptor := o.packf("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		font.Name, m.Box[0], m.Box[1], m.Box[2], m.Box[3], m.Ascent, m.Descent, m.CapHeight, m.StemV, program)
	descendant := o.packf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /DW 1000 /W [1 %d]>>",
		font.Name, descriptor, font.Widths)
	unicode := o.stream("", f.unicode[i])
	return o.packf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		font.Name, descendant, unicode)
}
