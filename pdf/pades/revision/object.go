package revision

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
)

// maxStream bounds what a stream is inflated to, in bytes.
const maxStream = 16 << 20

// body gives an object at an offset: the object, and the scanner after it.
func (f *File) body(at int) (number int, body []byte, s *scanner, err error) {
	s = &scanner{f.data, at}
	if at <= 0 || at >= len(f.data) {
		return 0, nil, s, s.fault("offset")
	}
	number, err = strconv.Atoi(string(s.word()))
	if err != nil || !s.has(" 0 obj\n") {
		return 0, nil, s, s.fault("no object")
	}
	s.at += len(" 0 obj\n")
	body, err = s.object(0)
	s.space()
	return number, body, s, err
}

// Object gives the body of an object that is no stream.
func (f *File) Object(number int) ([]byte, error) {
	found, body, s, err := f.body(f.offsets[number])
	if err == nil && (found != number || !s.has("endobj")) {
		err = fmt.Errorf("%w: object %d", ErrUnexpected, number)
	}
	return body, err
}

// Stream gives the data of a stream, inflated.
func (f *File) Stream(number int) ([]byte, error) {
	_, data, err := f.streamAt(f.offsets[number])
	return data, err
}

func (f *File) streamAt(at int) (Dict, []byte, error) {
	_, body, s, err := f.body(at)
	if err != nil {
		return nil, nil, err
	}
	d, err := ParseDict(body)
	if err != nil {
		return nil, nil, err
	}
	length, err := integer(d.Get("Length"))
	if err != nil || !s.has("stream\n") || length > len(f.data)-s.at-len("stream\n") {
		return nil, nil, s.fault("stream")
	}
	data := f.data[s.at+len("stream\n"):][:length]
	switch filter := d.Get("Filter"); {
	case filter == nil:
	case string(filter) == "/FlateDecode" && d.Get("DecodeParms") == nil:
		data, err = inflate(data)
	default:
		err = s.fault("filter")
	}
	return d, data, err
}

func inflate(data []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnexpected, err)
	}
	out, err := io.ReadAll(io.LimitReader(r, maxStream+1))
	if err != nil || len(out) > maxStream {
		return nil, fmt.Errorf("%w: stream", ErrUnexpected)
	}
	return out, nil
}

// Value gives what a value of a dictionary is: itself, or what it refers to.
// number is that of the object, 0 for itself.
func (f *File) Value(value []byte) (body []byte, number int, err error) {
	number, ok := ParseRef(value)
	if !ok {
		return value, 0, nil
	}
	body, err = f.Object(number)
	return body, number, err
}

// Dict gives the dictionary that a value is or refers to.
func (f *File) Dict(value []byte) (d Dict, number int, err error) {
	body, number, err := f.Value(value)
	if err != nil {
		return nil, 0, err
	}
	d, err = ParseDict(body)
	return d, number, err
}

// Catalog gives the document catalog and its object number.
func (f *File) Catalog() (Dict, int, error) { return f.Dict(f.trailer.Get("Root")) }
