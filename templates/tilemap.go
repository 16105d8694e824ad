package templates

import (
	"strconv"

	"jachete/workflow/territory"
)

// A tile of the map of regions, in units of its drawing.
const (
	regionTile   = 64
	regionStride = 70
	shades       = 4 // that are not empty
)

// RegionLine is a region with the number of its commitments.
type RegionLine struct {
	territory.Region
	Count int
}

// RegionTile is a region as the map draws it.
type RegionTile struct {
	RegionLine
	X, Y  int
	Shade int // 0 to 4
}

// Shade is a line of the map's legend.
type Shade struct {
	Shade       int
	From, Until int
}

// TileMap is the map of all regions, each a square whose shade tells how many
// have signed.
type TileMap struct {
	Width, Height int
	Tiles         []RegionTile
	Legend        []Shade
}

// Map draws the regions.
func (p *Home) Map() TileMap {
	m := TileMap{Legend: []Shade{{}}}
	most := 0
	for _, r := range p.Regions {
		most = max(most, r.Count)
		m.Width = max(m.Width, r.Column*regionStride+regionTile)
		m.Height = max(m.Height, r.Row*regionStride+regionTile)
	}
	for _, r := range p.Regions {
		m.Tiles = append(m.Tiles, RegionTile{r, r.Column * regionStride, r.Row * regionStride, shadeOf(r.Count, most)})
	}
	for shade, from := 1, 1; shade <= shades && from <= most; shade++ {
		until := shadeEnd(shade, most)
		if until >= from {
			m.Legend = append(m.Legend, Shade{shade, from, until})
			from = until + 1
		}
	}
	return m
}

// shadeEnd is the largest number that a shade stands for.
func shadeEnd(shade, most int) int { return (most*shade + shades - 1) / shades }

// shadeOf is the first shade whose end a number does not pass.
func shadeOf(n, most int) int {
	if n <= 0 {
		return 0
	}
	shade := 1
	for shade < shades && n > shadeEnd(shade, most) {
		shade++
	}
	return shade
}

// Range writes the numbers that a shade stands for.
func (f *Frame) Range(s Shade) string {
	if s.From == s.Until {
		return f.Count(s.From)
	}
	return f.T("map.range", "From", strconv.Itoa(s.From), "Until", f.Count(s.Until))
}
