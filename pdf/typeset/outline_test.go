package typeset

import (
	"math"
	"testing"
)

func TestOutlineOfNothing(t *testing.T) {
	if contours, advance := Outline(Regular, '🏛'); contours != nil || advance != 0 {
		t.Error("an emoji has a shape")
	}
	if contours, advance := Outline(SemiBold, 'É'); len(contours) < 2 || advance < 0.4 {
		t.Errorf("É: %d contours, advance %.2f", len(contours), advance)
	}
}

// TestPiecesFollowTheirQuadratics compares each cubic of each face with the
// curves it stands for.
func TestPiecesFollowTheirQuadratics(t *testing.T) {
	faces, err := loadFaces()
	if err != nil {
		t.Fatal(err)
	}
	const most = 0.005 // of the size: a thirtieth of a point in the letters of the seal
	for _, f := range faces {
		for glyph := range f.widths {
			if outline := f.outline(uint16(glyph)); len(outline) > 0 && i16(outline, 0) > 0 {
				for _, nodes := range f.nodes(outline, int(i16(outline, 0)), Point{}) {
					if off := astray(nodes); off > most {
						t.Errorf("%s, glyph %d: a curve lies %.4f beside its own", f.name, glyph, off)
					}
				}
			}
		}
	}
}

// astray is the greatest distance from the pieces of a contour to the quadratics
// of its nodes.
func astray(nodes []node) (most float64) {
	c := contour(nodes)
	from, lines := c.Start, quadratics(nodes)
	for _, p := range c.Pieces {
		for k := 1; len(p) == 3 && k < 10; k++ {
			u := float64(k) / 10
			at := towards(bend(from, p[0], p[1], u), bend(p[0], p[1], p[2], u), u)
			nearest := math.Inf(1)
			for _, q := range lines {
				nearest = min(nearest, math.Hypot(q.X-at.X, q.Y-at.Y))
			}
			most = max(most, nearest)
		}
		from = p[len(p)-1]
	}
	return most
}

// quadratics are many points of the curves that TrueType means by these nodes.
func quadratics(nodes []node) (points []Point) {
	for i, n := range nodes {
		before, after := nodes[(i+len(nodes)-1)%len(nodes)], nodes[(i+1)%len(nodes)]
		if n.on {
			continue
		}
		from, to := before.Point, after.Point
		if !before.on {
			from = towards(from, n.Point, 0.5)
		}
		if !after.on {
			to = towards(n.Point, to, 0.5)
		}
		for k := range 100 {
			points = append(points, bend(from, n.Point, to, float64(k)/100))
		}
	}
	return points
}

// bend is a point of a quadratic Bézier.
func bend(from, control, to Point, u float64) Point {
	return towards(towards(from, control, u), towards(control, to, u), u)
}
