package templates

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

// The two files say the model word for word, in its order.
func TestResolutionFilesSayTheModel(t *testing.T) {
	for _, name := range []string{"Ville de Rivière-Exemple", "Coop <Œuvre> & «\u00a0Fils\u00a0»", long} {
		m := workflow.ModelResolutionFor(workflow.Snapshot{Name: name, Kind: workflow.KindMunicipality})
		want := append([]string{m.Title, m.Intro, m.Organisation}, m.Paragraphs...)
		text := string(ResolutionText(m))
		body, bom := strings.CutPrefix(text, "\ufeff")
		if !bom || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Errorf("no mark, or a bare line end: %q", text)
		}
		if got := strings.Split(strings.TrimSuffix(body, "\r\n"), "\r\n\r\n"); !slices.Equal(got, want) {
			t.Errorf("the text says %q, want %q", got, want)
		}
		file, err := ResolutionDocument(m)
		if err != nil {
			t.Fatal(err)
		}
		if got := documentText(t, file); !slices.Equal(got, want) {
			t.Errorf("the document says %q, want %q", got, want)
		}
	}
}

// documentText gives the paragraphs of a Word document.
func documentText(t *testing.T, file []byte) []string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := r.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	var body struct {
		Text []string `xml:"body>p>r>t"`
	}
	if err := xml.NewDecoder(part).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return body.Text
}
