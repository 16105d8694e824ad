package lint

import (
	"fmt"
	"slices"
	"strings"
)

// page is what the content stream of a page turned out to hold.
type page struct {
	dict    dict
	marks   map[int]*mark // by MCID
	codes   map[name]map[int]bool
	stray   []string // painted outside any marked content
	aside   []dict   // artifacts that hold text
	broken  []string // marked content or graphics state out of order
	unknown []string // operators that no certificate needs
	depth   int      // of q, at most
}

// mark is a marked-content sequence.
type mark struct {
	role     name
	text     string
	artifact dict // what it is instead of content
}

// Operators by what they do (ISO 32000-1, annex A). Images, shadings,
// transparency, external objects and text state that could hide text are not
// among them: a certificate does without.
var (
	painting = strings.Fields("S s f f* B B* b b* Tj TJ")
	harmless = strings.Fields("q Q cm w J j M d m l c v y h re W n BT ET Td Tf rg RG g G")
)

// interpreter follows the operators of one page.
type interpreter struct {
	*page
	doc    *document
	open   []*mark
	states int // open q
	inText bool
	font   name
}

// interpret reads the content of a page, or says why it cannot be read.
func (d *document) interpret(p dict) (result *page, err error) {
	defer func() {
		if r := recover(); r != nil {
			result, err = nil, fmt.Errorf("%v", r)
		}
	}()
	in := &interpreter{page: &page{dict: p, marks: map[int]*mark{}, codes: map[name]map[int]bool{}}, doc: d}
	content := &parser{data: d.stream(p["Contents"]).data}
	var operands []any
	for !content.done() {
		v := content.value()
		if op, ok := v.(operator); ok {
			in.operator(string(op), operands)
			operands = nil
		} else {
			operands = append(operands, v)
		}
	}
	if len(in.open) > 0 || in.states != 0 || in.inText || len(operands) > 0 {
		in.note("the stream ends inside something")
	}
	return in.page, nil
}

func (in *interpreter) note(format string, args ...any) {
	in.broken = append(in.broken, fmt.Sprintf(format, args...))
}

func (in *interpreter) operator(op string, operands []any) {
	switch op {
	case "BDC":
		in.begin(operands)
	case "EMC":
		if len(in.open) == 0 {
			in.note("EMC without BDC")
			return
		}
		in.open = in.open[:len(in.open)-1]
	case "q", "Q":
		in.state(op)
	case "BT", "ET":
		if in.inText == (op == "BT") {
			in.note("%s out of order", op)
		}
		in.inText = op == "BT"
	case "Tf":
		in.font, _ = operands[0].(name)
	case "Tj", "TJ":
		in.show(operands)
	}
	if slices.Contains(painting, op) && len(in.open) == 0 {
		in.stray = append(in.stray, op)
	}
	if op != "BDC" && op != "EMC" && !slices.Contains(painting, op) && !slices.Contains(harmless, op) {
		in.unknown = append(in.unknown, op)
	}
}

func (in *interpreter) state(op string) {
	if op == "Q" {
		in.states--
	} else {
		in.states++
	}
	in.depth = max(in.depth, in.states)
	if in.states < 0 || in.inText {
		in.note("%s out of order", op)
	}
}

// begin opens marked content: of an element, or an artifact with its kind.
// Neither may stand inside another one (ISO 14289-1, 7.1).
func (in *interpreter) begin(operands []any) {
	role, _ := operands[0].(name)
	properties, _ := operands[1].(dict)
	if len(in.open) > 0 || in.inText {
		in.note("/%s inside other content", role)
	}
	id, ok := properties["MCID"].(int)
	switch {
	case role == "Artifact" && !ok && properties["Type"] != nil:
		in.open = append(in.open, &mark{artifact: properties})
		return
	case role == "Artifact" || !ok:
		in.note("/%s with %v", role, properties)
	case in.marks[id] != nil:
		in.note("MCID %d twice", id)
	}
	m := &mark{role: role}
	in.marks[id] = m
	in.open = append(in.open, m)
}

// show reads text: codes of two bytes, of which the font knows the letters.
func (in *interpreter) show(operands []any) {
	codes := in.codes[in.font]
	if codes == nil {
		codes = map[int]bool{}
		in.codes[in.font] = codes
	}
	walk(operands[0], func(v any) {
		s, _ := v.(text)
		for i := 0; i+1 < len(s); i += 2 {
			code := int(s[i])<<8 | int(s[i+1])
			codes[code] = true
			in.letter(code)
		}
		if len(s)%2 != 0 {
			in.note("half a code")
		}
	})
}

func (in *interpreter) letter(code int) {
	if len(in.open) == 0 {
		return
	}
	m := in.open[len(in.open)-1]
	if m.artifact != nil && m.text == "" {
		in.aside = append(in.aside, m.artifact)
	}
	fonts := in.doc.dict(in.doc.get(in.dict, "Resources", "Font"))
	m.text += string(in.doc.unicode(fonts[in.font])[code])
}
