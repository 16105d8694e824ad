package revision

import (
	"bytes"
	"fmt"
	"strconv"
)

// maxDepth of nested objects. Our files have less than ten.
const maxDepth = 32

// scanner walks over PDF objects (ISO 32000-1, 7.3) to find where they end.
type scanner struct {
	data []byte
	at   int
}

func (s *scanner) space() {
	for s.at < len(s.data) && isSpace(s.data[s.at]) {
		s.at++
	}
}

func isSpace(c byte) bool     { return bytes.IndexByte([]byte("\x00\t\n\f\r "), c) >= 0 }
func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func (s *scanner) has(text string) bool { return bytes.HasPrefix(s.data[s.at:], []byte(text)) }

func (s *scanner) fault(what string) error {
	return fmt.Errorf("%w: %s at byte %d", ErrUnexpected, what, s.at)
}

// object gives the next object, with the space before it left out. A reference
// counts as one.
func (s *scanner) object(depth int) ([]byte, error) {
	s.space()
	start := s.at
	if depth > maxDepth {
		return nil, s.fault("nesting")
	}
	var err error
	switch {
	case s.at >= len(s.data):
		return nil, s.fault("end of data")
	case s.has("<<"):
		_, err = s.dict(depth + 1)
	case s.has("<"):
		err = s.until('>')
	case s.has("("):
		err = s.literal()
	case s.has("["):
		s.at++
		_, err = s.list("]", depth+1)
	case s.has("/"):
		s.at++
		s.word()
	default:
		err = s.plain()
	}
	return s.data[start:s.at], err
}

// list reads objects up to a closing text.
func (s *scanner) list(end string, depth int) (items [][]byte, err error) {
	for {
		if s.space(); s.has(end) {
			s.at += len(end)
			return items, nil
		}
		item, err := s.object(depth)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
}

func (s *scanner) dict(depth int) (Dict, error) {
	s.at += len("<<")
	items, err := s.list(">>", depth)
	if err != nil {
		return nil, err
	}
	if len(items)%2 != 0 {
		return nil, s.fault("odd dictionary")
	}
	var d Dict
	for i := 0; i < len(items); i += 2 {
		if items[i][0] != '/' || d.Get(string(items[i][1:])) != nil {
			return nil, s.fault("dictionary key")
		}
		d = append(d, Entry{string(items[i][1:]), items[i+1]})
	}
	return d, nil
}

func (s *scanner) until(end byte) error {
	n := bytes.IndexByte(s.data[s.at:], end)
	if n < 0 {
		return s.fault("open string")
	}
	s.at += n + 1
	return nil
}

// literal walks over a string in parentheses, which may be nested or escaped.
func (s *scanner) literal() error {
	open := 0
	for ; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '\\':
			s.at++
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				s.at++
				return nil
			}
		}
	}
	s.at = len(s.data)
	return s.fault("open string")
}

func (s *scanner) word() []byte {
	start := s.at
	for s.at < len(s.data) && !isSpace(s.data[s.at]) && !isDelimiter(s.data[s.at]) {
		s.at++
	}
	return s.data[start:s.at]
}

// plain walks over a number, a keyword or a reference.
func (s *scanner) plain() error {
	word := s.word()
	if len(word) == 0 {
		return s.fault("object")
	}
	if _, err := strconv.Atoi(string(word)); err == nil {
		ahead := *s
		if ahead.space(); ahead.has("0 R") {
			ahead.at += len("0 R")
			*s = ahead
		}
	}
	return nil
}
