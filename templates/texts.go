package templates

import (
	"embed"
	"html/template"
	"strings"

	"jachete/workflow"
)

//go:embed texts
var textFiles embed.FS

// Text is a page whose words are one Markdown file per language, texts/NAME.
type Text struct {
	Frame
	Name string        // "privacy", "accessibility"
	Pole workflow.Pole // whose own lines follow; zero for none
}

// File implements [Page].
func (*Text) File() string { return "text" }

func (p *Text) source() string {
	raw, err := textFiles.ReadFile("texts/" + p.Name + "." + string(p.Lang) + ".md")
	must(err)
	return string(raw)
}

// Title is the first heading.
func (p *Text) Title() string {
	heading, _, _ := strings.Cut(p.source(), "\n")
	return strings.TrimPrefix(heading, "# ")
}

// Body is the whole text.
func (p *Text) Body() template.HTML { return HTML(p.source()) }
