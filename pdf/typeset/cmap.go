package typeset

import "fmt"

// charmap gives the glyph of a rune, or its code in a document, in two steps, by
// its high and low byte; a Go map took a tenth of the time of a certificate.
type charmap [256]*[256]uint16

// glyph is 0 for a rune that is not there.
func (m *charmap) glyph(r rune) uint16 {
	if r < 0 || r > 0xFFFF || m[r>>8] == nil {
		return 0
	}
	return m[r>>8][r&0xFF]
}

func (m *charmap) set(r int, glyph uint16) {
	if m[r>>8] == nil {
		m[r>>8] = &[256]uint16{}
	}
	m[r>>8][r&0xFF] = glyph
}

// readCmap finds the Unicode BMP character map (format 4, OpenType « cmap »)
// and lists it. The faces hold nothing above U+FFFF.
func readCmap(cmap []byte) (*charmap, error) {
	for i := range int(u16(cmap, 2)) {
		table := cmap[u32(cmap, 4+8*i+4):]
		if u16(table, 0) == 4 {
			return readSegments(table), nil
		}
	}
	return nil, fmt.Errorf("%w: no format 4 character map", errFont)
}

func readSegments(table []byte) *charmap {
	twice := int(u16(table, 6)) // twice the number of segments
	ends, starts := table[14:], table[16+twice:]
	deltas, ranges := table[16+2*twice:], table[16+3*twice:]
	glyphs := &charmap{}
	for s := 0; s < twice; s += 2 {
		first, last, offset := int(u16(starts, s)), int(u16(ends, s)), int(u16(ranges, s))
		for r := first; r <= last && r < 0xFFFF; r++ {
			glyph := uint16(r)
			if offset != 0 {
				glyph = u16(ranges, s+offset+2*(r-first))
			}
			if offset == 0 || glyph != 0 {
				glyph += u16(deltas, s)
			}
			if glyph != 0 {
				glyphs.set(r, glyph)
			}
		}
	}
	return glyphs
}
