package templates

import (
	"strings"

	"jachete/templates/docx"
	"jachete/workflow"
)

// ResolutionDocument writes the model resolution as a Word document. It is in
// French whatever the language of the page, as the instrument is.
func ResolutionDocument(m workflow.ModelResolution) ([]byte, error) {
	d := docx.Document{Title: m.Title + " – " + m.Organisation, Author: m.Organisation, Language: "fr-CA", Paragraphs: []docx.Paragraph{
		{Style: docx.Title, Text: m.Title}, {Style: docx.Note, Text: m.Intro}, {Style: docx.Subtitle, Text: m.Organisation},
	}}
	for _, p := range m.Paragraphs {
		d.Paragraphs = append(d.Paragraphs, docx.Paragraph{Style: docx.Normal, Text: p})
	}
	return d.Bytes()
}

// ResolutionText writes the model as plain text for any editor: lines end as
// Windows ends them, and a byte order mark tells Notepad before Windows 10 1903,
// and Word, that this is UTF-8; without it they read « dâ€™engagement ».
func ResolutionText(m workflow.ModelResolution) []byte {
	lines := append([]string{m.Title, m.Intro, m.Organisation}, m.Paragraphs...)
	return []byte("\ufeff" + strings.Join(lines, "\r\n\r\n") + "\r\n")
}
