package badge

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// density is how many pixels of a badge's file make one CSS pixel: sharp on
// phones.
const density = 2

// PNG gives the badge as a picture of twice its size, on a transparent ground.
func PNG(b workflow.Badge) ([]byte, error) {
	picture := canvas{image.NewRGBA(image.Rect(0, 0, density*Width, density*Height)), density, new(vector.Rasterizer)}
	out, err := picture.drawn(draw(b))
	if err != nil {
		return nil, fmt.Errorf("badge %s: %w", b.Number, err)
	}
	return out, nil
}

// canvas is a picture with the number of its pixels that make one CSS pixel.
type canvas struct {
	picture *image.RGBA
	density float64
	pen     *vector.Rasterizer
}

// drawn fills shapes one over the other and gives the file.
func (v canvas) drawn(shapes []shape) ([]byte, error) {
	for _, s := range shapes {
		v.fill(s)
	}
	var out bytes.Buffer
	err := png.Encode(&out, v.picture)
	return out.Bytes(), err
}

// fill draws a shape within its own bounds: the cost is that of the ink, not of
// the sheet.
func (v canvas) fill(s shape) {
	box := v.bounds(s).Intersect(v.picture.Bounds())
	if box.Empty() {
		return
	}
	v.pen.Reset(box.Dx(), box.Dy())
	for _, c := range s.contours {
		v.trace(c, box.Min)
	}
	v.pen.Draw(v.picture, box, image.NewUniform(color.RGBA{s.color[0], s.color[1], s.color[2], 255}), image.Point{})
}

// bounds is the smallest box of whole pixels around a shape; a curve lies
// within its control points.
func (v canvas) bounds(s shape) image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	take := func(p typeset.Point) {
		left, top, right, bottom = min(left, p.X), min(top, p.Y), max(right, p.X), max(bottom, p.Y)
	}
	for _, c := range s.contours {
		take(c.Start)
		for _, piece := range c.Pieces {
			for _, p := range piece {
				take(p)
			}
		}
	}
	if left > right {
		return image.Rectangle{} // nothing to draw
	}
	whole := func(x, y float64, round func(float64) float64) image.Point {
		return image.Pt(int(round(x*v.density)), int(round(y*v.density)))
	}
	return image.Rectangle{Min: whole(left, top, math.Floor), Max: whole(right, bottom, math.Ceil)}
}

func (v canvas) trace(c typeset.Contour, origin image.Point) {
	at := func(p typeset.Point) (x, y float32) {
		return float32(v.density*p.X) - float32(origin.X), float32(v.density*p.Y) - float32(origin.Y)
	}
	v.pen.MoveTo(at(c.Start))
	for _, piece := range c.Pieces {
		if len(piece) == 1 {
			v.pen.LineTo(at(piece[0]))
			continue
		}
		ax, ay := at(piece[0])
		bx, by := at(piece[1])
		x, y := at(piece[2])
		v.pen.CubeTo(ax, ay, bx, by, x, y)
	}
	v.pen.ClosePath()
}
