package badge

import "jachete/pdf/typeset"

// step is a size, in CSS pixels, with the most lines that a text may take in it.
type step struct {
	size  float64
	lines int
}

// fitted breaks a text to lines no wider than width, in the first of the steps
// that holds it; what does not fit in the last one ends with an ellipsis.
func fitted(text string, width float64, steps []step) (lines []string, size float64) {
	for _, s := range steps {
		if lines, size = broken(text, s.size, width), s.size; len(lines) <= s.lines {
			return lines, size
		}
	}
	most := steps[len(steps)-1].lines
	letters := []rune(text)
	for len(lines) > most {
		letters = letters[:len(letters)-1]
		lines = broken(string(letters)+"…", size, width)
	}
	return lines, size
}

func broken(text string, size, width float64) (lines []string) {
	style := typeset.Style{Weight: typeset.SemiBold, Size: size}
	for _, line := range typeset.Break([]typeset.Run{{Text: text, Style: style}}, width) {
		var words string
		for _, run := range line.Runs {
			words += run.Text
		}
		lines = append(lines, words)
	}
	return lines
}
