// Package badge draws what is shown on other sites, in the faces of the
// certificate. The badge of a signatory is SVG, whose letters are shapes so that
// it looks the same everywhere and can hold nothing else, and PNG for programs
// that take no SVG. The poster of a page is the PNG that goes with its address
// when somebody shares it.
package badge

import (
	"fmt"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// Width and Height are the size of a badge, in CSS pixels.
const (
	Width  = 360
	Height = 120
)

const (
	slogan    = "L’économie sociale, j’achète!"
	textLeft  = 104.0
	textWidth = Width - textLeft - 16
)

// look is the colours of a badge: it greys when the commitment has ended.
type look struct{ ground, line, mark, sign, ink, soft typeset.Color }

var (
	holding = look{ground: typeset.Color{255, 255, 255}, line: typeset.Color{11, 93, 91}, mark: typeset.Color{11, 93, 91},
		sign: typeset.Color{255, 255, 255}, ink: typeset.Color{23, 33, 31}, soft: typeset.Color{11, 93, 91}}
	ended = look{ground: typeset.Color{246, 247, 247}, line: typeset.Color{102, 115, 111}, mark: typeset.Color{102, 115, 111},
		sign: typeset.Color{255, 255, 255}, ink: typeset.Color{64, 75, 72}, soft: typeset.Color{64, 75, 72}}
)

// shape is an area of one colour. y grows downwards, as on a screen.
type shape struct {
	contours []typeset.Contour
	color    typeset.Color
}

// standing says what the commitment is now.
func standing(b workflow.Badge) string {
	switch {
	case b.Holds():
		return fmt.Sprintf("Signataire depuis %d", b.Since)
	case b.Status == workflow.CommitmentSuperseded:
		return "Engagement remplacé"
	}
	return "Engagement terminé"
}

// draw lays a badge out.
func draw(b workflow.Badge) []shape {
	colours := ended
	if b.Holds() {
		colours = holding
	}
	shapes := []shape{
		{[]typeset.Contour{rounded(0, 0, Width, Height, 14)}, colours.line},
		{[]typeset.Contour{rounded(2, 2, Width-4, Height-4, 12)}, colours.ground},
		{[]typeset.Contour{rounded(20, 28, 64, 64, 14)}, colours.mark},
		{[]typeset.Contour{sign(b.Holds())}, colours.sign},
	}
	lines, size := fitted(b.Organisation, textWidth, nameSteps)
	leading := size * 1.22
	top := (Height-(15+8+leading*float64(len(lines))+6+13))/2 + 12
	shapes = append(shapes, shape{lettering(slogan, typeset.SemiBold, textLeft, top, 14), colours.soft})
	y := top + 8 + 3
	for _, line := range lines {
		y += leading
		shapes = append(shapes, shape{lettering(line, typeset.SemiBold, textLeft, y-3, size), colours.ink})
	}
	return append(shapes, shape{lettering(standing(b), typeset.Regular, textLeft, y+17, 13), colours.ink})
}

// nameSteps are tried for the organisation's name.
var nameSteps = []step{{20, 1}, {17, 2}, {14, 3}, {12, 3}}
