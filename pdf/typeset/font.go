package typeset

import (
	"hash/fnv"
	"strconv"
)

// Font is a subset of a face as a document embeds it: a composite font with
// two-byte codes equal to glyph numbers (ISO 32000-1, 9.7: Type0, Identity-H,
// CIDFontType2, CIDToGIDMap Identity).
type Font struct {
	Resource  string // name in the page resources, "F0"
	Name      string // PostScript name with its subset tag, "ABCDEF+Inter-Regular"
	Program   []byte // TrueType file
	Widths    []int  // of codes 1, 2, …, in 1/1000 of the size
	ToUnicode []byte // CMap from codes to text
	Metrics   Metrics
}

// Fonts gives what the pages used, in a fixed order. Call it when all text is
// set.
func (b *Book) Fonts() []Font {
	var fonts []Font
	for w := range faceCount {
		if len(b.used[w].runes) > 0 {
			fonts = append(fonts, b.font(w))
		}
	}
	return fonts
}

func (b *Book) font(w Weight) Font {
	f, runes := b.faces[w], b.used[w].runes
	glyphs, widths := []uint16{0}, make([]int, 0, len(runes))
	for _, r := range runes {
		glyph := f.glyphs.glyph(r)
		glyphs = append(glyphs, glyph)
		widths = append(widths, f.widths[glyph])
	}
	return Font{
		Resource:  resource(w),
		Name:      tag(runes) + "+" + f.name,
		Program:   f.subset(glyphs),
		Widths:    widths,
		ToUnicode: toUnicode(runes),
		Metrics:   f.metrics,
	}
}

// tag is six capitals that depend on the runes alone (ISO 32000-1, 9.6.4): two
// subsets of a face have different names, the same subset has the same one.
func tag(runes []rune) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(string(runes))) // a hash never fails
	sum, letters := h.Sum64(), [6]byte{}
	for i := range letters {
		letters[i] = 'A' + byte(sum%26)
		sum /= 26
	}
	return string(letters[:])
}

const cmapHead = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
`

const cmapTail = `endcmap
CMapName currentdict /CMap defineresource pop
end
end
`

// toUnicode maps code n to runes[n-1], in blocks of at most 100 (ISO 32000-1,
// 9.10.3).
func toUnicode(runes []rune) []byte {
	out := append(make([]byte, 0, 512+16*len(runes)), cmapHead...)
	for start := 0; start < len(runes); start += 100 {
		block := runes[start:min(start+100, len(runes))]
		out = append(strconv.AppendInt(out, int64(len(block)), 10), " beginbfchar\n"...)
		for i, r := range block { // no face holds a rune above U+FFFF
			out = append(hex(append(out, '<'), uint16(start+i+1)), "> <"...)
			out = append(hex(out, uint16(r)), ">\n"...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, cmapTail...)
}
