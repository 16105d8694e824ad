package mail

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode/utf8"
)

// html renders the text/html part. html/template escapes every value.
func (l letter) html(layout *template.Template) (string, error) {
	var out bytes.Buffer
	if err := layout.Execute(&out, l); err != nil {
		return "", fmt.Errorf("mail: render HTML: %w", err)
	}
	return out.String(), nil
}

// text renders the text/plain part. Lines are not folded: readers do it to
// the width they have.
func (l letter) text() string {
	var parts []string
	for _, b := range l.Body {
		parts = append(parts, b.text())
	}
	parts = append(parts, "-- ")
	for _, b := range l.Foot {
		parts = append(parts, b.text())
	}
	return strings.Join(parts, "\n\n") + "\n"
}

func (b block) text() string {
	switch b.Mark {
	case "#":
		heading := strings.Join(b.Lines, " ")
		return heading + "\n" + strings.Repeat("-", utf8.RuneCountInString(heading))
	case "1.":
		return b.eachLine(func(i int, s string) string { return fmt.Sprintf("%d. %s", i+1, s) })
	case ">":
		return b.eachLine(func(_ int, s string) string { return strings.TrimRight("> "+s, " ") })
	case "*":
		return b.eachLine(func(_ int, s string) string { return "    " + s })
	case "|":
		return b.eachPair(": ")
	case "@", "&":
		return b.eachPair("\n")
	}
	return strings.Join(b.Lines, "\n")
}

func (b block) eachLine(write func(i int, s string) string) string {
	lines := make([]string, len(b.Lines))
	for i, s := range b.Lines {
		lines[i] = write(i, s)
	}
	return strings.Join(lines, "\n")
}

func (b block) eachPair(between string) string {
	lines := make([]string, len(b.Pairs))
	for i, p := range b.Pairs {
		lines[i] = p.Label + between + p.Value
		if p.Label == p.Value { // an address that speaks for itself
			lines[i] = p.Value
		}
	}
	return strings.Join(lines, "\n")
}
