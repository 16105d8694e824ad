package typeset

import "fmt"

// readCmap finds the Unicode BMP character map (format 4, OpenType « cmap »)
// and lists it. The faces hold nothing above U+FFFF.
func readCmap(cmap []byte) (map[rune]uint16, error) {
	for i := range int(u16(cmap, 2)) {
		table := cmap[u32(cmap, 4+8*i+4):]
		if u16(table, 0) == 4 {
			return readSegments(table), nil
		}
	}
	return nil, fmt.Errorf("%w: no format 4 character map", errFont)
}

func readSegments(table []byte) map[rune]uint16 {
	twice := int(u16(table, 6)) // twice the number of segments
	ends, starts := table[14:], table[16+twice:]
	deltas, ranges := table[16+2*twice:], table[16+3*twice:]
	glyphs := map[rune]uint16{}
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
				glyphs[rune(r)] = glyph
			}
		}
	}
	return glyphs
}
