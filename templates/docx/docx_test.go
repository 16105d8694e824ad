package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

var sample = Document{Title: "Modèle <&> «\u00a0essai\u00a0»", Author: "Ville de L’Épreuve", Language: "fr-CA", Paragraphs: []Paragraph{
	{Title, "Modèle"}, {Note, "À remplacer\u00a0: [nom]"}, {Subtitle, "Ville & Cie <b>"}, {Normal, "  Œuvre, Nguyễn  "}, {Normal, "a\x00b"},
}}

// open reads every part of a package.
func open(t *testing.T, file []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for i, f := range r.File {
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("the package begins with %s", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
	}
	return parts
}

// attributes lists those of that name in a part, and fails when the part is no
// well-formed XML.
func attributes(t *testing.T, part, element, name string) (found []string) {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatalf("%v in %s", err, part)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != element {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == name {
				found = append(found, a.Value)
			}
		}
	}
}

func TestThePackageHoldsTogether(t *testing.T) {
	file, err := sample.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	parts := open(t, file)
	for name, part := range parts {
		attributes(t, part, "", "") // well formed
		if strings.Contains(strings.ToLower(name+part), "macro") || strings.Contains(part, "TargetMode") {
			t.Errorf("%s has a macro or leads outside", name)
		}
	}
	for _, name := range attributes(t, parts["[Content_Types].xml"], "Override", "PartName") {
		if parts[strings.TrimPrefix(name, "/")] == "" {
			t.Errorf("%s has a type and is not there", name)
		}
	}
	for links, folder := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word/"} {
		for _, target := range attributes(t, parts[links], "Relationship", "Target") {
			if parts[folder+target] == "" {
				t.Errorf("%s leads to %s, which is not there", links, target)
			}
		}
	}
	known := strings.Join(attributes(t, parts["word/styles.xml"], "style", "styleId"), " ") + " "
	used := attributes(t, parts["word/document.xml"], "pStyle", "val")
	if len(used) != len(sample.Paragraphs) {
		t.Errorf("%d paragraphs with a style, want %d", len(used), len(sample.Paragraphs))
	}
	for _, style := range used {
		if !strings.Contains(known, style+" ") {
			t.Errorf("the style %s is not defined", style)
		}
	}
	if got := attributes(t, parts["word/styles.xml"], "lang", "val"); len(got) != 1 || got[0] != "fr-CA" {
		t.Errorf("the language is %v", got)
	}
	for _, want := range []string{"<dc:title>Modèle &lt;&amp;&gt; «\u00a0essai\u00a0»</dc:title>", "<dc:language>fr-CA</dc:language>", "<dc:creator>Ville de L’Épreuve</dc:creator>"} {
		if !strings.Contains(parts["docProps/core.xml"], want) {
			t.Errorf("the properties lack %s: %s", want, parts["docProps/core.xml"])
		}
	}
}

func TestTextIsNeverMarkupAndIsKept(t *testing.T) {
	file, err := sample.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	var body struct {
		Text []string `xml:"body>p>r>t"`
	}
	if err := xml.Unmarshal([]byte(open(t, file)["word/document.xml"]), &body); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Modèle", "À remplacer\u00a0: [nom]", "Ville & Cie <b>", "  Œuvre, Nguyễn  ", "a\ufffdb"} {
		if body.Text[i] != want {
			t.Errorf("paragraph %d is %q, want %q", i, body.Text[i], want)
		}
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	first, err := sample.Bytes()
	again, err2 := sample.Bytes()
	if err != nil || err2 != nil || !bytes.Equal(first, again) {
		t.Error("the same document, other bytes")
	}
}
