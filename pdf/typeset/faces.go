package typeset

import (
	_ "embed"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Weight chooses a face for a run of text.
type Weight int

// The weights of the certificate. Syllabics have one weight only.
const (
	Regular Weight = iota
	SemiBold
	syllabics // never asked for: runes that Inter does not hold fall here
	faceCount
)

var (
	//go:embed fonts/Inter-Regular.ttf
	interRegular []byte
	//go:embed fonts/Inter-SemiBold.ttf
	interSemiBold []byte
	//go:embed fonts/NotoSansCanadianAboriginal.ttf
	notoSyllabics []byte
)

// loadFaces parses the embedded files, once per process. Stem widths are the
// usual figures for these weights; readers use them only for a missing font.
var loadFaces = sync.OnceValues(func() (faces [faceCount]*face, err error) {
	files := [faceCount]struct {
		name  string
		stemV int
		data  []byte
	}{
		Regular:   {"Inter-Regular", 88, interRegular},
		SemiBold:  {"Inter-SemiBold", 132, interSemiBold},
		syllabics: {"NotoSansCanadianAboriginal-Regular", 88, notoSyllabics},
	}
	for i, f := range files {
		if faces[i], err = parseFace(f.name, f.stemV, f.data); err != nil {
			return faces, err
		}
	}
	return faces, nil
})

// find gives the face and the glyph that show r in weight w.
func find(faces *[faceCount]*face, w Weight, r rune) (Weight, uint16, bool) {
	for _, i := range [...]Weight{w, syllabics} {
		if glyph := faces[i].glyphs.glyph(r); glyph != 0 {
			return i, glyph, true
		}
	}
	return w, 0, false
}

// Missing lists the runes of s, after NFC, that no face can show, each once,
// in order. Emoji, control characters, line ends and ideographs are among
// them. An empty answer promises that s can be set.
func Missing(s string) []rune {
	faces, err := loadFaces()
	if err != nil {
		return []rune(s) // nothing can be set
	}
	var missing []rune
	seen := map[rune]bool{}
	for _, r := range norm.NFC.String(s) {
		if _, _, ok := find(&faces, Regular, r); !ok && !seen[r] {
			seen[r] = true
			missing = append(missing, r)
		}
	}
	return missing
}
