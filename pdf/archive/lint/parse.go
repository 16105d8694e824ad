package lint

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
)

// syntaxError is thrown by the parser and caught by [open].
type syntaxError struct{ error }

// parser reads objects and operators. It knows the syntax that pdf/archive and
// gofpdf write, and throws a syntaxError at anything else: no comments, no
// escapes in names or strings.
type parser struct {
	data []byte
	at   int
}

func (p *parser) fail(format string, args ...any) {
	panic(syntaxError{fmt.Errorf("byte %d: %s", p.at, fmt.Sprintf(format, args...))})
}

func (p *parser) space() {
	for p.at < len(p.data) && bytes.IndexByte([]byte(" \n\r\t"), p.data[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) done() bool {
	p.space()
	return p.at >= len(p.data)
}

// take reads exactly s.
func (p *parser) take(s string) {
	if !bytes.HasPrefix(p.data[p.at:], []byte(s)) {
		p.fail("want %q", s)
	}
	p.at += len(s)
}

func (p *parser) has(s string) bool { return bytes.HasPrefix(p.data[p.at:], []byte(s)) }

// until reads up to a byte and skips it.
func (p *parser) until(end byte) []byte {
	n := bytes.IndexByte(p.data[p.at:], end)
	if n < 0 {
		p.fail("no %q", end)
	}
	out := p.data[p.at : p.at+n]
	p.at += n + 1
	return out
}

// word reads up to the next delimiter.
func (p *parser) word() string {
	start := p.at
	for p.at < len(p.data) && bytes.IndexByte([]byte(" \n\r\t<>[]()/"), p.data[p.at]) < 0 {
		p.at++
	}
	return string(p.data[start:p.at])
}

// operator is a word of a content stream.
type operator string

// value reads the next object; a word that is none is an operator.
func (p *parser) value() any {
	p.space()
	switch {
	case p.at >= len(p.data):
		p.fail("end of data")
	case p.has("<<"):
		return p.dictionary()
	case p.has("["):
		return p.list()
	case p.has("<"):
		return p.hex()
	case p.has("("):
		return p.literal()
	case p.has("/"):
		p.at++
		return name(p.word())
	}
	return p.atom()
}

func (p *parser) atom() any {
	start := p.at
	switch w := p.word(); w {
	case "":
		p.fail("no object")
	case "true", "false":
		return w == "true"
	case "null":
		return nil
	default:
		if !numeral.MatchString(w) {
			break
		}
		if n, err := strconv.Atoi(w); err == nil {
			return p.reference(n)
		}
		if f, err := strconv.ParseFloat(w, 64); err == nil {
			return f
		}
	}
	return operator(p.data[start:p.at])
}

// numeral is a number as PDF 7.3.3 has it: exponents are none of its syntax.
var numeral = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)$`)

// reference looks whether a number begins « n 0 R ».
func (p *parser) reference(n int) any {
	if p.has(" 0 R") {
		p.at += len(" 0 R")
		return ref(n)
	}
	return n
}

// item is a value within another, where no operator may stand.
func (p *parser) item() any {
	v := p.value()
	if op, ok := v.(operator); ok {
		p.fail("%q", op)
	}
	return v
}

func (p *parser) dictionary() dict {
	p.take("<<")
	d := dict{}
	for p.space(); !p.has(">>"); p.space() {
		key, ok := p.value().(name)
		if !ok {
			p.fail("key of a dictionary")
		}
		if _, twice := d[key]; twice {
			p.fail("key /%s twice", key)
		}
		d[key] = p.item()
	}
	p.take(">>")
	return d
}

func (p *parser) list() array {
	p.take("[")
	a := array{}
	for p.space(); !p.has("]"); p.space() {
		a = append(a, p.item())
	}
	p.take("]")
	return a
}

func (p *parser) hex() text {
	p.take("<")
	out, err := hex.DecodeString(string(p.until('>'))) // an odd number of digits is an error (6.1.6)
	if err != nil {
		p.fail("hexadecimal string: %v", err)
	}
	return text(out)
}

func (p *parser) literal() text {
	p.take("(")
	out := p.until(')')
	if bytes.ContainsAny(out, `(\`) {
		p.fail("string %q", out)
	}
	return text(out)
}
