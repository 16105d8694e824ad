package mail

import (
	"strings"
	"unicode"
)

// answerSize bounds what is kept of a relay's words, in characters.
const answerSize = 300

// answer makes foreign words fit to store and to show: one line, no control
// characters, no secret, bounded.
func answer(s string, secrets ...string) string {
	for _, secret := range secrets {
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "…")
		}
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	letters := []rune(strings.Join(strings.Fields(s), " "))
	if len(letters) > answerSize {
		letters = append(letters[:answerSize-1], '…')
	}
	return string(letters)
}
