package pdf

import (
	"jachete/pdf/archive"
	"jachete/pdf/typeset"
)

// body composes the blocks of a declaration. Its last block is apart.
func body(sect *archive.Element, blocks []block, size float64) (text, last []row) {
	c := composer{sect: sect, size: size, level: 1}
	for i, b := range blocks {
		gap := size * 0.62
		switch {
		case i == 0:
			gap = size * 1.5
		case len(b.lists) > 0:
			gap = size * 0.34
		}
		text = append(text, last...)
		last = c.block(b, gap)
	}
	return text, last
}

// composer keeps what the structure of a block depends on: the blocks before.
type composer struct {
	sect  *archive.Element
	size  float64
	level int        // of the last heading; 1 is the title of the page
	lists []openList // the innermost one last
}

// openList is a list whose next item may come.
type openList struct {
	of            list
	element, body *archive.Element // body of the last item
}

func (c *composer) block(b block, gap float64) []row {
	indent := float64(len(b.lists)) * c.size * 1.7
	rows := paragraph(margin+indent, textWidth-indent, gap, runs(b, c.size)...)
	parent := c.parent(b)
	var label *archive.Element
	if b.marker != "" {
		label, parent = c.item()
	}
	switch {
	case b.heading > 0:
		c.level = min(max(b.heading, 2), c.level+1) // no level is skipped
		heading(parent, c.level, b.text(), rows)
		for i := range rows {
			rows[i].keep = len(rows) - i // a heading stays with what follows
		}
	case label != nil:
		tagged(parent, rows)
	default:
		tagged(parent.Under(archive.RoleText), rows)
	}
	return c.labelled(rows, label, b.marker, margin+indent)
}

// item begins an item of the innermost list.
func (c *composer) item() (label, body *archive.Element) {
	open := &c.lists[len(c.lists)-1]
	item := open.element.Under(archive.RoleItem)
	open.body = item.Under(archive.RoleBody)
	return item.Under(archive.RoleLabel), open.body
}

// labelled sets the mark of an item before its first line, left of x. The mark
// reads first.
func (c *composer) labelled(rows []row, label *archive.Element, marker string, x float64) []row {
	if label != nil && len(rows) > 0 {
		mark := typeset.Run{Text: marker + " ", Style: figures(c.size)}
		first := part{x: x - c.size*1.35, line: typeset.Line{Runs: []typeset.Run{mark}}, of: label}
		rows[0].parts = append([]part{first}, rows[0].parts...)
	}
	return rows
}

// parent is the element a block stands in: the section, or the last item of
// the lists around it. Lists that ended are forgotten, new ones begin.
func (c *composer) parent(b block) *archive.Element {
	same := 0
	for same < min(len(c.lists), len(b.lists)) && c.lists[same].of == b.lists[same] {
		same++
	}
	c.lists = c.lists[:same]
	for _, l := range b.lists[same:] {
		e := c.inner().Under(archive.RoleList)
		e.Numbering = archive.NumberingDisc
		if l.ordered {
			e.Numbering = archive.NumberingDecimal
		}
		c.lists = append(c.lists, openList{of: l, element: e})
	}
	return c.inner()
}

// inner is the body of the innermost item. An item that begins with a list
// has no text and so no label of its own.
func (c *composer) inner() *archive.Element {
	if len(c.lists) == 0 {
		return c.sect
	}
	last := &c.lists[len(c.lists)-1]
	if last.body == nil {
		last.body = last.element.Under(archive.RoleItem).Under(archive.RoleBody)
	}
	return last.body
}

func runs(b block, size float64) []typeset.Run {
	style, bold := plain(size), strong(size)
	if b.heading > 0 {
		style = accented(size * 1.15)
		bold = style
	}
	out := make([]typeset.Run, 0, len(b.spans))
	for _, sp := range b.spans {
		if sp.bold {
			out = append(out, typeset.Run{Text: sp.text, Style: bold})
		} else {
			out = append(out, typeset.Run{Text: sp.text, Style: style})
		}
	}
	return out
}
