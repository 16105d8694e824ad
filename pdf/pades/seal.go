package pades

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf16"
)

// Places in a signature dictionary that [Seal] fills in. The second and third
// numbers of the range are ten digits wide, room for any file.
const (
	rangeHole    = "/ByteRange [0 0000000000 0000000000 0000000000]"
	rangeFormat  = "/ByteRange [0 %010d %010d %010d]"
	contentsName = "/Contents <"
	sealFilter   = "/SubFilter /ETSI.CAdES.detached"
)

// ErrLayout tells that a file is not laid out as [Dictionary] and [Seal] do it.
var ErrLayout = errors.New("pades: unexpected signature layout")

// ErrRoom tells, as an [ErrLayout], that a gap is too small.
var ErrRoom = fmt.Errorf("%w: no room", ErrLayout)

// Dictionary is the signature dictionary (ISO 32000-1, table 252; EN 319
// 142-1, table 1) of a certification that allows no later change, with holes
// for [Seal]. at is the claimed time, written in UTC to the second; size is
// [Key.Size], and the room of a timestamp token if there may be one.
func Dictionary(at time.Time, name string, size int) []byte {
	return fmt.Appendf(nil, "<</Type /Sig /Filter /Adobe.PPKLite %s /M (D:%s) /Name %s "+
		"/Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P 1 /V /1.2>>>>] "+
		"%s %s%s>>>",
		sealFilter, at.UTC().Format("20060102150405Z"), textString(name), rangeHole, contentsName, bytes.Repeat([]byte("00"), size))
}

// Seal signs a file that holds one [Dictionary] and returns it complete. The
// file given is not changed.
func Seal(random io.Reader, key Key, file []byte) ([]byte, error) {
	gap, err := findGap(file, sealFilter)
	if err != nil {
		return nil, err
	}
	out, err := fillRange(file, gap)
	if err != nil {
		return nil, err
	}
	der, err := sign(random, key, digest(out, gap))
	if err != nil {
		return nil, err
	}
	return out, gap.fill(out, der)
}

// fillRange gives a copy of the file whose one byte range tells where the gap
// is.
func fillRange(file []byte, g gap) ([]byte, error) {
	hole := []byte(rangeHole)
	if bytes.Count(file, hole) != 1 {
		return nil, fmt.Errorf("%w: byte range", ErrLayout)
	}
	out := bytes.Clone(file)
	copy(out[bytes.Index(out, hole):], fmt.Sprintf(rangeFormat, g.start, g.end, len(out)-g.end))
	return out, nil
}

// gap is the value of /Contents, brackets included: what the signature does
// not cover.
type gap struct{ start, end int }

// fill writes a CMS into the gap, zeros after it.
func (g gap) fill(file, der []byte) error {
	room := file[g.start+1 : g.end-1]
	if 2*len(der) > len(room) {
		return fmt.Errorf("%w: %d bytes, place for %d", ErrRoom, len(der), len(room)/2)
	}
	n := hex.Encode(room, der)
	for i := range room[n:] {
		room[n+i] = '0'
	}
	return nil
}

// findGap finds the gap of the last dictionary with this filter.
func findGap(file []byte, filter string) (gap, error) {
	name := []byte(contentsName)
	at := bytes.LastIndex(file, []byte(filter))
	if at < 0 {
		return gap{}, fmt.Errorf("%w: no signature", ErrLayout)
	}
	open := bytes.Index(file[at:], name)
	if open < 0 {
		return gap{}, fmt.Errorf("%w: no contents", ErrLayout)
	}
	start := at + open + len(name) - 1
	length := bytes.IndexByte(file[start:], '>')
	if length < 0 {
		return gap{}, fmt.Errorf("%w: open contents", ErrLayout)
	}
	return gap{start, start + length + 1}, nil
}

func digest(file []byte, g gap) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(file[:g.start])
	h.Write(file[g.end:])
	h.Sum(sum[:0])
	return sum
}

// textString is a PDF text string in hex (ISO 32000-1, 7.9.2).
func textString(s string) []byte {
	out := []byte("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		out = fmt.Appendf(out, "%04X", unit)
	}
	return append(out, '>')
}
