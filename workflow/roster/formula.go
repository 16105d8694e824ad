package roster

import (
	"strings"
	"unicode"
)

// formulaStarts make a spreadsheet compute a cell instead of showing it; the
// last four are their full-width forms, which some programs fold.
const formulaStarts = "=+-@＝＋－＠"

// Inert is a cell as a file for spreadsheets holds it: an apostrophe stands
// before what would be computed, also behind spaces, controls or apostrophes.
// [Read] takes that apostrophe away again, so that every text comes back.
func Inert(cell string) string {
	if computed(cell) {
		return "'" + cell
	}
	return cell
}

// plain is the text that Inert was given.
func plain(cell string) string {
	if text, found := strings.CutPrefix(cell, "'"); found && computed(text) {
		return text
	}
	return cell
}

// computed tells that a cell starts a formula, for the least careful of
// spreadsheets.
func computed(cell string) bool {
	for _, r := range cell {
		switch {
		case strings.ContainsRune(formulaStarts, r):
			return true
		case r != '\'' && !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf):
			return false
		}
	}
	return false
}
