package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/logo"
)

// drawnBy is a signature drawn with many loops, as the service keeps it.
func drawnBy(t testing.TB, loops float64) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 600, 200))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for i := range 40_000 {
		at := float64(i) / 40_000
		x := 40 + 500*at + 30*math.Cos(loops*at)
		y := 100 + 60*math.Sin(loops*at)*(1-0.6*at) + 20*math.Sin(9*at)
		for dy := -2.0; dy <= 2; dy++ {
			for dx := -2.0; dx <= 2; dx++ {
				if dx*dx+dy*dy <= 5 {
					img.SetGray(int(x+dx), int(y+dy), color.Gray{})
				}
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	file, err := logo.Drawing(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// withAll is a certificate with everything that may be joined.
func withAll(t testing.TB, c workflow.CertificateContent) workflow.CertificateContent {
	c.Drawing = drawnBy(t, 60)
	c.Resolution.Sitting, c.Resolution.ExtractSHA256 = "séance ordinaire", strings.Repeat("0123456789abcdef", 4)
	return c
}

// The rectangles are the drawing, pixel by pixel.
func TestDrawingIsPaintedAsItIs(t *testing.T) {
	d, err := readDrawing(drawnBy(t, 60))
	if err != nil {
		t.Fatal(err)
	}
	p := &path{scale: 1}
	p.cover(d.width, d.height, d.ink)
	painted := make([]bool, len(d.black))
	for line := range strings.Lines(string(p.out)) {
		var x, y, width, height int
		if _, err := fmt.Sscanf(line, "%d %d %d %d re\n", &x, &y, &width, &height); err != nil {
			t.Fatal(line, err)
		}
		for i := range width * height {
			painted[(y+i/width)*d.width+x+i%width] = true
		}
	}
	for i := range painted {
		if painted[i] != d.black[i] {
			t.Fatalf("pixel (%d, %d) is painted: %v", i%d.width, i/d.width, painted[i])
		}
	}
}

func TestCertificateWithADrawing(t *testing.T) {
	for name, loops := range map[string]float64{"usual": 60, "wild": 900} {
		t.Run(name, func(t *testing.T) {
			c := withAll(t, sample())
			c.Drawing = drawnBy(t, loops)
			file := seal(t, c).PDF
			if len(file) > 45_000 {
				t.Errorf("%d bytes", len(file))
			}
			if bytes.Contains(file, []byte("/Subtype /Image")) {
				t.Error("there is an image in it")
			}
			path := write(t, "c.pdf", file)
			readersFindNoFault(t, path)
			insideTheMargins(t, file)
			structure := run(t, "pdfinfo", "-struct-text", path)
			at := 0
			for _, want := range []string{"Au nom de l’organisation", "Figure", "Camille Exemple"} {
				next := strings.Index(structure[at:], want)
				if next < 0 {
					t.Fatalf("no %q after %q", want, structure[max(0, at-80):at])
				}
				at += next
			}
			got := strings.Join(strings.Fields(extract(t, file)), " ")
			for _, want := range []string{"conseil municipal, séance ordinaire", "Extrait du procès-verbal Empreinte SHA-256\u00a0: " + c.Resolution.ExtractSHA256, "Signature dessinée Empreinte SHA-256\u00a0: " + drawingSHA256(c.Drawing)} {
				if !strings.Contains(got, want) && !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), strings.ReplaceAll(want, "\u00a0", " ")) {
					t.Errorf("no %q in %s", want, got)
				}
			}
		})
	}
}

// The longest names leave the drawing room, above the name it belongs to.
func TestDrawingBesideTheLongestNames(t *testing.T) {
	for _, word := range []string{"Wilhelmina ", "W"} {
		file := seal(t, withAll(t, longest(word))).PDF
		insideTheMargins(t, file)
		readersPages(t, file, 2, 3)
	}
}

func readersPages(t *testing.T, file []byte, least, most int) {
	t.Helper()
	boxes := run(t, "pdftotext", "-bbox", write(t, "c.pdf", file), "-")
	if n := len(pageTag.FindAllString(boxes, -1)); n < least || n > most {
		t.Errorf("%d pages", n)
	}
}

// The same content gives the same file again; a drawing that cannot be read is
// an error and no certificate without it.
func TestDrawingAgain(t *testing.T) {
	s, _ := testSealer(t)
	c := withAll(t, sample())
	sealed, err := s.Seal(t.Context(), c, noon)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Remake(t.Context(), c, nil, sealed); err != nil || !bytes.Equal(again, sealed.PDF) {
		t.Errorf("made anew: %v", err)
	}
	without := c
	without.Drawing = nil
	if _, err := s.Remake(t.Context(), without, nil, sealed); err == nil {
		t.Error("made anew without its drawing")
	}
	var big bytes.Buffer
	if err := png.Encode(&big, image.NewGray(image.Rect(0, 0, 601, 20))); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"text": []byte("PNG"), "cut": c.Drawing[:40], "big": big.Bytes()} {
		c.Drawing = file
		if _, err := s.Seal(t.Context(), c, noon); err == nil {
			t.Errorf("%s: sealed", name)
		}
	}
}
