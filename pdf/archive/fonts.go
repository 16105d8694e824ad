package archive

import (
	"bytes"
	"fmt"

	"jachete/pdf/typeset"
)

// addResources adds the fonts and the one resource dictionary of all pages.
func addResources(o *objects, fonts []typeset.Font) (int, error) {
	var list bytes.Buffer
	for _, font := range fonts {
		n, err := addFont(o, font)
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(&list, " /%s %d 0 R", font.Resource, n)
	}
	return o.packf("<</Font <<%s>>>>", bytes.TrimSpace(list.Bytes())), nil
}

// addFont adds the five objects of a composite font (ISO 32000-1, 9.7.6). There
// is no CIDSet: PDF/A-2 asks for none, only that one, if there, be complete.
func addFont(o *objects, font typeset.Font) (int, error) {
	program, err := o.stream(fmt.Sprintf(" /Length1 %d", len(font.Program)), font.Program)
	if err != nil {
		return 0, err
	}
	unicode, err := o.stream("", font.ToUnicode)
	if err != nil {
		return 0, err
	}
	m := font.Metrics
	descriptor := o.packf("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV %d /FontFile2 %d 0 R>>",
		font.Name, m.Box[0], m.Box[1], m.Box[2], m.Box[3], m.Ascent, m.Descent, m.CapHeight, m.StemV, program)
	descendant := o.packf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /CIDToGIDMap /Identity /FontDescriptor %d 0 R /DW 1000 /W [1 %d]>>",
		font.Name, descriptor, font.Widths)
	return o.packf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		font.Name, descendant, unicode), nil
}
