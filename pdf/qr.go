package pdf

import (
	"fmt"

	"rsc.io/qr"
)

// quiet is the white border a reader needs, in modules (ISO/IEC 18004).
const quiet = 4

// qrCode draws text as a QR code, level M, in a white square with its top left
// corner at (x, y). The modules of a row are one rectangle where they touch.
func (s *sheet) qrCode(text string, x, y, side float64) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("pdf: QR code: %w", err)
	}
	module := float64(int(100*side)/(code.Size+2*quiet)) / 100
	pad := (side - module*float64(code.Size)) / 2
	out := &path{}
	out.colour(ink, "rg")
	for row := range code.Size {
		top := pageHeight - y - pad - module*float64(row)
		for column := 0; column < code.Size; column++ {
			start := column
			for code.Black(column, row) {
				column++
			}
			if column > start {
				out.op("re", x+pad+module*float64(start), top, module*float64(column-start), -module)
			}
		}
	}
	s.pdf.RawWriteStr("q " + string(out.out) + "f Q")
	return nil
}
