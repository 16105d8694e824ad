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

// modules draws the black modules of a code.
func (p *path) modules(code *qr.Code) { p.cover(code.Size, code.Size, code.Black) }
