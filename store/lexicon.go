package store

import (
	"bytes"
	"math/bits"
	"strings"
)

// lexicon tells which lines hold a word, or a part of one. It keeps each word
// once, however many lines share it, so that a question costs about the same
// whatever their number.
type lexicon struct {
	numbers map[string]int
	lines   [][]int32 // by number of the word: the lines that hold it, ascending
	text    []byte    // every word, each ended by a line feed
	starts  []int     // where each word begins; one more at the end
}

func newLexicon() *lexicon { return &lexicon{numbers: map[string]int{}, starts: []int{0}} }

// add notes the words of a line, whose number exceeds all before it.
func (x *lexicon) add(line int32, folded string) {
	for word := range strings.FieldsSeq(folded) {
		n, known := x.numbers[word]
		if !known {
			n = len(x.lines)
			x.numbers[strings.Clone(word)] = n
			x.lines = append(x.lines, nil)
			x.text = append(append(x.text, word...), '\n')
			x.starts = append(x.starts, len(x.text))
		}
		if held := x.lines[n]; len(held) == 0 || held[len(held)-1] != line {
			x.lines[n] = append(held, line)
		}
	}
}

// holding gives the lines that hold the part of a word in one of its ways.
func (x *lexicon) holding(ways []string, size int) bitmap {
	found := newBitmap(size)
	for _, way := range ways {
		for n, at := 0, 0; ; {
			next := bytes.Index(x.text[at:], []byte(way))
			if next < 0 {
				break
			}
			for at += next; x.starts[n+1] <= at; {
				n++
			}
			for _, line := range x.lines[n] {
				found.set(line)
			}
			at = x.starts[n+1]
		}
	}
	return found
}

// waysOf gives the ways a searched word is written: people write « St-Denis »
// for Saint-Denis.
func waysOf(word string) []string {
	switch word {
	case "st":
		return []string{"st", "saint"}
	case "ste":
		return []string{"ste", "sainte"}
	}
	return []string{word}
}

// bitmap is a set of lines.
type bitmap []uint64

func newBitmap(size int) bitmap { return make(bitmap, (size+63)/64) }

func (b bitmap) set(i int32)      { b[i>>6] |= 1 << (i & 63) }
func (b bitmap) has(i int32) bool { return b[i>>6]&(1<<(i&63)) != 0 }

// keep leaves only what the other set holds too.
func (b bitmap) keep(other bitmap) {
	for i := range b {
		b[i] &= other[i]
	}
}

func (b bitmap) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// lines gives the set as a list, ascending.
func (b bitmap) lines() []int32 {
	list := make([]int32, 0, b.count())
	for i, word := range b {
		for ; word != 0; word &= word - 1 {
			list = append(list, int32(i<<6+bits.TrailingZeros64(word)))
		}
	}
	return list
}
