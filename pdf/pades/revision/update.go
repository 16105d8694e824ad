package revision

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// Update is a revision being written.
type Update struct {
	file   *File
	bodies map[int][]byte
	next   int
}

// Update begins a revision.
func (f *File) Update() (*Update, error) {
	size, err := integer(f.trailer.Get("Size"))
	if err != nil {
		return nil, err
	}
	return &Update{f, map[int][]byte{}, size}, nil
}

// Add takes a new object and gives its number.
func (u *Update) Add(body []byte) int {
	u.bodies[u.next] = body
	u.next++
	return u.next - 1
}

// Set replaces an object.
func (u *Update) Set(number int, body []byte) { u.bodies[number] = body }

// Bytes gives the file with the revision at its end: the objects in the order
// of their numbers, and a cross-reference section of the kind that the file
// has. The second part of the identifier is drawn from the objects.
func (u *Update) Bytes() []byte {
	var out bytes.Buffer
	out.Write(u.file.data)
	numbers := make([]int, 0, len(u.bodies)+1)
	for n := range u.bodies {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	offsets := map[int]int{}
	for _, n := range numbers {
		offsets[n] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, u.bodies[n])
	}
	id := sha256.Sum256(out.Bytes()[len(u.file.data):])
	if u.file.table {
		u.writeTable(&out, numbers, offsets, id[:16])
	} else {
		u.writeStream(&out, numbers, offsets, id[:16])
	}
	return out.Bytes()
}

// trailer gives the entries that both kinds of section have.
func (u *Update) trailer(size int, id []byte) string {
	old := u.file.trailer
	first := old.Get("ID")
	if items, err := ParseArray(first); err == nil && len(items) == 2 {
		first = Array([][]byte{items[0], fmt.Appendf(nil, "<%x>", id)})
	}
	return fmt.Sprintf("/Size %d /Prev %d /Root %s /Info %s /ID %s", size, u.file.start, old.Get("Root"), old.Get("Info"), first)
}

func (u *Update) writeTable(out *bytes.Buffer, numbers []int, offsets map[int]int, id []byte) {
	start := out.Len()
	out.WriteString("xref\n")
	for _, run := range runs(numbers) {
		fmt.Fprintf(out, "%d %d\n", run[0], len(run))
		for _, n := range run {
			fmt.Fprintf(out, "%010d 00000 n \n", offsets[n])
		}
	}
	fmt.Fprintf(out, "trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", u.trailer(u.next, id), start)
}

func (u *Update) writeStream(out *bytes.Buffer, numbers []int, offsets map[int]int, id []byte) {
	start := out.Len()
	numbers, offsets[u.next] = append(numbers, u.next), start // the section itself
	var index, rows []byte
	for _, run := range runs(numbers) {
		index = fmt.Appendf(index, " %d %d", run[0], len(run))
		for _, n := range run {
			rows = binary.BigEndian.AppendUint32(append(rows, 1), uint32(offsets[n]))
			rows = append(rows, 0, 0)
		}
	}
	fmt.Fprintf(out, "%d 0 obj\n<</Type /XRef /W [1 4 2] /Index [%s] /Length %d %s>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		u.next, index[1:], len(rows), u.trailer(u.next+1, id), rows, start)
}

// runs splits ascending numbers where one is missing.
func runs(numbers []int) (out [][]int) {
	for i, n := range numbers {
		if i == 0 || n != numbers[i-1]+1 {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], n)
	}
	return out
}
