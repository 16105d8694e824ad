package logo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"testing"
)

// scribble draws loops of that thickness on paper, in the middle of a picture
// of w × h pixels.
func scribble(w, h int, thick float64, ink, paper color.Color) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	for i := range 6000 {
		at := float64(i) / 6000
		x := float64(w) * (0.2 + 0.6*at + 0.05*math.Cos(40*at))
		y := float64(h) * (0.5 + 0.25*math.Sin(40*at))
		for dy := -thick / 2; dy < thick/2; dy++ {
			for dx := -thick / 2; dx < thick/2; dx++ {
				img.Set(int(x+dx), int(y+dy), ink)
			}
		}
	}
	return img
}

// ofDrawing reads what Drawing gave, and holds it to its promises.
func ofDrawing(t *testing.T, name string, file []byte) image.Image {
	t.Helper()
	config, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || kind != "png" || config.Width > MaxDrawingWidth || config.Height > MaxDrawingHeight || len(file) > maxDrawing {
		t.Fatalf("%s: %s, %d × %d, %d bytes, %v", name, kind, config.Width, config.Height, len(file), err)
	}
	if palette, ok := config.ColorModel.(color.Palette); !ok || len(palette) != 2 {
		t.Errorf("%s: not in two colours", name)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Only the lines are kept, whatever they were drawn or photographed on, and a
// drawing that is sent again comes back as it is.
func TestDrawingKeepsTheLines(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, scribble(3000, 2000, 14, color.NRGBA{20, 30, 90, 255}, color.NRGBA{200, 195, 180, 255}), nil); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"canvas":  encoded(t, scribble(600, 200, 4, color.Black, color.Transparent)),
		"white":   encoded(t, scribble(600, 200, 4, color.Black, color.White)),
		"pencil":  encoded(t, scribble(600, 200, 3, color.Gray{150}, color.White)),
		"big":     encoded(t, scribble(3000, 1000, 6, color.Black, color.White)),
		"upright": encoded(t, scribble(300, 1000, 6, color.Black, color.White)),
		"photo":   photo.Bytes(),
	} {
		clean, err := Drawing(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img := ofDrawing(t, name, clean)
		b := img.Bounds()
		var rows, columns [2]bool // ink beside the first and the last
		ink := 0
		for y := range b.Dy() {
			for x := range b.Dx() {
				if r, _, _, _ := img.At(x, y).RGBA(); r == 0 {
					ink++
					rows[0], rows[1] = rows[0] || y == 1, rows[1] || y == b.Dy()-2
					columns[0], columns[1] = columns[0] || x == 1, columns[1] || x == b.Dx()-2
				}
			}
		}
		if !rows[0] || !rows[1] || !columns[0] || !columns[1] || ink < 300 || ink > b.Dx()*b.Dy()/2 {
			t.Errorf("%s: %v, %d pixels of ink, edges %v %v", name, b, ink, rows, columns)
		}
		if again, err := Drawing(clean); err != nil || !bytes.Equal(again, clean) {
			t.Errorf("%s: sent again it is another: %v", name, err)
		}
	}
}

func TestDrawingOfAThinLineComesBack(t *testing.T) {
	line := image.NewGray(image.Rect(0, 0, 400, 100))
	draw.Draw(line, line.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(line, image.Rect(50, 50, 350, 52), image.Black, image.Point{}, draw.Src)
	clean, err := Drawing(encoded(t, line))
	if err != nil {
		t.Fatal(err)
	}
	if b := ofDrawing(t, "line", clean).Bounds(); b.Dx() != 302 || b.Dy() != 4 {
		t.Errorf("%v", b)
	}
	if again, err := Drawing(clean); err != nil || !bytes.Equal(again, clean) {
		t.Errorf("sent again it is another: %v", err)
	}
}

func TestDrawingRefuses(t *testing.T) {
	speck := scribble(600, 200, 0, color.Black, color.White)
	speck.Set(10, 10, color.Black)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":     {nil, ErrType},
		"words":       {[]byte("iVBORw0KGgo"), ErrType},
		"SVG":         {[]byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), ErrType},
		"cut short":   {encoded(t, scribble(600, 200, 4, color.Black, color.White))[:200], ErrBroken},
		"a bomb":      {claiming(t, 60000, 60000), ErrBig},
		"too heavy":   {make([]byte, MaxFile+1), ErrBig},
		"white":       {encoded(t, scribble(600, 200, 0, color.Black, color.White)), ErrBlank},
		"transparent": {encoded(t, image.NewNRGBA(image.Rect(0, 0, 600, 200))), ErrBlank},
		"a speck":     {encoded(t, speck), ErrBlank},
		"faint":       {encoded(t, scribble(600, 200, 4, color.Gray{230}, color.White)), ErrBlank},
		"all black":   {encoded(t, image.NewGray(image.Rect(0, 0, 600, 200))), ErrBlank},
		"inside out":  {encoded(t, scribble(600, 200, 4, color.White, color.Black)), ErrDark},
	} {
		if _, err := Drawing(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// What is no drawing becomes a small picture, however little it can be
// compressed.
func TestDrawingOfNoise(t *testing.T) {
	noise := image.NewGray(image.Rect(0, 0, 1200, 400))
	state := uint32(1)
	for i := range noise.Pix {
		state = state*1664525 + 1013904223
		noise.Pix[i] = byte(state>>24) | 0x80*byte(state>>31)
	}
	clean, err := Drawing(encoded(t, noise))
	if err != nil {
		t.Fatal(err)
	}
	ofDrawing(t, "noise", clean)
}

func FuzzDrawing(f *testing.F) {
	for _, seed := range [][]byte{encoded(f, scribble(60, 20, 2, color.Black, color.White)), photo(f, 32, 32), cmykJPEG, claiming(f, 4000, 4000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if clean, err := Drawing(file); err == nil {
			ofDrawing(t, "fuzz", clean)
		}
	})
}
