package pdf

import (
	"math"
	"strconv"
	"sync"

	"jachete/pdf/typeset"
)

// sealUnits are what a radius of the seal is long in its own drawing: whole
// numbers, to keep it short.
const sealUnits = 1000

// path collects PDF path operators, y up, around (0, 0).
type path struct {
	scale float64
	out   []byte
}

// op writes an operator after its lengths, scaled to whole units.
func (p *path) op(operator string, lengths ...float64) {
	for _, v := range lengths {
		p.out = append(strconv.AppendInt(p.out, int64(math.Round(v*p.scale)), 10), ' ')
	}
	p.out = append(append(p.out, operator...), '\n')
}

// raw writes an operator after values that are no lengths of the drawing.
func (p *path) raw(operator string, values ...float64) {
	for _, v := range values {
		p.out = append(strconv.AppendFloat(p.out, math.Round(v*1e5)/1e5, 'f', -1, 64), ' ')
	}
	p.out = append(append(p.out, operator...), '\n')
}

// curve is a quadratic Bézier, written as the cubic PDF knows.
func (p *path) curve(from, control, to typeset.Point) {
	third := func(a, b float64) float64 { return a + (b-a)*2/3 }
	p.op("c", third(from.X, control.X), third(from.Y, control.Y),
		third(to.X, control.X), third(to.Y, control.Y), to.X, to.Y)
}

func polar(radius, angle float64) typeset.Point {
	return typeset.Point{X: radius * math.Cos(angle), Y: radius * math.Sin(angle)}
}

// around draws the same thing count times, turned once around the centre. What
// is written again and again compresses to nothing.
func (p *path) around(count int, draw func()) {
	p.out = append(p.out, "q\n"...)
	for range count {
		draw()
		p.turn(2 * math.Pi / float64(count))
	}
	p.out = append(p.out, "Q\n"...)
}

// turn turns what follows around the centre.
func (p *path) turn(angle float64) {
	sin, cos := math.Sincos(angle)
	p.raw("cm", cos, sin, -sin, cos, 0, 0)
}

// scallops is a disc with an edge of count bumps, an even number.
func (p *path) scallops(count int, inner, outer float64) {
	p.circle(inner)
	p.op("f")
	half := math.Pi / float64(count)
	p.around(count/2, func() {
		from := polar(inner, 0)
		p.op("m", from.X, from.Y)
		for _, at := range []float64{half, 3 * half} {
			to := polar(inner, at+half)
			p.curve(from, polar(2*outer-inner, at), to)
			from = to
		}
		p.op("f")
	})
}

// circle is four cubic arcs; 0.5523 makes them round to a thousandth.
func (p *path) circle(r float64) {
	const k = 0.5523
	p.op("m", r, 0)
	p.op("c", r, k*r, k*r, r, 0, r)
	p.op("c", -k*r, r, -r, k*r, -r, 0)
	p.op("c", -r, -k*r, -k*r, -r, 0, -r)
	p.op("c", k*r, -r, r, -k*r, r, 0)
	p.op("h")
}

// rosette is two fine lines that swing around the centre many times, one out
// where the other is in: the engraver's ornament that makes a copy by hand hard.
func (p *path) rosette(petals int, radius, swing float64) {
	p.around(petals, func() {
		p.petal(petals, radius, swing)
		p.petal(petals, radius, -swing)
		p.op("S")
	})
}

// petal is one swing of the line, in four smooth pieces.
func (p *path) petal(petals int, radius, swing float64) {
	const step = math.Pi / 2
	at := func(i int) (place, pull typeset.Point) {
		angle := step * float64(i)
		turn, distance := angle/float64(petals), radius+swing*math.Sin(angle)
		sin, cos := math.Sincos(turn)
		out, along := swing*math.Cos(angle)*step/3, distance/float64(petals)*step/3
		return polar(distance, turn), typeset.Point{X: out*cos - along*sin, Y: out*sin + along*cos}
	}
	from, pull := at(0)
	p.op("m", from.X, from.Y)
	for i := range 4 {
		to, next := at(i + 1)
		p.op("c", from.X+pull.X, from.Y+pull.Y, to.X-next.X, to.Y-next.Y, to.X, to.Y)
		from, pull = to, next
	}
}

