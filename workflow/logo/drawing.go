package logo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
)

// Bounds of a drawing as it is kept: black lines on white, a pixel a bit.
const (
	MaxDrawingWidth  = 600
	MaxDrawingHeight = 200

	// maxDrawing bounds the PNG, in bytes: what is drawn by hand weighs two or
	// three thousand, and it goes into every certificate as rectangles.
	maxDrawing = 6 << 10
	// working is the longer side, in pixels, at which lines are looked for.
	working = 1800
	// faint is the least difference of grey between lines and paper.
	faint = 48
	// leastInk is how many pixels make more than a speck.
	leastInk = 24
	// thin is how much of a pixel a line covers at least once shrunk.
	thin = 0.35
)

// Why a drawing is refused, beside what Clean says.
var (
	ErrBlank = errors.New("logo: no line on it")
	ErrDark  = errors.New("logo: ink all over")
)

// Drawing gives what was drawn as a PNG in black and white: only the lines,
// cut near their edges, at most MaxDrawingWidth × MaxDrawingHeight. A drawing
// that it gave comes back as it is. Errors: those of Clean, ErrBlank, ErrDark.
func Drawing(file []byte) ([]byte, error) {
	if len(file) > MaxFile {
		return nil, ErrBig
	}
	decoding.Lock()
	defer decoding.Unlock()
	picture, err := decode(file, 1) // what is cut at its edges may be a thin line
	if err != nil {
		return nil, err
	}
	w, h := within(picture.Bounds(), working)
	paper := onWhite(shrink(picture, w, h))
	tones, err := tonesOf(paper)
	if err != nil {
		return nil, err
	}
	lines, err := cut(paper, tones.between(0.5))
	if err != nil {
		return nil, err
	}
	return writeDrawing(lines, tones.between(thin))
}

// onWhite is the picture in grey, laid on white paper.
func onWhite(picture *image.NRGBA) *image.Gray {
	out := image.NewGray(picture.Bounds())
	for i := range out.Pix {
		p := picture.Pix[4*i : 4*i+4]
		grey := (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000 // ITU-R BT.601
		out.Pix[i] = uint8(255 - (255-grey)*int(p[3])/255)
	}
	return out
}

// tones are the greys of ink and of paper.
type tones struct{ ink, paper float64 }

// between is the grey that is so far from the paper to the ink.
func (t tones) between(share float64) uint8 { return uint8(t.paper - share*(t.paper-t.ink)) }

// tonesOf divides the pixels in two groups whose means lie farthest apart, each
// weighted by its size (Otsu, 1979).
func tonesOf(paper *image.Gray) (found tones, err error) {
	var count [256]int
	var sum, darkSum, dark int
	for _, v := range paper.Pix {
		count[v]++
		sum += int(v)
	}
	best, total := 0.0, len(paper.Pix)
	for v := range 255 {
		dark += count[v]
		darkSum += v * count[v]
		if dark == 0 || dark == total {
			continue
		}
		t := tones{float64(darkSum) / float64(dark), float64(sum-darkSum) / float64(total-dark)}
		if spread := (t.paper - t.ink) * (t.paper - t.ink) * float64(dark) * float64(total-dark); spread > best {
			best, found = spread, t
		}
	}
	if found.paper-found.ink < faint {
		return found, ErrBlank
	}
	return found, nil
}

// cut keeps the part of the paper that has ink on it.
func cut(paper *image.Gray, level uint8) (*image.Gray, error) {
	var edges image.Rectangle
	ink := 0
	b := paper.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			if paper.Pix[y*paper.Stride+x] < level {
				edges = edges.Union(image.Rect(x, y, x+1, y+1))
				ink++
			}
		}
	}
	switch {
	case ink < leastInk:
		return nil, ErrBlank
	case 4*ink > 3*edges.Dx()*edges.Dy() && min(edges.Dx(), edges.Dy()) > MaxDrawingHeight/4:
		return nil, ErrDark
	}
	return paper.SubImage(edges).(*image.Gray), nil
}

// writeDrawing shrinks until the file is light enough; the smallest always is.
func writeDrawing(lines *image.Gray, level uint8) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	for width, height := MaxDrawingWidth, MaxDrawingHeight; height >= MaxDrawingHeight/4; width, height = width*3/4, height*3/4 {
		out.Reset()
		if err := encoder.Encode(&out, inBlack(lines, level, width, height)); err != nil {
			return nil, ErrBroken
		}
		if out.Len() <= maxDrawing {
			break
		}
	}
	return out.Bytes(), nil
}

// inBlack gives the lines in black, within that size, with a pixel of paper all
// around: without paper, nobody could tell what is ink.
func inBlack(lines *image.Gray, level uint8, width, height int) *image.Paletted {
	width, height = width-2, height-2
	w, h := lines.Bounds().Dx(), lines.Bounds().Dy()
	if w > width {
		w, h = width, max(1, h*width/w)
	}
	if h > height {
		w, h = max(1, w*height/h), height
	}
	small := onWhite(shrink(lines, w, h))
	out := image.NewPaletted(image.Rect(0, 0, w+2, h+2), color.Palette{color.White, color.Black})
	for i, v := range small.Pix {
		if v < level {
			out.Pix[(i/w+1)*out.Stride+i%w+1] = 1
		}
	}
	return out
}
