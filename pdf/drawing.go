package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"jachete/pdf/archive"
	"jachete/workflow"
	"jachete/workflow/logo"
)

// Sizes of a drawn signature.
const (
	drawingWidth  = 160.0
	drawingHeight = 36.0
	drawingGap    = 2.0 // above and below it
)

// drawing is a picture in black and white, to be drawn as rectangles: a file
// without images needs no colours of images, and stays small.
type drawing struct {
	of            *archive.Element // a figure
	width, height int              // pixels
	black         []bool
}

// handwritten is the row of somebody's drawn signature, at x; none without one. The
// drawing goes with the person: several who sign have a column each.
func handwritten(sect *archive.Element, x float64, file []byte, who workflow.Signatory) ([]row, error) {
	if len(file) == 0 {
		return nil, nil
	}
	d, err := readDrawing(file)
	if err != nil {
		return nil, err
	}
	d.of = sect.Under(archive.RoleFigure)
	d.of.Alternate = fmt.Sprintf(wordDrawingAlternate, who.Name)
	return []row{{gap: drawingGap, leading: d.scale()*float64(d.height) + drawingGap, parts: []part{{x: x, drawing: d}}}}, nil
}

// readDrawing reads a file of the service's own making; it is bounded again all
// the same.
func readDrawing(file []byte) (*drawing, error) {
	config, err := png.DecodeConfig(bytes.NewReader(file))
	if err == nil && (config.Width > logo.MaxDrawingWidth || config.Height > logo.MaxDrawingHeight) {
		err = fmt.Errorf("%d × %d pixels", config.Width, config.Height)
	}
	if err != nil {
		return nil, fmt.Errorf("pdf: drawing: %w", err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("pdf: drawing: %w", err)
	}
	d := &drawing{width: config.Width, height: config.Height, black: make([]bool, config.Width*config.Height)}
	for i := range d.black {
		d.black[i] = dark(img, i%d.width, i/d.width)
	}
	return d, nil
}

func dark(img image.Image, x, y int) bool {
	return color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 128
}

// scale is the size of a pixel, in points: one drawn small is not blown up
// without end.
func (d *drawing) scale() float64 {
	return min(drawingWidth/float64(d.width), drawingHeight/float64(d.height), 0.6)
}

// drawingSHA256 is the hash of a drawing, empty when there is none.
func drawingSHA256(file []byte) string {
	if len(file) == 0 {
		return ""
	}
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// joinedHash words the hash of what is joined, when there is something.
func joinedHash(sum string) string {
	if sum == "" {
		return ""
	}
	return fmt.Sprintf(wordJoinedHash, sum)
}

// drawSignature draws a signature whose lower edge is drawingGap above y.
func (s *sheet) drawSignature(x, y float64, d *drawing) {
	scale := d.scale()
	w, h := scale*float64(d.width), scale*float64(d.height)
	top := y - drawingGap - h
	d.of.Box = area(x, top, w, h)
	s.begin(d.of, top)
	out := &path{scale: 1} // one unit is one pixel
	out.colour(ink, "rg")
	out.raw("cm", scale, 0, 0, -scale, x, pageHeight-top)
	out.cover(d.width, d.height, d.ink)
	s.pdf.RawWriteStr("q " + string(out.out) + "f Q")
	s.end()
}

// ink tells a black pixel.
func (d *drawing) ink(x, y int) bool { return x < d.width && y < d.height && d.black[y*d.width+x] }
