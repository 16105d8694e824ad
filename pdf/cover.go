package pdf

// cover draws the black places of a grid as few rectangles: as far to the right
// as they go, then as far down. Rectangles may overlap. Outside the grid, nothing
// is black.
func (p *path) cover(width, height int, black func(x, y int) bool) {
	covered := make([]bool, width*height)
	for y := range height {
		for x := range width {
			if !black(x, y) || covered[y*width+x] {
				continue
			}
			w, h := rectangle(black, x, y)
			for i := range w * h {
				covered[(y+i/w)*width+x+i%w] = true
			}
			p.op("re", float64(x), float64(y), float64(w), float64(h))
		}
	}
}

// rectangle is the size of a black one with its top left corner at (x, y).
func rectangle(black func(x, y int) bool, x, y int) (width, height int) {
	run := func(y int) (n int) {
		for black(x+n, y) {
			n++
		}
		return n
	}
	width, height = run(y), 1
	for run(y+height) >= width {
		height++
	}
	return width, height
}
