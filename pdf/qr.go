package pdf

import (
	"fmt"

	"rsc.io/qr"
)

// quiet is the white border a reader needs, in modules (ISO/IEC 18004).
const quiet = 4

// qrCode draws text as a QR code, level M, in a white square with its top left
// corner at (x, y).
func (s *sheet) qrCode(text string, x, y, side float64) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("pdf: QR code: %w", err)
	}
	module := side / float64(code.Size+2*quiet)
	pad := (side - module*float64(code.Size)) / 2
	out := &path{scale: 1} // one unit is one module
	out.colour(ink, "rg")
	out.raw("cm", module, 0, 0, -module, x+pad, pageHeight-y-pad)
	out.modules(code)
	s.pdf.RawWriteStr("q " + string(out.out) + "f Q")
	return nil
}

// modules draws the black modules as few rectangles: as far to the right as
// they go, then as far down. Rectangles may overlap.
func (p *path) modules(code *qr.Code) {
	drawn := make([]bool, code.Size*code.Size)
	for y := range code.Size {
		for x := range code.Size {
			if !code.Black(x, y) || drawn[y*code.Size+x] {
				continue
			}
			width, height := rectangle(code, x, y)
			for i := range width * height {
				drawn[(y+i/width)*code.Size+x+i%width] = true
			}
			p.op("re", float64(x), float64(y), float64(width), float64(height))
		}
	}
}

// rectangle is the size of a black one with its top left corner at (x, y).
func rectangle(code *qr.Code, x, y int) (width, height int) {
	black := func(y int) (n int) {
		for code.Black(x+n, y) { // outside, nothing is black
			n++
		}
		return n
	}
	width, height = black(y), 1
	for black(y+height) >= width {
		height++
	}
	return width, height
}
