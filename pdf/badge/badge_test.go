package badge

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"strings"
	"testing"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

func sample(name string, status workflow.CommitmentStatus) workflow.Badge {
	return workflow.Badge{Number: "ESJ-2026-7KQ4-M2XD", Organisation: name, Since: 2026, Status: status}
}

// elements are the names of a document's elements with the text in each.
func elements(t *testing.T, document []byte) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	var open []string
	for d := xml.NewDecoder(bytes.NewReader(document)); ; {
		token, err := d.Token()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatalf("%v\n%.400s", err, document)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
			found[e.Name.Local] = append(found[e.Name.Local], "")
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Name.Local, "href") || a.Name.Local == "style" {
					t.Errorf("%s has the attribute %s", e.Name.Local, a.Name.Local)
				}
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				list := found[open[len(open)-1]]
				list[len(list)-1] += string(e)
			}
		}
	}
}

// The picture is shapes, and what it says stands in its title and description,
// whatever the name holds.
func TestSVGSaysWhatItShows(t *testing.T) {
	for status, words := range map[workflow.CommitmentStatus]string{workflow.CommitmentActive: "Signataire depuis 2026", workflow.CommitmentRenewed: "Signataire depuis 2026",
		workflow.CommitmentWithdrawn: "Engagement terminé", workflow.CommitmentSuperseded: "Engagement remplacé"} {
		name := `Ville <script>"&'</script> ]]>`
		found := elements(t, SVG(sample(name, status)))
		for element := range found {
			if !strings.Contains(" svg title desc path ", " "+element+" ") {
				t.Errorf("%s: a badge holds <%s>", status, element)
			}
		}
		if found["title"][0] != slogan || found["desc"][0] != name+"\u00a0: "+words+". Attestation ESJ-2026-7KQ4-M2XD." {
			t.Errorf("%s: %q, %q", status, found["title"], found["desc"])
		}
	}
}

// Names stay within the badge, however long.
func TestNamesStayWithin(t *testing.T) {
	for _, name := range []string{"A", "Municipalité de Saint-Louis-du-Ha! Ha!", strings.Repeat("Ville ", 40), strings.Repeat("W", 200), "Ville de ᑯᐯᒃ"} {
		for _, s := range draw(sample(name, workflow.CommitmentActive)) {
			for _, c := range s.contours {
				for _, piece := range append(c.Pieces, []typeset.Point{c.Start}) {
					for _, p := range piece {
						if p.X < 0 || p.X > Width || p.Y < 0 || p.Y > Height {
							t.Fatalf("%.20s: a point at %v", name, p)
						}
					}
				}
			}
		}
	}
}

func TestPNGIsSharpAndShowsTheEnd(t *testing.T) {
	var files [][]byte
	for _, status := range []workflow.CommitmentStatus{workflow.CommitmentActive, workflow.CommitmentWithdrawn} {
		file, err := PNG(sample("Ville de Rivière-Exemple", status))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil || picture.Bounds().Dx() != 2*Width || picture.Bounds().Dy() != 2*Height {
			t.Fatalf("%v, %v", picture.Bounds(), err)
		}
		if _, _, _, a := picture.At(0, 0).RGBA(); a != 0 {
			t.Error("the corner is not transparent")
		}
		files = append(files, file)
	}
	if bytes.Equal(files[0], files[1]) {
		t.Error("the end of a commitment does not show")
	}
}

func BenchmarkPNG(b *testing.B) {
	for b.Loop() {
		if _, err := PNG(sample("Ville de Rivière-Exemple", workflow.CommitmentActive)); err != nil {
			b.Fatal(err)
		}
	}
}
