package revision

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
)

// rowSize of our cross-reference streams: kind, four bytes of offset, two more.
const rowSize = 7

// File is a PDF to which a revision can be added.
type File struct {
	data    []byte
	offsets map[int]int // of plain objects; 0 for others
	trailer Dict        // of the newest revision
	start   int         // of the newest cross-reference section
	table   bool        // whether that is a table
}

// Open reads the cross-reference sections of a file, newest first. The data is
// kept and must not be changed.
func Open(data []byte) (*File, error) {
	f := &File{data: data, offsets: map[int]int{}}
	var err error
	if f.start, err = lastStart(data); err != nil {
		return nil, err
	}
	for at, before := f.start, len(data); ; {
		if at >= before { // always towards the beginning
			return nil, fmt.Errorf("%w: cross-reference at byte %d", ErrUnexpected, at)
		}
		trailer, err := f.section(at)
		if err != nil {
			return nil, err
		}
		if f.trailer == nil {
			f.trailer = trailer
		}
		if trailer.Get("Prev") == nil {
			return f, nil
		}
		before = at
		if at, err = integer(trailer.Get("Prev")); err != nil {
			return nil, err
		}
	}
}

// lastStart reads the last line but one.
func lastStart(data []byte) (int, error) {
	end, found := bytes.CutSuffix(data, []byte("\n%%EOF\n"))
	i := bytes.LastIndex(end, []byte("startxref\n"))
	if !found || i < 0 {
		return 0, fmt.Errorf("%w: end of file", ErrUnexpected)
	}
	return integer(end[i+len("startxref\n"):])
}

func (f *File) section(at int) (Dict, error) {
	if bytes.HasPrefix(f.data[at:], []byte("xref\n")) {
		f.table = f.table || at == f.start
		return f.readTable(&scanner{f.data, at + len("xref\n")})
	}
	return f.readStream(at)
}

// readTable reads a classic table (ISO 32000-1, 7.5.4) and its trailer.
func (f *File) readTable(s *scanner) (Dict, error) {
	for s.space(); !s.has("trailer"); s.space() {
		first, err1 := strconv.Atoi(string(s.word()))
		s.space()
		count, err2 := strconv.Atoi(string(s.word()))
		if s.space(); err1 != nil || err2 != nil || count < 0 || count > (len(f.data)-s.at)/20 {
			return nil, s.fault("cross-reference table")
		}
		for i := range count {
			row := f.data[s.at+20*i:][:20]
			offset, err := strconv.Atoi(string(row[:10]))
			if err != nil {
				return nil, s.fault("cross-reference entry")
			}
			f.note(first+i, row[17] == 'n', offset)
		}
		s.at += 20 * count
	}
	s.at += len("trailer")
	if s.space(); !s.has("<<") {
		return nil, s.fault("trailer")
	}
	return s.dict(0)
}

// note keeps the newest place of an object.
func (f *File) note(number int, plain bool, offset int) {
	if _, newer := f.offsets[number]; newer {
		return
	}
	if !plain {
		offset = 0
	}
	f.offsets[number] = offset
}

// readStream reads a cross-reference stream (ISO 32000-1, 7.5.8) of the widths
// that we write.
func (f *File) readStream(at int) (Dict, error) {
	d, rows, err := f.streamAt(at)
	if err != nil {
		return nil, err
	}
	if string(d.Get("Type")) != "/XRef" || string(d.Get("W")) != "[1 4 2]" {
		return nil, fmt.Errorf("%w: cross-reference stream", ErrUnexpected)
	}
	index := d.Get("Index")
	if index == nil {
		index = fmt.Appendf(nil, "[0 %s]", d.Get("Size"))
	}
	ranges, err := ParseArray(index)
	if err != nil {
		return nil, err
	}
	for pair := range slices.Chunk(ranges, 2) {
		if rows, err = f.readRows(pair, rows); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// readRows reads the entries of one range and gives the rows after it.
func (f *File) readRows(pair [][]byte, rows []byte) ([]byte, error) {
	if len(pair) != 2 {
		return nil, fmt.Errorf("%w: cross-reference index", ErrUnexpected)
	}
	first, err := integer(pair[0])
	if err != nil {
		return nil, err
	}
	count, err := integer(pair[1])
	if err != nil || count > len(rows)/rowSize {
		return nil, fmt.Errorf("%w: cross-reference index", ErrUnexpected)
	}
	for i := range count {
		row := rows[rowSize*i:]
		f.note(first+i, row[0] == 1, int(binary.BigEndian.Uint32(row[1:])))
	}
	return rows[rowSize*count:], nil
}
