package logo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// cmykJPEG is a JPEG of 16 × 16 pixels in four inks, each of its blocks two
// bits long: no difference, end of block.
var cmykJPEG = slices.Concat(
	[]byte{0xFF, 0xD8},
	[]byte{0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0}, // inks, not transformed
	[]byte{0xFF, 0xDB, 0, 67, 0}, bytes.Repeat([]byte{1}, 64), // quantisation
	[]byte{0xFF, 0xC0, 0, 20, 8, 0, 16, 0, 16, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}, // size, components
	[]byte{0xFF, 0xC4, 0, 20, 0x00, 1}, make([]byte, 15), []byte{0}, // codes of differences: "0" for none
	[]byte{0xFF, 0xC4, 0, 20, 0x10, 1}, make([]byte, 15), []byte{0}, // and of the rest: "0" for the end
	[]byte{0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0}, make([]byte, 4), []byte{0xFF, 0xD9}, // 16 blocks
)

func encoded(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 3)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// claiming is a PNG whose header says another size than its pixels have.
func claiming(t testing.TB, w, h uint32) []byte {
	t.Helper()
	file := encoded(t, image.NewNRGBA(image.Rect(0, 0, 20, 20)))
	binary.BigEndian.PutUint32(file[16:], w)
	binary.BigEndian.PutUint32(file[20:], h)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

// chunk puts an ancillary chunk behind the header of a PNG.
func chunk(file []byte, kind, data string) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	c = append(append(c, kind...), data...)
	c = binary.BigEndian.AppendUint32(c, crc32.ChecksumIEEE(c[4:]))
	return append(append(append([]byte{}, file[:33]...), c...), file[33:]...)
}

func animated(t testing.TB) []byte {
	t.Helper()
	frame := image.NewPaletted(image.Rect(0, 0, 20, 20), color.Palette{color.Black, color.White})
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRefused(t *testing.T) {
	good := encoded(t, image.NewNRGBA(image.Rect(0, 0, 20, 20)))
	jpegFile := photo(t, 64, 64)
	scans := append(append([]byte{}, jpegFile...), bytes.Repeat([]byte{0xFF, 0xDA}, maxScans)...)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":           {nil, ErrType},
		"text":              {[]byte("Bonjour"), ErrType},
		"SVG":               {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), ErrType},
		"animated GIF":      {animated(t), ErrType},
		"PDF":               {[]byte("%PDF-1.7\n"), ErrType},
		"WebP":              {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), ErrType},
		"one pixel":         {encoded(t, image.NewNRGBA(image.Rect(0, 0, 1, 1))), ErrSmall},
		"a line":            {encoded(t, image.NewNRGBA(image.Rect(0, 0, 600, 15))), ErrSmall},
		"too wide":          {encoded(t, image.NewGray(image.Rect(0, 0, MaxSide+1, 20))), ErrBig},
		"too high":          {encoded(t, image.NewGray(image.Rect(0, 0, 20, MaxSide+1))), ErrBig},
		"a bomb":            {claiming(t, 1<<20, 1<<20), ErrBig},
		"a bomb in bounds":  {claiming(t, 4000, 4000), ErrBroken},
		"overflowing sides": {claiming(t, 1<<31-1, 1<<31-1), ErrBroken},
		"deep colours":      {deepHeader(t), ErrBig},
		"truncated PNG":     {good[:len(good)-20], ErrBroken},
		"truncated header":  {good[:20], ErrBroken},
		"truncated JPEG":    {jpegFile[:len(jpegFile)/2], ErrBroken},
		"many scans":        {scans, ErrBig},
		"a heavy file":      {append(good, make([]byte, MaxFile)...), ErrBig},
	} {
		if _, _, _, err := Clean(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// deepHeader claims sixteen bits per colour within the sides that are allowed.
func deepHeader(t testing.TB) []byte {
	t.Helper()
	file := encoded(t, image.NewNRGBA64(image.Rect(0, 0, 20, 20)))
	binary.BigEndian.PutUint32(file[16:], MaxSide)
	binary.BigEndian.PutUint32(file[20:], MaxSide)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(file[12:29]))
	return file
}

// What is kept holds pixels and nothing else that was sent.
func TestNothingElseIsKept(t *testing.T) {
	const secret = "<script>alert(document.cookie)</script>"
	good := encoded(t, image.NewNRGBA(image.Rect(0, 0, 20, 20)))
	exif := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, byte(2 + 6 + len(secret))}, "Exif\x00\x00"+secret...)
	for name, file := range map[string][]byte{
		"behind the picture":     append(append([]byte{}, good...), secret...),
		"a ZIP behind it":        append(append([]byte{}, good...), "PK\x03\x04"+secret...),
		"in a text chunk":        chunk(good, "tEXt", "Comment\x00"+secret),
		"in an unknown chunk":    chunk(good, "prVt", secret),
		"in the metadata":        append(exif, photo(t, 20, 20)[2:]...),
		"behind the JPEG":        append(photo(t, 20, 20), secret...),
		"in an animation of PNG": chunk(good, "acTL", "\x00\x00\x00\x02\x00\x00\x00\x00"),
	} {
		clean, _, _, err := Clean(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wantPicture(t, name, clean)
		if bytes.Contains(clean, []byte("script")) || bytes.Contains(clean, []byte("PK\x03\x04")) {
			t.Errorf("%s: it is kept", name)
		}
	}
}