// lettering writes s along a circle, as shapes: over the centre, running
// clockwise, with feet inwards; or under it, with feet outwards.
func (p *path) lettering(s string, radius, size float64, over bool) {
	foot, direction, spacing := typeset.Point{Y: radius}, -1.0, 0.08*size
	if !over {
		foot, direction = typeset.Point{Y: -radius}, 1
	}
	length := -spacing
	for _, r := range s {
		_, advance := typeset.Outline(typeset.SemiBold, r)
		length += advance*size + spacing
	}
	p.out = append(p.out, "q\n"...)
	at, turned := -length/2, 0.0
	for _, r := range s {
		contours, advance := typeset.Outline(typeset.SemiBold, r)
		angle := quarter(direction * (at + advance*size/2) / radius)
		p.turn(angle - turned)
		p.glyph(contours, advance, size, foot, 0)
		at, turned = at+advance*size+spacing, angle
	}
	p.out = append(p.out, "Q\n"...)
}

// quarter rounds an angle to a quarter of a degree, so that few turns differ.
func quarter(angle float64) float64 {
	const step = math.Pi / 720
	return math.Round(angle/step) * step
}

// letterUnits are what the size of a letter is long in its own drawing.
const letterUnits = 500

// glyph fills contours, turned, with the middle of their feet at a place. The
// same letter is written with the same numbers wherever it stands.
func (p *path) glyph(contours []typeset.Contour, advance, size float64, foot typeset.Point, turn float64) {
	if len(contours) == 0 {
		return
	}
	sin, cos := math.Sincos(turn)
	start := typeset.Point{X: foot.X - cos*advance*size/2, Y: foot.Y - sin*advance*size/2}
	unit := size * p.scale / letterUnits
	p.out = append(p.out, "q\n"...)
	p.raw("cm", cos*unit, sin*unit, -sin*unit, cos*unit, start.X*p.scale, start.Y*p.scale)
	letter := &path{scale: letterUnits, out: p.out}
	for _, c := range contours {
		letter.op("m", c.Start.X, c.Start.Y)
		for _, piece := range c.Pieces {
			letter.piece(piece)
		}
	}
	letter.op("f")
	p.out = append(letter.out, "Q\n"...)
}

// piece is a line or a cubic Bézier.
func (p *path) piece(points []typeset.Point) {
	if len(points) == 1 {
		p.op("l", points[0].X, points[0].Y)
		return
	}
	p.op("c", points[0].X, points[0].Y, points[1].X, points[1].Y, points[2].X, points[2].Y)
}

func (p *path) colour(c typeset.Color, operator string) {
	p.raw(operator, float64(c[0])/255, float64(c[1])/255, float64(c[2])/255)
}

// sealDrawing is the seal in its own units, the same on every certificate.
var sealDrawing = sync.OnceValue(func() string {
	p := &path{scale: sealUnits}
	p.colour(accent, "rg")
	p.scallops(60, 0.955, 1)
	p.colour(white, "RG")
	p.op("w", 0.014)
	p.circle(0.90)
	p.op("S")
	p.colour(white, "rg")
	p.circle(0.63)
	p.op("f")
	p.lettering(wordSealRing, 0.715, 0.128, true)
	p.lettering(wordSealFoot, 0.808, 0.128, false)
	p.colour(accent, "RG")
	p.op("w", 0.008)
	p.rosette(18, 0.51, 0.075)
	p.check()
	return string(p.out)
})

// check is the mark in the middle.
func (p *path) check() {
	p.op("w", 0.105)
	p.out = append(p.out, "1 J 1 j\n"...)
	p.op("m", -0.20, 0.00)
	p.op("l", -0.05, -0.155)
	p.op("l", 0.22, 0.165)
	p.op("S")
}

// seal draws the seal around (x, y), counted from the top left corner.
func (s *sheet) seal(x, y, radius float64) {
	p := &path{}
	p.raw("cm", radius/sealUnits, 0, 0, radius/sealUnits, x, pageHeight-y)
	s.pdf.RawWriteStr("q " + string(p.out))
	s.pdf.RawWriteStr(sealDrawing())
	s.pdf.RawWriteStr("Q")
}
