package revision

import (
	"bytes"
	"fmt"
	"strconv"
)

// Entry is a key, without its slash, and a value as written.
type Entry struct {
	Key   string
	Value []byte
}

// Dict is a dictionary whose entries keep their order and, unless they are
// changed, their bytes.
type Dict []Entry

// ParseDict reads a dictionary and nothing else.
func ParseDict(body []byte) (Dict, error) {
	s := &scanner{data: body}
	if s.space(); !s.has("<<") {
		return nil, s.fault("no dictionary")
	}
	d, err := s.dict(0)
	if s.space(); err == nil && s.at != len(body) {
		err = s.fault("more than a dictionary")
	}
	return d, err
}

// Get gives the value of a key, nil if there is none.
func (d Dict) Get(key string) []byte {
	for _, e := range d {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

// With gives a copy with one entry added or replaced.
func (d Dict) With(key string, value []byte) Dict {
	out := append(Dict(nil), d...)
	for i := range out {
		if out[i].Key == key {
			out[i].Value = value
			return out
		}
	}
	return append(out, Entry{key, value})
}

// Bytes writes the dictionary.
func (d Dict) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("<<")
	for i, e := range d {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "/%s %s", e.Key, e.Value)
	}
	b.WriteString(">>")
	return b.Bytes()
}

// ParseArray gives the items of an array; of nothing, none.
func ParseArray(value []byte) ([][]byte, error) {
	if value == nil {
		return nil, nil
	}
	s := &scanner{data: value}
	if s.space(); !s.has("[") {
		return nil, s.fault("no array")
	}
	s.at++
	return s.list("]", 0)
}

// Array writes items as an array.
func Array(items [][]byte) []byte {
	return append(append([]byte("["), bytes.Join(items, []byte(" "))...), ']')
}

// Ref writes a reference to an object.
func Ref(number int) []byte { return fmt.Appendf(nil, "%d 0 R", number) }

// ParseRef reads a reference; ok is false if the value is something else.
func ParseRef(value []byte) (number int, ok bool) {
	digits, found := bytes.CutSuffix(value, []byte(" 0 R"))
	number, err := strconv.Atoi(string(digits))
	return number, found && err == nil && number > 0
}

func integer(value []byte) (int, error) {
	n, err := strconv.Atoi(string(value))
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%w: number %q", ErrUnexpected, value)
	}
	return n, nil
}
