package pdf

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// block is a piece of a declaration: a heading, a paragraph, or a paragraph of
// a list item.
type block struct {
	heading int    // level, 0 for running text
	marker  string // "•" or "1." before the first paragraph of an item
	lists   []list // it stands in, the innermost one last
	spans   []span
}

// list is one of the lists of a text.
type list struct {
	number  int // tells it from the others
	ordered bool
}

// text is the whole block in one style.
func (b block) text() string {
	var s strings.Builder
	for _, sp := range b.spans {
		s.WriteString(sp.text)
	}
	return strings.TrimSpace(s.String())
}

type span struct {
	text string
	bold bool
}

// commonMark is shared: it keeps nothing of what it reads.
var commonMark = goldmark.DefaultParser()

// markdown reads a declaration. What is no text, heading, list or emphasis is
// shown as it is written: nothing of a signed text may be lost.
func markdown(source string) []block {
	src := []byte(source)
	r := reader{source: src}
	r.children(commonMark.Parse(text.NewReader(src)), block{})
	return r.blocks
}

type reader struct {
	source []byte
	blocks []block
	lists  int // so far
}

func (r *reader) children(parent ast.Node, style block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n, style)
		style.marker = "" // only before the first
	}
}

func (r *reader) block(n ast.Node, style block) {
	switch n := n.(type) {
	case *ast.Heading:
		style.heading = n.Level
		r.leaf(n, style)
	case *ast.Paragraph, *ast.TextBlock:
		r.leaf(n, style)
	case *ast.List:
		r.list(n, style)
	case *ast.ThematicBreak:
	default:
		if n.Type() == ast.TypeBlock && n.HasChildren() {
			r.children(n, style)
			return
		}
		r.verbatim(n, style)
	}
}

func (r *reader) list(n *ast.List, style block) {
	r.lists++
	style.lists = append(slices.Clone(style.lists), list{r.lists, n.IsOrdered()})
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		style.marker = "•"
		if n.IsOrdered() {
			style.marker = strconv.Itoa(number) + "."
			number++
		}
		r.children(item, style)
	}
}

func (r *reader) leaf(n ast.Node, style block) {
	style.spans = r.inline(n, false)
	r.blocks = append(r.blocks, style)
}

// verbatim keeps the lines of a code or HTML block as they are.
func (r *reader) verbatim(n ast.Node, style block) {
	lines := strings.Split(strings.TrimRight(string(n.Lines().Value(r.source)), "\n"), "\n")
	for _, l := range lines {
		style.spans = []span{{text: l}}
		r.blocks = append(r.blocks, style)
	}
}

func (r *reader) inline(parent ast.Node, bold bool) []span {
	var spans []span
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			spans = append(spans, span{r.text(n), bold})
		case *ast.String:
			spans = append(spans, span{string(n.Value), bold})
		case *ast.RawHTML:
			spans = append(spans, span{string(n.Segments.Value(r.source)), bold})
		case *ast.AutoLink:
			spans = append(spans, span{string(n.Label(r.source)), bold})
		case *ast.Emphasis:
			spans = append(spans, r.inline(n, true)...)
		default:
			spans = append(spans, r.inline(n, bold)...)
		}
	}
	return spans
}

func (r *reader) text(n *ast.Text) string {
	s := string(n.Segment.Value(r.source))
	if !n.IsRaw() {
		s = unescape(s)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		s += " "
	}
	return s
}

// unescape resolves backslash escapes and character references in one pass, as
// CommonMark wants: \&amp; is the five characters &amp;.
func unescape(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := 1
		switch {
		case s[0] == '\\' && len(s) > 1 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[1]) >= 0:
			b.WriteByte(s[1])
			n = 2
		case s[0] == '&':
			if end := strings.IndexByte(s, ';'); end > 0 && end < 32 {
				n = end + 1
			}
			b.WriteString(html.UnescapeString(s[:n]))
		default:
			b.WriteByte(s[0])
		}
		s = s[n:]
	}
	return b.String()
}
