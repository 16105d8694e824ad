package badge

import "jachete/pdf/typeset"

// round is how far the control points of a quarter circle reach, in radii: it
// is then round to a thousandth.
const round = 0.5523

// rounded is a rectangle with round corners.
func rounded(x, y, width, height, r float64) typeset.Contour {
	p := func(x, y float64) typeset.Point { return typeset.Point{X: x, Y: y} }
	right, bottom, k := x+width, y+height, r*(1-round)
	return typeset.Contour{Start: p(x+r, y), Pieces: [][]typeset.Point{
		{p(right-r, y)}, {p(right-k, y), p(right, y+k), p(right, y+r)},
		{p(right, bottom-r)}, {p(right, bottom-k), p(right-k, bottom), p(right-r, bottom)},
		{p(x+r, bottom)}, {p(x+k, bottom), p(x, bottom-k), p(x, bottom-r)},
		{p(x, y+r)}, {p(x, y+k), p(x+k, y), p(x+r, y)},
	}}
}

// sign is the tick of the site, or a bar once the commitment has ended: the
// colour alone says nothing.
func sign(holds bool) typeset.Contour {
	if !holds {
		return rounded(36, 56.5, 32, 7, 3.5)
	}
	return polygon(35.8, 61.2, 40.4, 56.6, 48.4, 64.6, 64.0, 46.4, 68.9, 50.6, 48.7, 74.1)
}

// polygon is a closed line through points given as x, y, x, y …
func polygon(at ...float64) typeset.Contour {
	c := typeset.Contour{Start: typeset.Point{X: at[0], Y: at[1]}}
	for i := 2; i+1 < len(at); i += 2 {
		c.Pieces = append(c.Pieces, []typeset.Point{{X: at[i], Y: at[i+1]}})
	}
	return c
}

// lettering is text on a baseline, as shapes.
func lettering(text string, weight typeset.Weight, x, y, size float64) (contours []typeset.Contour) {
	for _, r := range text {
		glyph, advance := typeset.Outline(weight, r)
		place := func(p typeset.Point) typeset.Point { return typeset.Point{X: x + p.X*size, Y: y - p.Y*size} }
		for _, c := range glyph {
			contours = append(contours, moved(c, place))
		}
		x += advance * size
	}
	return contours
}

func moved(c typeset.Contour, place func(typeset.Point) typeset.Point) typeset.Contour {
	out := typeset.Contour{Start: place(c.Start)}
	for _, piece := range c.Pieces {
		points := make([]typeset.Point, len(piece))
		for i, p := range piece {
			points[i] = place(p)
		}
		out.Pieces = append(out.Pieces, points)
	}
	return out
}
