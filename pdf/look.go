package pdf

import "jachete/pdf/typeset"

// Letter paper, in points, and what is left of it. The frame of the
// declaration stands between the edge and the margins.
const (
	pageWidth   = 612.0
	pageHeight  = 792.0
	margin      = 66.0
	textWidth   = pageWidth - 2*margin
	frameInset  = 27.0
	footerY     = 739.0 // baseline
	bodyBottom  = 720.0
	evidenceTop = 50.0
)

// Colours. Grey on white has a contrast of 6.3, accent of 7.6.
var (
	accent = typeset.Color{0x0B, 0x5D, 0x5B} // the one of the site
	ink    = typeset.Color{0x1B, 0x24, 0x26}
	grey   = typeset.Color{0x55, 0x62, 0x66}
	rule   = typeset.Color{0xC3, 0xD3, 0xD2}
	pale   = typeset.Color{0xEC, 0xF2, 0xF1} // of the watermark
	white  = typeset.Color{0xFF, 0xFF, 0xFF}
)

func plain(size float64) typeset.Style { return typeset.Style{Size: size, Color: ink} }
func muted(size float64) typeset.Style { return typeset.Style{Size: size, Color: grey} }

func strong(size float64) typeset.Style {
	return typeset.Style{Weight: typeset.SemiBold, Size: size, Color: ink}
}

func accented(size float64) typeset.Style {
	return typeset.Style{Weight: typeset.SemiBold, Size: size, Color: accent}
}

// figures is for numbers and dates, in the weight of the text: its letters are
// in every file anyway, bold digits would cost a kilobyte.
func figures(size float64) typeset.Style { return typeset.Style{Size: size, Color: accent} }
