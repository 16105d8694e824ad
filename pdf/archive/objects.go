package archive

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"unicode/utf16"
)

// objects is a file being written: bodies in the order of their numbers, the
// first one is object 1.
type objects struct{ bodies [][]byte }

// reserve takes a number for a body that comes later.
func (o *objects) reserve() int { return o.add(nil) }

// add gives a body the next number.
func (o *objects) add(body []byte) int {
	o.bodies = append(o.bodies, body)
	return len(o.bodies)
}

func (o *objects) addf(format string, args ...any) int {
	return o.add(fmt.Appendf(nil, format, args...))
}

func (o *objects) setf(number int, format string, args ...any) {
	o.bodies[number-1] = fmt.Appendf(nil, format, args...)
}

// stream adds deflated data; extra are dictionary entries beside length and
// filter.
func (o *objects) stream(extra string, data []byte) int {
	body := fmt.Appendf(nil, "<</Length %d /Filter /FlateDecode%s>>\nstream\n", len(data), extra)
	body = append(body, data...)
	return o.add(append(body, "\nendstream"...))
}

// header has four bytes above 127 so that transfer programs see a binary file
// (ISO 32000-1, 7.5.2).
const header = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

// bytes writes every object, the cross-reference table and the trailer. The
// identifier is drawn from the objects, so it is as reproducible as they are.
func (o *objects) bytes(root, info int) []byte {
	var out bytes.Buffer
	out.Grow(o.size())
	out.WriteString(header)
	offsets := make([]int, len(o.bodies))
	for i, body := range o.bodies {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	id := sha256.Sum256(out.Bytes())
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(offsets)+1, root, info, id[:16], id[:16], start)
	return out.Bytes()
}

// size is a little more than the file will have.
func (o *objects) size() int {
	n := 1024
	for _, body := range o.bodies {
		n += len(body) + 64 // object and table lines
	}
	return n
}

// text is a PDF text string: UTF-16 with its mark, in hex, so that nothing in
// it can be mistaken for syntax.
func text(s string) string {
	var b bytes.Buffer
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}

// ascii is a PDF byte string in hex, for addresses.
func ascii(s string) string { return fmt.Sprintf("<%X>", s) }
