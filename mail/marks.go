package mail

import (
	"fmt"
	"regexp"
	"strings"
)

// line is one line of a page before values are put in.
type line struct {
	mark string // "" for a paragraph
	text string
	only string // keep when this value is there
	not  string // keep when this value is not there
}

// page is a file of templates/mail.
type page struct {
	head []line // "name: value"
	body [][]line
	foot [][]line
}

var marks = []string{"#", "1.", "|", ">", "*", "@", "&"}

var condition = regexp.MustCompile(`^\{([?!])([a-z-]+)\}`)

// parsePage reads the marks described in the package comment.
func parsePage(source string) page {
	head, rest, _ := strings.Cut(source, "\n\n")
	body, foot, _ := strings.Cut(rest, "\n---\n")
	return page{head: parseLines(head), body: parseBlocks(body), foot: parseBlocks(foot)}
}

func parseBlocks(source string) [][]line {
	var blocks [][]line
	for block := range strings.SplitSeq(source, "\n\n") {
		if block = strings.Trim(block, "\n"); block != "" {
			blocks = append(blocks, parseLines(block))
		}
	}
	return blocks
}

func parseLines(block string) []line {
	var lines []line
	for text := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
		lines = append(lines, parseLine(text))
	}
	return lines
}

func parseLine(text string) line {
	var l line
	if found := condition.FindStringSubmatch(text); found != nil {
		text = text[len(found[0]):]
		if found[1] == "?" {
			l.only = found[2]
		} else {
			l.not = found[2]
		}
	}
	for _, mark := range marks {
		if rest, ok := strings.CutPrefix(text, mark+" "); ok {
			l.mark, text = mark, rest
			break
		}
	}
	l.text = text
	return l
}

// values are what a page can name.
type values map[string]string

var placeholder = regexp.MustCompile(`\{([a-z-]+)\}`)

// fill puts the values in, and tells whether the line stays. A name that no
// value answers is a fault of the page.
func (l line) fill(v values) (text string, keep bool, err error) {
	keep = (l.only == "" || v[l.only] != "") && (l.not == "" || v[l.not] == "")
	text = placeholder.ReplaceAllStringFunc(l.text, func(name string) string {
		value, known := v[strings.Trim(name, "{}")]
		if !known {
			err = fmt.Errorf("mail: page names the unknown value %s", name)
		}
		keep = keep && value != ""
		return value
	})
	return text, keep, err
}
