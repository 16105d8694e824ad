package lint

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
)

// document is a file that has been read.
type document struct {
	raw       []byte
	objects   map[int]any // as the last revision has them
	trailer   dict        // of the last cross-reference stream
	revisions []*revision // oldest first

	letters  map[*stream]map[int]rune // ToUnicode maps already read
	pages    []*page
	elements []*element // in reading order
}

// revision is what was written at one time (PDF 7.5.6).
type revision struct {
	end     int         // of its bytes
	start   int         // of its cross-reference stream
	trailer dict        // that stream's
	own     map[int]any // objects it added or replaced
	before  map[int]any // all objects before it
}

const head = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

// open reads a file: header, then for each revision its objects one after the
// other without a byte between them, its cross-reference stream last. So
// nothing in the file can be overlooked.
func open(file []byte) (d *document, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fmt.Errorf("syntax: %v", r)
		}
	}()
	d = &document{raw: file, objects: map[int]any{}, letters: map[*stream]map[int]rune{}}
	p := &parser{data: file}
	p.take(head)
	for first := true; first || p.at < len(file); first = false {
		d.revision(p)
	}
	return d, nil
}

// revision reads up to the next end-of-file marker.
func (d *document) revision(p *parser) {
	r := &revision{own: map[int]any{}, before: d.objects}
	offsets := r.sequence(p)
	p.take("startxref\n")
	r.start, _ = p.value().(int)
	p.take("\n%%EOF\n")
	r.end = p.at
	table, _ := r.own[offsets[r.start]].(*stream)
	if table == nil || table.dict["Type"] != name("XRef") {
		p.fail("no cross-reference stream at %d", r.start)
	}
	r.trailer, d.trailer = table.dict, table.dict
	d.objects = maps.Clone(d.objects)
	maps.Copy(d.objects, r.own)
	if len(d.revisions) == 0 {
		d.table(table, offsets)
	} else {
		r.table(table, offsets)
	}
	if len(d.objects) != d.count()-1 {
		p.fail("%d objects", len(d.objects))
	}
	d.revisions = append(d.revisions, r)
}

// sequence reads objects and gives the number of the one at each offset.
func (r *revision) sequence(p *parser) map[int]int {
	offsets := map[int]int{}
	for !p.has("startxref") {
		offset := p.at
		number, _ := p.value().(int)
		p.take(" 0 obj\n")
		body := p.value()
		if p.has("\nstream\n") {
			body = p.stream(body)
		}
		p.take("\nendobj\n")
		if _, twice := r.own[number]; twice || number < 1 {
			p.fail("object %d", number)
		}
		r.own[number], offsets[offset] = body, number
	}
	return offsets
}

// stream reads and decodes the data after a dictionary (ISO 32000-1, 7.3.8).
func (p *parser) stream(head any) *stream {
	d, _ := head.(dict)
	length, ok := d["Length"].(int)
	p.take("\nstream\n")
	if !ok || length > len(p.data)-p.at {
		p.fail("length of a stream")
	}
	s := &stream{d, p.data[p.at : p.at+length]}
	p.at += length
	p.take("\nendstream")
	switch d["Filter"] {
	case nil:
	case name("FlateDecode"):
		s.data = p.inflate(s.data)
	default:
		p.fail("filter %v", d["Filter"])
	}
	return s
}

func (p *parser) inflate(data []byte) []byte {
	in := bytes.NewReader(data)
	r, err := zlib.NewReader(in)
	if err != nil {
		p.fail("stream: %v", err)
	}
	out, err := io.ReadAll(io.LimitReader(r, 16<<20))
	if err != nil || in.Len() > 0 {
		p.fail("stream: %v, %d bytes left", err, in.Len())
	}
	return out
}

// table compares the cross-reference stream of a first revision with where
// things are, and reads the object streams it names.
func (d *document) table(s *stream, offsets map[int]int) {
	p := &parser{data: s.data}
	if fmt.Sprint(s.dict["W"]) != "[1 4 2]" || len(s.data) != 7*(d.count()) {
		p.fail("cross-reference stream of %d bytes", len(s.data))
	}
	packed := map[int][]int{} // numbers in each object stream, in order
	for n := 1; n < d.count(); n++ {
		row := s.data[7*n:]
		where, within := int(binary.BigEndian.Uint32(row[1:])), int(binary.BigEndian.Uint16(row[5:]))
		switch {
		case row[0] == 1 && offsets[where] == n && within == 0:
		case row[0] == 2 && within == len(packed[where]) && d.objects[n] == nil:
			packed[where] = append(packed[where], n)
		default:
			p.fail("cross-reference of object %d", n)
		}
	}
	for container, numbers := range packed {
		d.unpack(container, numbers)
	}
}

// table compares that of a later revision, which names its own objects and no
// other.
func (r *revision) table(s *stream, offsets map[int]int) {
	p := &parser{data: s.data}
	index, _ := s.dict["Index"].(array)
	var numbers []int
	for i := 0; i+1 < len(index); i += 2 {
		first, _ := index[i].(int)
		count, _ := index[i+1].(int)
		for n := range count {
			numbers = append(numbers, first+n)
		}
	}
	if fmt.Sprint(s.dict["W"]) != "[1 4 2]" || !slices.Equal(numbers, slices.Sorted(maps.Keys(r.own))) || len(s.data) != 7*len(numbers) {
		p.fail("cross-reference stream of %d bytes for %v", len(s.data), index)
	}
	for i, n := range numbers {
		row := s.data[7*i:]
		if row[0] != 1 || offsets[int(binary.BigEndian.Uint32(row[1:]))] != n || row[5] != 0 || row[6] != 0 {
			p.fail("cross-reference of object %d", n)
		}
	}
}

// count is the size the trailer tells.
func (d *document) count() int {
	n, _ := d.trailer["Size"].(int)
	return n
}

// unpack reads the objects of an object stream (ISO 32000-1, 7.5.7).
func (d *document) unpack(container int, numbers []int) {
	s := d.stream(ref(container))
	p := &parser{data: s.data}
	first, _ := s.dict["First"].(int)
	if s.dict["Type"] != name("ObjStm") || s.dict["N"] != len(numbers) {
		p.fail("object stream %d", container)
	}
	offsets := make([]int, len(numbers))
	for i, n := range numbers {
		if p.value() != n {
			p.fail("object %d in its stream", n)
		}
		offsets[i], _ = p.value().(int)
		p.space()
	}
	for i, n := range numbers {
		if p.at != first+offsets[i] {
			p.fail("object %d does not start there", n)
		}
		d.objects[n] = p.value()
		p.take("\n")
	}
	if !p.done() {
		p.fail("data after the last object")
	}
}
