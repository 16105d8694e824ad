package templates

import (
	"regexp"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change is a piece of a text beside another: kept, added or removed.
type Change struct {
	Kind ChangeKind
	Text string
}

// ChangeKind says what became of a piece.
type ChangeKind string

// The kinds of pieces.
const (
	ChangeNone    ChangeKind = ""
	ChangeAdded   ChangeKind = "added"
	ChangeRemoved ChangeKind = "removed"
)

// textWords splits a text so that joining its parts gives it back: runs of
// letters and digits, runs of spaces, line ends, and other characters alone.
var textWords = regexp.MustCompile(`[\pL\pN\pM’-]+|\n|[^\S\n]+|[^\pL\pN\pM\s’-]`)

// changesOf compares two texts by their words. The kept and removed pieces
// make the text before, the kept and added ones the text after.
func changesOf(before, after string) (changes []Change) {
	var words dictionary
	d := diffmatchpatch.New()
	d.DiffTimeout = 0 // the same texts give the same page, however busy the machine is
	a, b := words.encode(before), words.encode(after)
	for _, piece := range d.DiffCleanupSemantic(d.DiffMainRunes(a, b, false)) {
		kind := map[diffmatchpatch.Operation]ChangeKind{diffmatchpatch.DiffInsert: ChangeAdded, diffmatchpatch.DiffDelete: ChangeRemoved}[piece.Type]
		changes = append(changes, Change{kind, words.decode(piece.Text)})
	}
	return changes
}

// dictionary stands for each word by one character, because the library
// compares characters. They come from the private planes: a text could not
// hold half a million different words.
type dictionary struct {
	words []string
	codes map[string]rune
}

const firstCode = 0xF0000

func (d *dictionary) encode(text string) (codes []rune) {
	if d.codes == nil {
		d.codes = map[string]rune{}
	}
	for _, word := range textWords.FindAllString(text, -1) {
		code, known := d.codes[word]
		if !known {
			code = firstCode + rune(len(d.words))
			d.codes[word], d.words = code, append(d.words, word)
		}
		codes = append(codes, code)
	}
	return codes
}

func (d *dictionary) decode(codes string) string {
	var b strings.Builder
	for _, code := range codes {
		b.WriteString(d.words[code-firstCode])
	}
	return b.String()
}
