// Package docx writes a short text as a Word document: an OOXML package
// (ISO/IEC 29500, transitional) of paragraphs with real styles, so that whoever
// opens it changes its look in one place and readers of screens hear its
// structure. There are no macros, no fields and no links.
//
// The libraries that exist for this carry whole template documents, tables and
// pictures; a letter of a page needs a few parts written by hand.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// MediaType is the Content-Type of a document.
const MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Style names how a paragraph looks and what it is.
type Style string

// The styles of a document, by their ids in styles.xml.
const (
	Title    Style = "Title"
	Subtitle Style = "Subtitle"
	Note     Style = "Note" // to whoever edits the text
	Normal   Style = "Normal"
)

// Paragraph is a line of text in a style.
type Paragraph struct {
	Style Style
	Text  string
}

// Document is what a file says, and of whom and in which language it is.
type Document struct {
	Title      string
	Author     string
	Language   string // BCP 47, such as "fr-CA"
	Paragraphs []Paragraph
}

// epoch is the time of every file inside: the first a zip can hold.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Bytes makes the file. The same document gives the same bytes, whatever the
// version of the compressor: parts are stored as they are.
func (d Document) Bytes() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range d.parts() {
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store, Modified: epoch})
		if err == nil {
			_, err = f.Write([]byte(declaration + p.xml))
		}
		if err != nil {
			return nil, fmt.Errorf("docx: %s: %w", p.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("docx: %w", err)
	}
	return out.Bytes(), nil
}

// part is one file of the package.
type part struct{ name, xml string }

// parts lists the content types first, as readers that stream expect.
func (d Document) parts() []part {
	return []part{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageLinks},
		{"docProps/core.xml", fmt.Sprintf(coreProperties, escaped(d.Title), escaped(d.Author), escaped(d.Language))},
		{"word/document.xml", fmt.Sprintf(documentBody, d.body())},
		{"word/_rels/document.xml.rels", documentLinks},
		{"word/styles.xml", fmt.Sprintf(styles, escaped(d.Language))},
		{"word/settings.xml", settings},
	}
}

func (d Document) body() string {
	var b strings.Builder
	for _, p := range d.Paragraphs {
		fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`,
			escaped(string(p.Style)), escaped(p.Text))
	}
	return b.String()
}

// escaped is text inside XML; what XML cannot hold becomes U+FFFD.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
