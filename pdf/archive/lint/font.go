package lint

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"
)

var block = regexp.MustCompile(`(?s)beginbfchar\n(.*?)endbfchar`)

var pair = regexp.MustCompile(`(?m)^<([0-9A-F]{4})> <([0-9A-F]{4})>$`)

// unicode reads the ToUnicode map of a font: one character for a code.
func (d *document) unicode(font any) map[int]rune {
	s := d.stream(d.dict(font)["ToUnicode"])
	if s == nil {
		return nil
	}
	if d.letters[s] == nil {
		letters := map[int]rune{}
		for _, m := range pair.FindAllSubmatch(bytes.Join(block.FindAll(s.data, -1), []byte("\n")), -1) {
			code, _ := strconv.ParseInt(string(m[1]), 16, 32)
			letter, _ := strconv.ParseInt(string(m[2]), 16, 32)
			letters[int(code)] = rune(letter)
		}
		d.letters[s] = letters
	}
	return d.letters[s]
}

// program is a TrueType file, as far as widths and places of glyphs go.
type program struct {
	tables map[string][]byte
	glyphs int
	faults []string
}

// readProgram reads a font file and checks its tables' sums.
func readProgram(file []byte) (p program) {
	defer func() {
		if recover() != nil { // an index outside the file
			p.faults = append(p.faults, "cut short")
		}
	}()
	p.tables = map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		entry := file[12+16*i:]
		start, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		table := file[start : start+length]
		p.tables[string(entry[:4])] = table
		if string(entry[:4]) != "head" && sum(table) != binary.BigEndian.Uint32(entry[4:]) {
			p.faults = append(p.faults, "sum of "+string(entry[:4]))
		}
	}
	if sum(file) != 0xB1B0AFBA {
		p.faults = append(p.faults, "sum of the file")
	}
	for _, needed := range []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"} { // ISO 32000-1, 9.9
		if p.tables[needed] == nil {
			p.faults = append(p.faults, "no "+needed)
			return p
		}
	}
	p.glyphs = int(binary.BigEndian.Uint16(p.tables["maxp"][4:]))
	if len(p.tables["loca"]) != 4*(p.glyphs+1) || len(p.tables["hmtx"]) != 4*p.glyphs {
		p.faults = append(p.faults, "lengths of loca and hmtx")
	}
	return p
}

// width is the advance of a glyph in 1/1000 of the size.
func (p program) width(glyph int) float64 {
	units := binary.BigEndian.Uint16(p.tables["head"][18:])
	return float64(binary.BigEndian.Uint16(p.tables["hmtx"][4*glyph:])) * 1000 / float64(units)
}

func sum(data []byte) (total uint32) {
	for len(data) >= 4 {
		total += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	var last [4]byte
	copy(last[:], data)
	return total + binary.BigEndian.Uint32(last[:])
}
