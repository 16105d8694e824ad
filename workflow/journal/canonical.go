package journal

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Canonical writes a value of maps with ASCII keys, lists, strings, integers,
// booleans and nulls in the one form RFC 8785 gives it: sorted keys, no space,
// no escape that is not needed. It panics on what JSON cannot hold.
func Canonical(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("journal: " + err.Error())
	}
	return unescape(strings.TrimSuffix(b.String(), "\n"))
}

// unescape writes the three characters plainly that encoding/json escapes and
// RFC 8785 does not: line separators, and the stand-in for invalid UTF-8.
func unescape(s string) string {
	plain := map[string]string{`\u2028`: "\u2028", `\u2029`: "\u2029", `\ufffd`: "\ufffd"}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+2 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		width := 2 // a backslash and what it escapes
		if s[1] == 'u' {
			width = 6
		}
		if char, found := plain[s[:width]]; found {
			b.WriteString(char)
		} else {
			b.WriteString(s[:width])
		}
		s = s[width:]
	}
}
