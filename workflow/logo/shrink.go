package logo

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// shrink gives the picture in w × h pixels, none larger than before: each is
// the mean of the area it covers, in premultiplied colours, so that nothing
// that is transparent bleeds into what is not.
func shrink(src image.Image, w, h int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	b := src.Bounds()
	columns := make([][]share, w)
	for x := range columns {
		columns[x] = shares(x, w, b.Dx())
	}
	for y := range h {
		rows := shares(y, h, b.Dy())
		strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), len(rows))) // the rest of the picture stays as decoded
		draw.Draw(strip, strip.Bounds(), src, b.Min.Add(image.Pt(0, rows[0].at)), draw.Src)
		for x := range w {
			out.Set(x, y, mean(strip, columns[x], rows))
		}
	}
	return out
}

// share is a row or column of the source with how much of it is covered.
type share struct {
	at     int
	weight float64
}

// shares are what the i-th of n pixels covers of size pixels.
func shares(i, n, size int) (list []share) {
	from, to := float64(i)*float64(size)/float64(n), float64(i+1)*float64(size)/float64(n)
	for at := int(from); at < size && float64(at) < to; at++ {
		if weight := math.Min(to, float64(at+1)) - math.Max(from, float64(at)); weight > 1e-9 || len(list) == 0 {
			list = append(list, share{at, weight})
		}
	}
	return list
}

func mean(strip *image.RGBA, columns, rows []share) color.RGBA {
	var sum [4]float64
	var area float64
	for y, row := range rows {
		for _, column := range columns {
			weight := row.weight * column.weight
			area += weight
			for i, v := range strip.Pix[strip.PixOffset(column.at, y):][:4] {
				sum[i] += weight * float64(v)
			}
		}
	}
	value := func(i int) uint8 { return uint8(sum[i]/area + 0.5) }
	return color.RGBA{R: value(0), G: value(1), B: value(2), A: value(3)}
}
