package workflow

import (
	"crypto/rand"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// crockford is Crockford's base 32: no I, L, O, U, so that a number can be read
// aloud.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewNumber makes the number of a certificate, "ESJ-2026-7KQ4-M2XD": year and
// seven random characters (35 bits, not guessable in sequence) with a check
// character at the end.
func NewNumber(random io.Reader, year int) (string, error) {
	raw := make([]byte, 7)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("certificate number: %w", err)
	}
	var body strings.Builder
	for _, b := range raw {
		body.WriteByte(crockford[b%32]) // 256 is a multiple of 32: no bias
	}
	s := body.String()
	s += string(checkCharacter(year, s))
	return fmt.Sprintf("ESJ-%d-%s-%s", year, s[:4], s[4:]), nil
}

// checkCharacter catches every single wrong character and every swap of two
// neighbours: a polynomial over GF(32), evaluated at a primitive element, so
// that each place has a weight of its own. The year is part of it.
func checkCharacter(year int, body string) byte {
	var sum byte
	for _, c := range []byte(fmt.Sprintf("%04d%s", year, body)) {
		sum = timesAlpha(sum) ^ byte(strings.IndexByte(crockford, c))
	}
	return crockford[timesAlpha(sum)]
}

// timesAlpha multiplies by the root of x⁵+x²+1 in GF(32).
func timesAlpha(x byte) byte {
	x <<= 1
	if x&32 != 0 {
		x ^= 0b100101
	}
	return x
}

var numberShape = regexp.MustCompile(`^ESJ-?(\d{4})-?([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{4})$`)

// misread are the letters people write for Crockford's digits.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// ParseNumber reads a number as people type it, small letters, spaces and
// O for 0 forgiven, and gives its one right form. It tells whether the check
// character agrees.
func ParseNumber(s string) (string, bool) {
	s = strings.ToUpper(strings.Join(strings.Fields(s), ""))
	prefix, rest, found := strings.Cut(s, "-")
	if !found || prefix != "ESJ" || len(s) > 24 {
		return "", false
	}
	m := numberShape.FindStringSubmatch("ESJ-" + misread.Replace(rest))
	if m == nil {
		return "", false
	}
	var year int
	fmt.Sscan(m[1], &year)
	if body := m[2] + m[3]; body[7] != checkCharacter(year, body[:7]) {
		return "", false
	}
	return fmt.Sprintf("ESJ-%s-%s-%s", m[1], m[2], m[3]), true
}

// newID makes the identity of a record: 128 bits or more, never sequential.
func newID() string { return rand.Text() }
