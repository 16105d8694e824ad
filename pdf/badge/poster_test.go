package badge

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// posters are as many kinds of words as a poster may meet.
func posters() map[string]workflow.Poster {
	poster := func(title, under, where string, ended bool) workflow.Poster {
		return workflow.Poster{Title: title, Under: under, Where: where, Site: "esja.example.org", Ended: ended}
	}
	signed := "L’organisation s’est engagée le 22\u00a0novembre\u00a02026"
	return map[string]workflow.Poster{
		"site":      poster("Acheter davantage à l’économie sociale", "1\u00a0127 organisations signataires", "17 régions du Québec", false),
		"region":    poster("Saguenay – Lac-Saint-Jean", "12 organisations signataires", "", false),
		"city":      poster("Ville de Rivière-Exemple", signed, "Montérégie", false),
		"long":      poster("Regroupement des municipalités et des municipalités régionales de comté pour l’approvisionnement responsable auprès des entreprises d’économie sociale de Saint-Louis-du-Ha! Ha! et de ses environs, section nord", signed, "Gaspésie – Îles-de-la-Madeleine", false),
		"endless":   poster(strings.Repeat("W", 400), strings.Repeat("W", 400), strings.Repeat("mot ", 200), false),
		"syllabics": poster("Village nordique de ᑯᐯᒃ ᓄᓇᕕᒃ, Ελληνική Κοινότητα", signed, "Nord-du-Québec", false),
		"ended":     poster("MRC du Haut-Essai", "Son engagement a pris fin", "Estrie", true),
		"nothing":   {Site: "x"},
	}
}

// Words stay within their space whatever they are, and none stands on another.
func TestPostersStayWithin(t *testing.T) {
	for name, p := range posters() {
		bottom := float64(wordsTop)
		for _, s := range words(p, holding) {
			for _, c := range s.contours {
				for _, piece := range append(c.Pieces, []typeset.Point{c.Start}) {
					for _, point := range piece {
						if point.X < margin-4 || point.X > PosterWidth-margin+4 || point.Y < wordsTop || point.Y > bandTop {
							t.Fatalf("%s: a point at %v", name, point)
						}
						bottom = max(bottom, point.Y)
					}
				}
			}
		}
		if p.Title != "" && bottom == wordsTop {
			t.Errorf("%s: nothing is written", name)
		}
	}
}

func TestPostersAreOfTheSizeAskedFor(t *testing.T) {
	files := map[string][]byte{}
	for name, p := range posters() {
		file, err := PosterPNG(p)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(file))
		if err != nil || picture.Bounds() != image.Rect(0, 0, PosterWidth, PosterHeight) || len(file) > 200<<10 {
			t.Errorf("%s: %v, %d bytes, %v", name, picture.Bounds(), len(file), err)
		}
		if _, _, _, a := picture.At(0, 0).RGBA(); a != 0xffff {
			t.Errorf("%s: the corner lets the ground through", name)
		}
		files[name] = file
		if folder := os.Getenv("SCREENSHOTS"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, "poster-"+name+".png"), file, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := posters()["city"]
	p.Ended = true
	if file, err := PosterPNG(p); err != nil || bytes.Equal(file, files["city"]) {
		t.Errorf("the end does not show: %v", err)
	}
}

func BenchmarkPoster(b *testing.B) {
	p := posters()["city"]
	for b.Loop() {
		if _, err := PosterPNG(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	for b.Loop() {
		SVG(sample("Ville de Rivière-Exemple", workflow.CommitmentActive))
	}
}
