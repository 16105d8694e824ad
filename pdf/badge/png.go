package badge

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/vector"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// density is how many pixels of the file make one CSS pixel: sharp on phones.
const density = 2

// PNG gives the badge as a picture of twice its size, on a transparent ground.
func PNG(b workflow.Badge) ([]byte, error) {
	picture := image.NewRGBA(image.Rect(0, 0, density*Width, density*Height))
	r := new(vector.Rasterizer)
	for _, s := range draw(b) {
		r.Reset(density*Width, density*Height)
		for _, c := range s.contours {
			trace(r, c)
		}
		r.Draw(picture, picture.Bounds(), image.NewUniform(color.RGBA{s.color[0], s.color[1], s.color[2], 255}), image.Point{})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("badge %s: %w", b.Number, err)
	}
	return out.Bytes(), nil
}

func trace(r *vector.Rasterizer, c typeset.Contour) {
	at := func(p typeset.Point) (x, y float32) { return float32(density * p.X), float32(density * p.Y) }
	r.MoveTo(at(c.Start))
	for _, piece := range c.Pieces {
		if len(piece) == 1 {
			r.LineTo(at(piece[0]))
			continue
		}
		ax, ay := at(piece[0])
		bx, by := at(piece[1])
		x, y := at(piece[2])
		r.CubeTo(ax, ay, bx, by, x, y)
	}
	r.ClosePath()
}
