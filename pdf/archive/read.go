package archive

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
)

// ErrUnexpected tells that the input is not what gofpdf writes for a document
// of plain uncompressed pages without fonts, images or annotations.
var ErrUnexpected = errors.New("archive: not the expected gofpdf output")

var (
	trailer   = regexp.MustCompile(`^\nxref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<<\n/Size (\d+)\n/Root \d+ 0 R\n/Info \d+ 0 R\n>>\nstartxref\n(\d+)\n%%EOF\n$`)
	kids      = regexp.MustCompile(`^1 0 obj\n<</Type /Pages\n/Kids \[([^\]]*)\]\n/Count (\d+)\n`)
	resources = []byte("2 0 obj\n<<\n/ProcSet [/PDF /Text /ImageB /ImageC /ImageI]\n/Font <<\n>>\n/XObject <<\n>>\n/ColorSpace <<\n>>\n>>\nendobj\n")
	content   = regexp.MustCompile(`^\d+ 0 obj\n<</Length (\d+)>>\nstream\n`)
)

// Pages gives the content streams of the pages of a gofpdf file written with
// SetCompression(false).
func Pages(file []byte) ([][]byte, error) {
	offsets, err := readTable(file)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(file[offsets[2]:], resources) {
		return nil, fmt.Errorf("%w: resources", ErrUnexpected)
	}
	root := kids.FindSubmatch(file[offsets[1]:])
	if root == nil {
		return nil, fmt.Errorf("%w: page tree", ErrUnexpected)
	}
	count, _ := strconv.Atoi(string(root[2]))
	if len(offsets) != 2*count+5 { // free entry, tree, resources, pages, info, catalog
		return nil, fmt.Errorf("%w: %d objects for %d pages", ErrUnexpected, len(offsets)-1, count)
	}
	pages := make([][]byte, 0, count)
	for n := 1; n <= count; n++ {
		page, err := readContent(file, offsets[2*n+2])
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// readTable gives the offset of each object; entry 0 is the free one. Every
// offset is inside the file and points at the object of its number.
func readTable(file []byte) ([]int, error) {
	start := bytes.LastIndex(file, []byte("\nxref\n"))
	t := trailer.FindSubmatch(file[max(0, start):])
	if t == nil || !bytes.Equal(t[1], t[3]) || string(t[4]) != strconv.Itoa(start+1) {
		return nil, fmt.Errorf("%w: cross-reference table", ErrUnexpected)
	}
	offsets := []int{0}
	for _, entry := range bytes.SplitAfter(bytes.TrimSpace(t[2]), []byte(" n \n")) {
		offset, _ := strconv.Atoi(string(entry[:10]))
		want := fmt.Appendf(nil, "%d 0 obj\n", len(offsets))
		if offset > len(file) || !bytes.HasPrefix(file[offset:], want) {
			return nil, fmt.Errorf("%w: object %d", ErrUnexpected, len(offsets))
		}
		offsets = append(offsets, offset)
	}
	if strconv.Itoa(len(offsets)) != string(t[1]) || len(offsets) < 5 {
		return nil, fmt.Errorf("%w: number of objects", ErrUnexpected)
	}
	return offsets, nil
}

func readContent(file []byte, offset int) ([]byte, error) {
	head := content.FindSubmatchIndex(file[offset:])
	if head == nil {
		return nil, fmt.Errorf("%w: page content", ErrUnexpected)
	}
	start := offset + head[1]
	length, err := strconv.Atoi(string(file[offset+head[2] : offset+head[3]]))
	if err != nil || length > len(file)-start || !bytes.HasPrefix(file[start+length:], []byte("\nendstream\nendobj\n")) {
		return nil, fmt.Errorf("%w: length of page content", ErrUnexpected)
	}
	return file[start : start+length], nil
}