// wantPicture expects a PNG of header, pixels and end, within the bounds.
func wantPicture(t *testing.T, name string, file []byte) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil || img.Bounds().Dx() > MaxKept || img.Bounds().Dy() > MaxKept || len(file) > MaxPNG {
		t.Errorf("%s: kept %d bytes, %v", name, len(file), err)
	}
	for rest := file[8:]; len(rest) >= 12; {
		size := binary.BigEndian.Uint32(rest)
		if kind := string(rest[4:8]); !strings.Contains("IHDR IDAT IEND PLTE tRNS", kind) {
			t.Errorf("%s: chunk %s is kept", name, kind)
		}
		rest = rest[12+size:]
	}
}

func TestShapeAndColours(t *testing.T) {
	cmyk := image.NewCMYK(image.Rect(0, 0, 100, 100))
	for i := 0; i < len(cmyk.Pix); i += 4 {
		cmyk.Pix[i+1], cmyk.Pix[i+2] = 255, 255 // red
	}
	wide := image.NewNRGBA(image.Rect(0, 0, 1200, 300))
	for y := range 300 {
		for x := range 600 { // the left half; the right one is transparent, and red beneath
			wide.Set(x, y, color.NRGBA{B: 255, A: 255})
			wide.Set(x+600, y, color.NRGBA{R: 255})
		}
	}
	offset := image.NewRGBA(image.Rect(-50, -50, 50, 50))
	for i := range offset.Pix {
		offset.Pix[i] = 255
	}
	for _, c := range []struct {
		name        string
		img         image.Image
		w, h        int
		left, right color.NRGBA
	}{
		{"CMYK", cmyk, 100, 100, color.NRGBA{R: 255, A: 255}, color.NRGBA{R: 255, A: 255}},
		{"half transparent", wide, 600, 150, color.NRGBA{B: 255, A: 255}, color.NRGBA{}},
		{"bounds from below zero", offset, 100, 100, color.NRGBA{255, 255, 255, 255}, color.NRGBA{255, 255, 255, 255}},
		{"high", image.NewGray(image.Rect(0, 0, 100, 3000)), 20, 600, color.NRGBA{A: 255}, color.NRGBA{A: 255}},
		{"not a whole factor", image.NewGray(image.Rect(0, 0, 700, 20)), 600, 17, color.NRGBA{A: 255}, color.NRGBA{A: 255}},
	} {
		file, w, h, err := write(c.img)
		if err != nil || w != c.w || h != c.h {
			t.Errorf("%s: %d × %d, %v", c.name, w, h, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		at := func(x int) color.NRGBA { return color.NRGBAModel.Convert(img.At(x, h/2)).(color.NRGBA) }
		if at(0) != c.left || at(w-1) != c.right {
			t.Errorf("%s: %v and %v, want %v and %v", c.name, at(0), at(w-1), c.left, c.right)
		}
	}
}

// A CMYK file comes out as a picture for screens.
func TestCMYKFile(t *testing.T) {
	if config, err := jpeg.DecodeConfig(bytes.NewReader(cmykJPEG)); err != nil || config.ColorModel != color.CMYKModel {
		t.Fatalf("the file is not what it should be: %v", err)
	}
	clean, _, _, err := Clean(cmykJPEG)
	if err != nil {
		t.Fatal(err)
	}
	wantPicture(t, "CMYK", clean)
}

// What is photographed is shrunk until it is light, or refused.
func TestHeavyPictures(t *testing.T) {
	noise := image.NewNRGBA(image.Rect(0, 0, 1500, 1500))
	state := uint32(1)
	for i := range noise.Pix {
		state = state*1664525 + 1013904223
		noise.Pix[i] = byte(state >> 24)
	}
	file, w, _, err := write(noise)
	if err == nil && (len(file) > MaxPNG || w >= MaxKept) || err != nil && !errors.Is(err, ErrHeavy) {
		t.Errorf("%d bytes, %d pixels, %v", len(file), w, err)
	}
}

func TestSharesCoverEverything(t *testing.T) {
	for _, c := range []struct{ n, size int }{{600, 4000}, {600, 601}, {1, 7}, {20, 20}, {3, 10}} {
		total := make([]float64, c.size)
		for i := range c.n {
			for _, s := range shares(i, c.n, c.size) {
				total[s.at] += s.weight
			}
		}
		for at, weight := range total {
			if weight < 0.999999 || weight > 1.000001 {
				t.Fatalf("%d of %d: place %d counts %f", c.n, c.size, at, weight)
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	good := encoded(f, image.NewNRGBA(image.Rect(0, 0, 20, 20)))
	for _, seed := range [][]byte{good, photo(f, 32, 32), cmykJPEG, animated(f), claiming(f, 4000, 4000), chunk(good, "tEXt", "a\x00b"), good[:40]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		clean, w, h, err := Clean(file)
		if err != nil {
			return
		}
		config, err := png.DecodeConfig(bytes.NewReader(clean))
		if err != nil || config.Width != w || config.Height != h || w > MaxKept || h > MaxKept || len(clean) > MaxPNG {
			t.Errorf("%d × %d, %d bytes: %v", w, h, len(clean), err)
		}
	})
}
