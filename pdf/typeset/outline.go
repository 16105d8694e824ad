package typeset

// Point is a place in a glyph, in units of the size: (0, 0) is the origin on
// the baseline, y goes up.
type Point struct{ X, Y float64 }

// Contour is a closed curve: it starts at Start, and each piece is a line to its
// only point, or a cubic Bézier with two control points and an end.
type Contour struct {
	Start  Point
	Pieces [][]Point
}

// Outline gives the shape and the advance of r for text that is drawn as a
// picture, such as lettering on a seal: no text reader sees it. Composite
// glyphs are put together at their offsets; the faces hold no scaled parts. An
// unknown rune has no shape.
func Outline(w Weight, r rune) (contours []Contour, advance float64) {
	faces, err := loadFaces()
	if err != nil {
		return nil, 0
	}
	w, glyph, ok := find(&faces, w, r)
	if !ok {
		return nil, 0
	}
	f := faces[w]
	return f.contours(glyph, Point{}), float64(f.advances[glyph]) / float64(f.unitsPerEm)
}

func (f *face) contours(glyph uint16, at Point) []Contour {
	outline := f.outline(glyph)
	if len(outline) == 0 {
		return nil
	}
	if count := int(i16(outline, 0)); count >= 0 {
		return f.simple(outline, count, at)
	}
	var all []Contour
	eachComponent(outline, func(flags uint16, part []byte) {
		dx, dy := f.offset(flags, part[2:])
		all = append(all, f.contours(u16(part, 0), Point{at.X + dx, at.Y + dy})...)
	})
	return all
}

// offset reads where a part stands: two words or two bytes.
func (f *face) offset(flags uint16, arguments []byte) (dx, dy float64) {
	if flags&wordArguments != 0 {
		return f.units(int(i16(arguments, 0))), f.units(int(i16(arguments, 2)))
	}
	return f.units(int(int8(arguments[0]))), f.units(int(int8(arguments[1])))
}

func (f *face) units(n int) float64 { return float64(n) / float64(f.unitsPerEm) }

// node is a point of an outline; those off the curve are control points.
type node struct {
	Point
	on bool
}

func (f *face) simple(outline []byte, count int, at Point) []Contour {
	contours := make([]Contour, 0, count)
	for _, nodes := range f.nodes(outline, count, at) {
		contours = append(contours, contour(nodes))
	}
	return contours
}

// nodes reads a glyph of count contours (OpenType « glyf »).
func (f *face) nodes(outline []byte, count int, at Point) [][]node {
	ends := outline[10:]
	total := int(u16(ends, 2*count-2)) + 1
	data := ends[2*count+2+int(u16(ends, 2*count)):] // after the instructions
	flags, data := readFlags(data, total)
	xs, data := readDeltas(data, flags, 0x02, 0x10)
	ys, _ := readDeltas(data, flags, 0x04, 0x20)
	nodes := make([]node, total)
	for i := range nodes {
		nodes[i] = node{Point{at.X + f.units(xs[i]), at.Y + f.units(ys[i])}, flags[i]&1 != 0}
	}
	contours, start := make([][]node, count), 0
	for c := range contours {
		end := int(u16(ends, 2*c)) + 1
		contours[c] = nodes[start:end]
		start = end
	}
	return contours
}

func readFlags(data []byte, total int) (flags, rest []byte) {
	for len(flags) < total {
		flag, repeat := data[0], 0
		data = data[1:]
		if flag&0x08 != 0 {
			repeat = int(data[0])
			data = data[1:]
		}
		for range repeat + 1 {
			flags = append(flags, flag)
		}
	}
	return flags[:total], data
}

// readDeltas adds up one coordinate of all points. The bit short says the
// delta is one byte, whose sign is the bit same; without short, same means no
// change and otherwise a word follows.
func readDeltas(data, flags []byte, short, same byte) (values []int, rest []byte) {
	value := 0
	for _, flag := range flags {
		switch {
		case flag&short != 0:
			delta := int(data[0])
			if flag&same == 0 {
				delta = -delta
			}
			value += delta
			data = data[1:]
		case flag&same == 0:
			value += int(i16(data, 0))
			data = data[2:]
		}
		values = append(values, value)
	}
	return values, data
}

// contour turns nodes into pieces, each from one point on the curve to the next.
func contour(nodes []node) Contour {
	first := 0
	for first < len(nodes) && !nodes[first].on {
		first++
	}
	if first == len(nodes) {
		return Contour{} // the embedded faces have no contour without a point on it
	}
	out := Contour{Start: nodes[first].Point}
	from, controls := out.Start, []Point(nil)
	for i := range nodes {
		n := nodes[(first+1+i)%len(nodes)]
		if !n.on {
			controls = append(controls, n.Point)
			continue
		}
		out.Pieces = append(out.Pieces, piece(from, controls, n.Point))
		from, controls = n.Point, controls[:0]
	}
	return out
}

// piece gives the cubic that n quadratics in a row were made from: their makers
// cut the cubic at n equal steps of its parameter, so the first control point
// of theirs lies 3/2n of the way to its own, and the last one likewise.
func piece(from Point, controls []Point, to Point) []Point {
	n := len(controls)
	if n == 0 {
		return []Point{to}
	}
	reach := 2 * float64(n) / 3
	return []Point{towards(from, controls[0], reach), towards(to, controls[n-1], reach), to}
}

// towards is a point on the line from a to b: b itself when share is 1.
func towards(a, b Point, share float64) Point {
	return Point{a.X + (b.X-a.X)*share, a.Y + (b.Y-a.Y)*share}
}
