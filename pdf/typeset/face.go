package typeset

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// face is one TrueType file, parsed. It is read-only and shared.
type face struct {
	name       string // PostScript name
	glyphs     *charmap
	widths     []int             // advance of each glyph, in 1/1000 of the size
	advances   []uint16          // the same in font units, as the file has it
	bearings   []int16           // left side bearings, font units
	loca       []uint32          // where each outline starts in glyf
	tables     map[string][]byte // every table of the file
	unitsPerEm int
	metrics    Metrics
}

// Metrics are the figures of a face that a PDF font descriptor wants, in
// 1/1000 of the size (ISO 32000-1, 9.8).
type Metrics struct {
	Ascent, Descent, CapHeight int
	Box                        [4]int
	StemV                      int
}

var errFont = errors.New("typeset: malformed font")

// parseFace reads a TrueType file with a format 4 character map. It never
// panics: a file cut short or scrambled gives an error.
func parseFace(name string, stemV int, file []byte) (f *face, err error) {
	defer func() {
		if r := recover(); r != nil { // an index outside the file
			f, err = nil, fmt.Errorf("%w: %s: %v", errFont, name, r)
		}
	}()
	f = &face{name: name, tables: readTables(file)}
	for _, t := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "OS/2"} {
		if f.tables[t] == nil {
			return nil, fmt.Errorf("%w: %s has no %s table", errFont, name, t)
		}
	}
	f.unitsPerEm = int(u16(f.tables["head"], 18))
	if f.unitsPerEm == 0 {
		return nil, fmt.Errorf("%w: %s has no size", errFont, name)
	}
	f.readMetrics(stemV)
	f.readWidths()
	f.readLocations()
	f.glyphs, err = readCmap(f.tables["cmap"])
	return f, err
}

// readTables lists the tables; each ends where it says, so that reading beyond
// it panics and becomes an error.
func readTables(file []byte) map[string][]byte {
	file = file[:len(file):len(file)]
	tables := map[string][]byte{}
	for i := range int(u16(file, 4)) {
		entry := file[12+16*i:]
		start := uint64(u32(entry, 8))
		end := start + uint64(u32(entry, 12))
		tables[string(entry[:4])] = file[start:end:end]
	}
	return tables
}

func (f *face) readMetrics(stemV int) {
	head, hhea, os2 := f.tables["head"], f.tables["hhea"], f.tables["OS/2"]
	f.metrics = Metrics{
		Ascent:    f.scale(int(i16(hhea, 4))),
		Descent:   f.scale(int(i16(hhea, 6))),
		CapHeight: f.scale(int(i16(os2, 88))),
		StemV:     stemV,
	}
	for i := range f.metrics.Box {
		f.metrics.Box[i] = f.scale(int(i16(head, 36+2*i)))
	}
}

// readWidths keeps the advance of every glyph; the last one stands for all
// glyphs beyond numberOfHMetrics.
func (f *face) readWidths() {
	count, metrics := int(u16(f.tables["maxp"], 4)), int(u16(f.tables["hhea"], 34))
	hmtx := f.tables["hmtx"]
	for g := range count {
		m := min(g, metrics-1)
		advance, bearing := u16(hmtx, 4*m), 4*m+2
		if g >= metrics {
			bearing = 4*metrics + 2*(g-metrics)
		}
		f.advances = append(f.advances, advance)
		f.bearings = append(f.bearings, i16(hmtx, bearing))
		f.widths = append(f.widths, f.scale(int(advance)))
	}
}

func (f *face) readLocations() {
	loca, long := f.tables["loca"], u16(f.tables["head"], 50) == 1
	for g := range len(f.widths) + 1 {
		if long {
			f.loca = append(f.loca, u32(loca, 4*g))
		} else {
			f.loca = append(f.loca, 2*uint32(u16(loca, 2*g)))
		}
	}
}

// outline is the glyf entry of a glyph; nothing for a space.
func (f *face) outline(glyph uint16) []byte {
	return f.tables["glyf"][f.loca[glyph]:f.loca[glyph+1]]
}

// scale turns font units into 1/1000 of the size, to the nearest.
func (f *face) scale(units int) int {
	n := units * 1000
	if n < 0 {
		return (n - f.unitsPerEm/2) / f.unitsPerEm
	}
	return (n + f.unitsPerEm/2) / f.unitsPerEm
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }
func i16(b []byte, at int) int16  { return int16(u16(b, at)) }
