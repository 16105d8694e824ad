package templates

import (
	"fmt"
	"html/template"
	"strings"

	"jachete/workflow"
)

// Field is one line of a form: label, hint, what was typed and what is wrong
// with it. The block "field" of blocks.html draws it.
type Field struct {
	Name, Value        string
	Label, Hint, Error string
	Autocomplete       string // WCAG 1.3.5
	InputMode          string // the right keyboard on a phone
	Width              string // "code", "date", "short" or empty: tells the expected length
	MaxLength          string
}

// Describedby lists the ids that explain the field, for screen readers.
func (f Field) Describedby() string {
	switch {
	case f.Hint != "" && f.Error != "":
		return f.Name + "-error " + f.Name + "-hint"
	case f.Error != "":
		return f.Name + "-error"
	case f.Hint != "":
		return f.Name + "-hint"
	}
	return ""
}

// Field describes a line of a form. What follows the value are pairs: "label"
// and "hint" with sentences, "autocomplete", "inputmode", "width", "maxlength".
func (f *Frame) Field(name, value string, pairs ...any) Field {
	o := values(pairs)
	return Field{Name: name, Value: value, Label: o["label"], Hint: o["hint"], Error: f.Wrong(name),
		Autocomplete: o["autocomplete"], InputMode: o["inputmode"], Width: o["width"], MaxLength: o["maxlength"]}
}

// Check is a box to tick.
type Check struct {
	Name, Label, Hint, Error string
	Checked                  bool
}

// Check describes a box; pairs as for Field.
func (f *Frame) Check(name string, checked bool, pairs ...any) Check {
	o := values(pairs)
	return Check{Name: name, Checked: checked, Label: o["label"], Hint: o["hint"], Error: f.Wrong(name)}
}

// Option is a choice of a drop-down list.
type Option struct {
	Value, Label string
	Chosen       bool
}

func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return fmt.Sprint(v)
}

// Select is a drop-down list, for the block "select".
type Select struct {
	Name, Label, Any string // Any words the choice of none
	Options          []Option
}

// Choices writes the options in one go: through the template engine, the lists
// of the register cost as much as the rest of its page.
func (s Select) Choices() template.HTML {
	var b strings.Builder
	for _, o := range s.Options {
		b.WriteString(`<option value="`)
		b.WriteString(template.HTMLEscapeString(o.Value))
		b.WriteByte('"')
		if o.Chosen {
			b.WriteString(" selected")
		}
		b.WriteByte('>')
		b.WriteString(template.HTMLEscapeString(o.Label))
		b.WriteString("</option>")
	}
	return template.HTML(b.String())
}

// Select describes a drop-down list.
func (f *Frame) Select(name string, options []Option, label, none string) Select {
	return Select{name, label, none, options}
}

// StatusMark is the state of a commitment as word, shape and colour, for the
// block "status".
type StatusMark struct {
	Status workflow.CommitmentStatus
	Words  string
}

// StatusMark describes the state of a commitment; a withdrawal with its day.
func (f *Frame) StatusMark(c workflow.Commitment) StatusMark {
	if c.Status == workflow.CommitmentWithdrawn && c.StatusOn != "" {
		return StatusMark{c.Status, f.T("status.withdrawn-on", "Day", f.CivilDay(c.StatusOn))}
	}
	return StatusMark{c.Status, f.T("status." + string(c.Status))}
}
