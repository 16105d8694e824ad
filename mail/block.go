package mail

import (
	"fmt"
	"strings"
)

// block is a piece of a mail with its values in: what both parts render.
type block struct {
	Mark  string   // "" for a paragraph, or a mark of the package comment
	Lines []string // of a paragraph, heading, list, quotation or code
	Pairs []pair   // of a summary, button or link
	Hint  string   // beside a button: what the bare address is for
}

// pair is a label with its value or its address.
type pair struct{ Label, Value string }

// Leads tells an address from the words that stand for a masked one.
func (p pair) Leads() bool { return strings.Contains(p.Value, "://") }

// separators between label and value, by mark. The French summary has a
// no-break space before its colon, which stays with the label.
var separators = map[string]string{"|": ": ", "@": " = ", "&": " = "}

// fillBlocks puts the values in and drops what has nothing to say.
func fillBlocks(blocks [][]line, v values, hint string) ([]block, error) {
	var filled []block
	for _, lines := range blocks {
		b, err := fillBlock(lines, v)
		if err != nil {
			return nil, err
		}
		if b.Mark == "@" {
			b.Hint = hint
		}
		if len(b.Lines)+len(b.Pairs) > 0 {
			filled = append(filled, b)
		}
	}
	return filled, nil
}

func fillBlock(lines []line, v values) (block, error) {
	b := block{Mark: lines[0].mark}
	for _, l := range lines {
		if l.mark != b.Mark {
			return b, fmt.Errorf("mail: a block mixes the marks %q and %q", b.Mark, l.mark)
		}
		if err := b.add(l, v); err != nil {
			return b, err
		}
	}
	return b, nil
}

// add cuts label from value before the values are in, so that no value can
// move the cut.
func (b *block) add(l line, v values) error {
	separator, paired := separators[b.Mark]
	if !paired {
		text, keep, err := l.fill(v)
		if keep {
			b.Lines = append(b.Lines, strings.Split(text, "\n")...)
		}
		return err
	}
	left, right, found := strings.Cut(l.text, separator)
	if !found {
		return fmt.Errorf("mail: %q lacks %q", l.text, separator)
	}
	label, keepLabel, err := line{text: left, only: l.only, not: l.not}.fill(v)
	if err != nil {
		return err
	}
	value, keepValue, err := line{text: right}.fill(v)
	if keepLabel && keepValue {
		b.Pairs = append(b.Pairs, pairs(label, value)...)
	}
	return err
}

// pairs cuts labels and values of several lines: there are as many of both.
func pairs(labels, values string) (list []pair) {
	value := strings.Split(values, "\n")
	for i, label := range strings.Split(labels, "\n") {
		if i < len(value) {
			list = append(list, pair{Label: label, Value: value[i]})
		}
	}
	return list
}
