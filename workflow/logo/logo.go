// Package logo makes a safe picture of one that somebody sent, a logo or a drawn
// signature: decoded, shrunk and written anew as PNG, so that nothing of the
// file itself is kept.
package logo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // the two kinds that are taken
	"image/png"
	"sync"
)

// Bounds of a picture.
const (
	MaxFile = 2 << 20   // bytes sent
	MaxPNG  = 300 << 10 // bytes kept
	MaxSide = 4000      // pixels sent
	MinSide = 16        // pixels sent: less shows nothing
	MaxKept = 600       // pixels kept, on the longer side

	// maxMemory bounds what the decoded picture takes, in bytes; one of sixteen
	// bits per colour reaches it sooner than its sides would.
	maxMemory = 64 << 20
	// maxScans bounds the passes of a progressive JPEG. Each goes over the whole
	// picture however few bytes it takes, so that a small file could keep a
	// processor busy for minutes. Usual ones have about ten.
	maxScans = 64
)

// Why a picture is refused.
var (
	ErrType   = errors.New("logo: neither PNG nor JPEG")
	ErrBroken = errors.New("logo: cannot be read to its end")
	ErrSmall  = errors.New("logo: too few pixels")
	ErrBig    = errors.New("logo: too many pixels or bytes")
	ErrHeavy  = errors.New("logo: too many bytes once shrunk")
)

// decoding lets one picture in at a time: a big one takes tens of megabytes.
var decoding sync.Mutex

// Clean gives the picture as a PNG of at most MaxKept pixels a side and MaxPNG
// bytes, with its size in pixels. Its error is one of those above.
func Clean(file []byte) (clean []byte, width, height int, err error) {
	if len(file) > MaxFile {
		return nil, 0, 0, ErrBig
	}
	decoding.Lock()
	defer decoding.Unlock()
	picture, err := decode(file, MinSide)
	if err != nil {
		return nil, 0, 0, err
	}
	return write(picture)
}

// decode reads the size before anything else: what a file of a few bytes would
// unfold to is refused before it does, as is one of fewer pixels a side.
func decode(file []byte, least int) (image.Image, error) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case kind != "png" && kind != "jpeg":
		return nil, ErrType
	case err != nil:
		return nil, ErrBroken
	case config.Width < least || config.Height < least:
		return nil, ErrSmall
	case config.Width > MaxSide || config.Height > MaxSide, config.Width*config.Height*depth(config.ColorModel) > maxMemory:
		return nil, ErrBig
	case kind == "jpeg" && bytes.Count(file, []byte{0xFF, 0xDA}) > maxScans: // a scan starts so (ITU-T T.81, B.1.1.3)
		return nil, ErrBig
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, ErrBroken
	}
	return picture, nil
}

// depth is the number of bytes that a pixel takes in memory.
func depth(m color.Model) int {
	switch m {
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	case color.Gray16Model:
		return 2
	case color.GrayModel:
		return 1
	}
	return 4
}

// write shrinks until the file is light enough. What is photographed weighs
// more than what is drawn.
func write(picture image.Image) ([]byte, int, int, error) {
	for side := MaxKept; side >= MaxKept/4; side = side * 3 / 4 {
		w, h := within(picture.Bounds(), side)
		var out bytes.Buffer
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		if err := encoder.Encode(&out, shrink(picture, w, h)); err != nil {
			return nil, 0, 0, ErrBroken
		}
		if out.Len() <= MaxPNG {
			return out.Bytes(), w, h, nil
		}
	}
	return nil, 0, 0, ErrHeavy
}

// within gives a size of the same shape whose longer side is at most that.
func within(b image.Rectangle, side int) (w, h int) {
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return b.Dx(), b.Dy()
	}
	return max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer)
}
