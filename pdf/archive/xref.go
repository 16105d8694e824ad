package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
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

// pack makes the object stream, when all packed bodies are there.
func (o *objects) pack() error {
	data := make([]byte, 0, 16<<10) // a structure tree of two pages takes less
	count, offset := 0, 0
	for i, body := range o.bodies {
		if o.packed[i] > 0 {
			count++
			o.packed[i] = count
			data = append(strconv.AppendInt(data, int64(i+1), 10), ' ')
			data = append(strconv.AppendInt(data, int64(offset), 10), ' ')
			offset += len(body) + 1
		}
	}
	first := len(data)
	for i, body := range o.bodies {
		if o.packed[i] > 0 {
			data = append(append(data, body...), '\n')
		}
	}
	n, err := o.stream(fmt.Sprintf(" /Type /ObjStm /N %d /First %d", count, first), data)
	o.container = n
	return err
}

// bytes writes every object, some of them last, and the cross-reference stream,
// which is the trailer too. The identifier is drawn from the objects, so it is
// as reproducible as they are.
func (o *objects) bytes(root, info int, last []int) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(o.size())
	out.WriteString(header)
	places := make([]place, len(o.bodies)+1)
	put := func(number int) {
		places[number-1] = place{kind: 1, where: out.Len()}
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number, o.bodies[number-1])
	}
	for i, within := range o.packed {
		if within > 0 {
			places[i] = place{kind: 2, where: o.container, within: within - 1}
		} else if !slices.Contains(last, i+1) {
			put(i + 1)
		}
	}
	for _, number := range last {
		put(number)
	}
	places[len(o.bodies)] = place{kind: 1, where: out.Len()} // of the stream below
	return finish(&out, places, root, info)
}

// finish writes the cross-reference stream, last of the objects.
func finish(out *bytes.Buffer, places []place, root, info int) ([]byte, error) {
	start, number := out.Len(), len(places)
	rows := append(make([]byte, 0, 7*(number+1)), 0, 0, 0, 0, 0, 0xFF, 0xFF) // object 0 is free
	for _, p := range places {
		rows = binary.BigEndian.AppendUint32(append(rows, p.kind), uint32(p.where))
		rows = binary.BigEndian.AppendUint16(rows, uint16(p.within))
	}
	id := sha256.Sum256(out.Bytes())
	extra := fmt.Sprintf(" /Type /XRef /W [1 4 2] /Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]", number+1, root, info, id[:16], id[:16])
	body, err := streamBody(extra, rows)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", number, body, start)
	return out.Bytes(), nil
}

// size is a little more than the file will have.
func (o *objects) size() int {
	n := 8 << 10
	for i, body := range o.bodies {
		if o.packed[i] == 0 {
			n += len(body) + 32
		}
	}
	return n
}
