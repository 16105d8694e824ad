package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// header has four bytes above 127 so that transfer programs see a binary file
// (ISO 32000-1, 7.5.2).
const header = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

// place is an entry of the cross-reference stream (ISO 32000-1, 7.5.8): an
// offset in the file, or the object stream and the index in it.
type place struct {
	kind   byte // 1 plain, 2 packed
	where  int
	within int
}

// bytes writes every object and the cross-reference stream, which is the
// trailer too. The identifier is drawn from the objects, so it is as
// reproducible as they are.
func (o *objects) bytes(root, info int) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(o.size())
	out.WriteString(header)
	places := make([]place, len(o.bodies)+2) // with the two streams below
	for i, body := range o.bodies {
		if !o.packed[i+1] {
			places[i] = place{kind: 1, where: out.Len()}
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
		}
	}
	container := len(o.bodies) + 1
	packed, err := o.pack(container, places)
	if err != nil {
		return nil, err
	}
	places[container-1] = place{kind: 1, where: out.Len()}
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", container, packed)
	places[container] = place{kind: 1, where: out.Len()}
	return finish(&out, places, root, info)
}

// pack writes the object stream and notes where each object in it is.
func (o *objects) pack(container int, places []place) ([]byte, error) {
	var index, bodies bytes.Buffer
	count := 0
	for i, body := range o.bodies {
		if o.packed[i+1] {
			places[i] = place{kind: 2, where: container, within: count}
			fmt.Fprintf(&index, "%d %d ", i+1, bodies.Len())
			bodies.Write(body)
			bodies.WriteByte('\n')
			count++
		}
	}
	first := index.Len()
	index.Write(bodies.Bytes())
	data, err := deflated(index.Bytes())
	if err != nil {
		return nil, err
	}
	return streamBody(fmt.Sprintf(" /Type /ObjStm /N %d /First %d", count, first), data), nil
}

// finish writes the cross-reference stream, last of the objects.
func finish(out *bytes.Buffer, places []place, root, info int) ([]byte, error) {
	start, number := out.Len(), len(places)
	rows := []byte{0, 0, 0, 0, 0, 0xFF, 0xFF} // object 0 is free
	for _, p := range places {
		rows = binary.BigEndian.AppendUint32(append(rows, p.kind), uint32(p.where))
		rows = binary.BigEndian.AppendUint16(rows, uint16(p.within))
	}
	data, err := deflated(rows)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(out.Bytes())
	extra := fmt.Sprintf(" /Type /XRef /W [1 4 2] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]", number+1, root, info, id[:16], id[:16])
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", number, streamBody(extra, data), start)
	return out.Bytes(), nil
}

// size is a little more than the file will have.
func (o *objects) size() int {
	n := 8 << 10
	for i, body := range o.bodies {
		if !o.packed[i+1] {
			n += len(body) + 32
		}
	}
	return n
}
