package archive

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf16"
)

// objects is a file being written: bodies in the order of their numbers, the
// first one is object 1. Packed ones go together into one compressed object
// stream (ISO 32000-1, 7.5.7): a structure tree is a hundred small objects that
// look alike. What archiving changes stays plain: catalog, page tree, first page
// and field; and what a reader of bytes may want to find: links and the seal.
type objects struct {
	bodies    [][]byte
	packed    []int // of each body: its place in the object stream, from 1; 0 for a plain one
	container int   // the object stream, 0 before
}

// clone is a file that shares all bodies so far.
func (o *objects) clone() *objects {
	return &objects{bodies: slices.Clone(o.bodies), packed: slices.Clone(o.packed), container: o.container}
}

// extend adds to a body that other clones keep as it is.
func (o *objects) extend(number int, more string) {
	o.set(number, slices.Concat(o.bodies[number-1], []byte(more)))
}

// reserve takes a number for a body that comes later.
func (o *objects) reserve() int { return o.add(nil) }

// reservePacked does so for one that goes into the object stream.
func (o *objects) reservePacked() int {
	n := o.add(nil)
	o.packed[n-1] = 1 // until pack knows the place
	return n
}

// add gives a body the next number.
func (o *objects) add(body []byte) int {
	o.bodies, o.packed = append(o.bodies, body), append(o.packed, 0)
	return len(o.bodies)
}

func (o *objects) addf(format string, args ...any) int {
	return o.add(fmt.Appendf(nil, format, args...))
}

func (o *objects) packf(format string, args ...any) int {
	n := o.reservePacked()
	o.setf(n, format, args...)
	return n
}

func (o *objects) set(number int, body []byte) { o.bodies[number-1] = body }

func (o *objects) setf(number int, format string, args ...any) {
	o.set(number, fmt.Appendf(nil, format, args...))
}

// stream adds data, compressed; extra are dictionary entries beside length and
// filter.
func (o *objects) stream(extra string, data []byte) (int, error) {
	body, err := streamBody(extra, data)
	return o.add(body), err
}

// streamBody is a stream of data, compressed.
func streamBody(extra string, data []byte) (body []byte, err error) {
	err = deflated(data, func(packed []byte) {
		body = append(make([]byte, 0, len(packed)+len(extra)+64), "<</Length "...)
		body = strconv.AppendInt(body, int64(len(packed)), 10)
		body = append(append(append(body, " /Filter /FlateDecode"...), extra...), ">>\nstream\n"...)
		body = append(append(body, packed...), "\nendstream"...)
	})
	return body, err
}

// text is a PDF text string: UTF-16 with its mark, in hex, so that nothing in
// it can be mistaken for syntax.
func text(s string) string {
	out := append(make([]byte, 0, 4*len(s)+6), "<FEFF"...)
	for _, unit := range utf16.Encode([]rune(s)) {
		for shift := 12; shift >= 0; shift -= 4 {
			out = append(out, "0123456789ABCDEF"[unit>>shift&15])
		}
	}
	return string(append(out, '>'))
}

// ascii is a PDF byte string in hex, for addresses.
func ascii(s string) string { return fmt.Sprintf("<%X>", s) }
