package badge

import (
	"fmt"
	"image"

	"golang.org/x/image/vector"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// PosterWidth and PosterHeight are the size of a poster in pixels: the one that
// social networks ask for.
const (
	PosterWidth  = 1200
	PosterHeight = 630
)

// The poster's measures, in pixels: a band at the foot, and between it and the
// mark a space in which the words stand in the middle.
const (
	margin     = 80
	markSize   = 76
	bandTop    = PosterHeight - 96
	wordsTop   = margin - 12 + markSize + 24
	wordsWidth = PosterWidth - 2*margin
	gap        = 22 // between the title and what is said of it
)

var (
	titleSteps = []step{{88, 1}, {76, 2}, {60, 3}, {48, 3}, {40, 4}}
	lineSteps  = []step{{40, 1}, {32, 1}, {26, 2}}
	white      = typeset.Color{255, 255, 255}
)

// PosterPNG draws the picture of a shared page. Words are shrunk until they fit,
// and then cut.
func PosterPNG(p workflow.Poster) ([]byte, error) {
	picture := canvas{image.NewRGBA(image.Rect(0, 0, PosterWidth, PosterHeight)), 1, new(vector.Rasterizer)}
	out, err := picture.drawn(posterShapes(p))
	if err != nil {
		return nil, fmt.Errorf("poster: %w", err)
	}
	return out, nil
}

func posterShapes(p workflow.Poster) []shape {
	colours := holding
	if p.Ended {
		colours = ended
	}
	const top = margin - 12
	shapes := []shape{
		{[]typeset.Contour{rounded(0, 0, PosterWidth, PosterHeight, 0)}, colours.ground},
		{[]typeset.Contour{rounded(0, bandTop, PosterWidth, PosterHeight-bandTop, 0)}, colours.mark},
		{[]typeset.Contour{rounded(margin, top, markSize, markSize, 17)}, colours.mark},
		{[]typeset.Contour{scaled(sign(!p.Ended), 20, 28, margin, top, markSize/64.0)}, colours.sign},
		{lettering(slogan, typeset.SemiBold, margin+markSize+24, top+51, 36), colours.soft},
	}
	shapes = append(shapes, words(p, colours)...)
	site, size := fitted(p.Site, wordsWidth, []step{{32, 1}})
	return append(shapes, shape{lettering(site[0], typeset.Regular, margin, bandTop+59, size), white})
}

// words puts title and lines in the middle of the space they have.
func words(p workflow.Poster, colours look) (shapes []shape) {
	type block struct {
		text  string
		steps []step
		color typeset.Color
	}
	var heights float64
	var place []func(y float64) float64
	for i, b := range []block{{p.Title, titleSteps, colours.ink}, {p.Under, lineSteps, colours.soft}, {p.Where, lineSteps, colours.ink}} {
		if b.text == "" {
			continue
		}
		lines, size := fitted(b.text, wordsWidth, b.steps)
		leading, space := size*1.18, 0.0
		if i == 1 {
			space = gap
		}
		heights += space + leading*float64(len(lines))
		place = append(place, func(y float64) float64 {
			y += space
			for _, line := range lines {
				shapes = append(shapes, shape{lettering(line, typeset.SemiBold, margin, y+size*0.92, size), b.color})
				y += leading
			}
			return y
		})
	}
	y := wordsTop + max(0, (bandTop-wordsTop-heights)/2)
	for _, put := range place {
		y = put(y)
	}
	return shapes
}

// scaled moves a shape that was drawn from (fromX, fromY) on to another place, in
// another size.
func scaled(c typeset.Contour, fromX, fromY, toX, toY, by float64) typeset.Contour {
	return moved(c, func(p typeset.Point) typeset.Point {
		return typeset.Point{X: toX + (p.X-fromX)*by, Y: toY + (p.Y-fromY)*by}
	})
}
