package typeset

import "encoding/binary"

// Flags of a component of a composite glyph (OpenType « glyf »).
const (
	wordArguments  = 0x0001
	oneScale       = 0x0008
	moreComponents = 0x0020
	twoScales      = 0x0040
	fourScales     = 0x0080
)

// subset makes a TrueType file whose glyph n is glyphs[n] of f, followed by
// the components they need. glyphs[0] must be .notdef. A glyph may be listed
// twice: two codes, same picture.
func (f *face) subset(glyphs []uint16) []byte {
	order, place := f.withComponents(glyphs)
	glyf := make([]byte, 0, 128*len(order)) // more than the usual letter takes
	loca, hmtx := make([]byte, 0, 4*len(order)+4), make([]byte, 0, 4*len(order))
	for _, g := range order {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.advances[g])
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.bearings[g]))
		glyf = append(glyf, f.outline(g)...)
		renumber(glyf[binary.BigEndian.Uint32(loca[len(loca)-4:]):], place)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	count := uint16(len(order))
	return assemble([]table{
		{"glyf", glyf},
		{"head", patched(f.tables["head"], 50, 1)}, // long offsets in loca
		{"hhea", patched(f.tables["hhea"], 34, count)},
		{"hmtx", hmtx},
		{"loca", loca},
		{"maxp", patched(f.tables["maxp"], 4, count)},
	})
}

// withComponents appends the parts of composite glyphs, theirs too, and tells
// where each glyph of f landed.
func (f *face) withComponents(glyphs []uint16) (order []uint16, place map[uint16]uint16) {
	order, place = append(order, glyphs...), map[uint16]uint16{}
	for i, g := range order {
		if _, ok := place[g]; !ok {
			place[g] = uint16(i)
		}
	}
	for i := 0; i < len(order); i++ {
		eachComponent(f.outline(order[i]), func(_ uint16, part []byte) {
			glyph := u16(part, 0)
			if _, ok := place[glyph]; !ok {
				place[glyph] = uint16(len(order))
				order = append(order, glyph)
			}
		})
	}
	return order, place
}

func renumber(outline []byte, place map[uint16]uint16) {
	eachComponent(outline, func(_ uint16, part []byte) {
		binary.BigEndian.PutUint16(part, place[u16(part, 0)])
	})
}

// eachComponent calls visit with each part of a composite outline: its flags,
// and its bytes from the two that name its glyph. Simple outlines have none.
func eachComponent(outline []byte, visit func(flags uint16, part []byte)) {
	if len(outline) == 0 || i16(outline, 0) >= 0 {
		return
	}
	for at, more := 10, true; more; {
		flags := u16(outline, at)
		visit(flags, outline[at+2:])
		at += 4 + componentArguments(flags)
		more = flags&moreComponents != 0
	}
}

// componentArguments is the length in bytes of what follows a component's
// glyph index: its offset, then its scale.
func componentArguments(flags uint16) int {
	n := 2
	if flags&wordArguments != 0 {
		n = 4
	}
	switch {
	case flags&oneScale != 0:
		n += 2
	case flags&twoScales != 0:
		n += 4
	case flags&fourScales != 0:
		n += 8
	}
	return n
}

func patched(table []byte, at int, value uint16) []byte {
	out := append([]byte(nil), table...)
	binary.BigEndian.PutUint16(out[at:], value)
	return out
}
