package workflow

import (
	"regexp"
	"strings"
)

// dotAtom is RFC 5321's Mailbox without quoted local parts, address literals
// and non-ASCII: what every relay takes and nothing can be hidden in.
var dotAtom = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`)

// CleanEmail gives an address in small letters, or says why it is refused.
func CleanEmail(s string) (string, *FieldError) {
	s = strings.TrimSpace(s)
	local, _, _ := strings.Cut(s, "@")
	switch {
	case s == "":
		return "", &FieldError{Key: "text.empty"}
	case len(s) > 254 || len(local) > 64 || !dotAtom.MatchString(s):
		return "", &FieldError{Key: "email.invalid"}
	}
	return strings.ToLower(s), nil
}

// MaskEmail hides who it is but lets the owner recognise it: "c…@example.org".
func MaskEmail(s string) string {
	local, domain, found := strings.Cut(s, "@")
	if !found || local == "" {
		return "…"
	}
	return local[:1] + "…@" + domain
}
