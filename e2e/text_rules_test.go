package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// longestFile is how many lines a Go file may have: what nobody must scroll
// far to grasp. Most have about 120.
const longestFile = 400

// unfinished are marks of work left undone. The pattern is written so that it
// does not match itself.
var unfinished = regexp.MustCompile(`\b(T[O]DO|F[I]XME)\b`)

// foreignPath are folders of one person's machine, meaningless on another's.
var foreignPath = regexp.MustCompile(`(^|[\s"'=(:])/(r[o]ot|w[o]rk|h[o]me/[a-z]+|Us[e]rs)/`)

// textFaults are the sentences about what the text of a file must not have.
func textFaults(f textFile) (found []string) {
	lines := strings.Split(strings.TrimSuffix(f.text, "\n"), "\n")
	if f.isGo() && len(lines) > longestFile {
		found = append(found, fmt.Sprintf("%s has %d lines, at most %d: give one of its subjects a file of its own", f.path, len(lines), longestFile))
	}
	for i, line := range lines {
		if mark := unfinished.FindString(line); mark != "" {
			found = append(found, fmt.Sprintf("%s:%d: %s: do it, or write it in the issue tracker", f.path, i+1, mark))
		}
		if foreignPath.MatchString(line) {
			found = append(found, fmt.Sprintf("%s:%d: a path of one machine: %s", f.path, i+1, strings.TrimSpace(line)))
		}
	}
	return found
}

func TestTextOfTheProject(t *testing.T) {
	for _, f := range project(t) {
		for _, sentence := range textFaults(f) {
			t.Error(sentence)
		}
	}
}

func TestTextFaultsAreSeen(t *testing.T) {
	for _, c := range []struct {
		path, text, part string
	}{
		{"a.go", strings.Repeat("x\n", longestFile+1), "has 401 lines"},
		{"a.go", strings.Repeat("x\n", longestFile), ""},
		{"a.csv", strings.Repeat("x\n", longestFile+1), ""},
		{"a.md", "one\n" + "TO" + "DO later", "a.md:2"},
		{"a.sh", "# FIX" + "ME", "a.sh:1"},
		{"a.md", "MASTODON", ""},
		{"a.go", `"/ro` + `ot/x"`, "one machine"},
		{"a.md", "see /wo" + "rk/main", "one machine"},
		{"a.md", "/ho" + "me/camille/x", "one machine"},
		{"a.md", "https://example.org/wo" + "rk/x and /var/lib/jachete", ""},
	} {
		said := strings.Join(textFaults(textFile{c.path, c.text}), "\n")
		if c.part == "" && said != "" || !strings.Contains(said, c.part) {
			t.Errorf("%.40q\nsaid %q, want %q in it", c.text, said, c.part)
		}
	}
}
