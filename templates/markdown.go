package templates

import (
	"bytes"
	"html/template"

	"github.com/yuin/goldmark"
)

// markdown reads CommonMark. It leaves HTML in the source out and refuses
// dangerous addresses: goldmark's default, which tests hold.
var markdown = goldmark.New()

// HTML sets Markdown for a page. Names put into the text were escaped by
// workflow.Fill; HTML in the source does not come through.
func HTML(source string) template.HTML {
	var out bytes.Buffer
	must(markdown.Convert([]byte(source), &out)) // writes to memory cannot fail
	return template.HTML(out.String())
}
