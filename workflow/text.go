package workflow

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Bounds of text fields, in characters as a person counts them.
const (
	MaxName     = 200
	MaxFunction = 200
	MaxNumber   = 40
	MaxMessage  = 1000
)

// maxMarks bounds the combining marks on one letter: Vietnamese needs two.
const maxMarks = 3

// CleanLine gives one line of text in NFC with its ends trimmed and runs of
// spaces made one, or says why it is refused: a control character, a mark that
// reverses or hides text, a character no certificate can print, or its length.
func CleanLine(s string, limit int) (string, *FieldError) {
	if !utf8.ValidString(s) {
		return "", &FieldError{Key: "text.encoding"}
	}
	if _, stacked := count(s); stacked {
		return "", &FieldError{Key: "text.marks"}
	}
	s = norm.NFC.String(s)
	for _, r := range s {
		if key := refusedRune(r); key != "" {
			return "", &FieldError{Key: key, Args: map[string]string{"character": nameRune(r)}}
		}
	}
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
	if length, _ := count(s); length > limit {
		return "", &FieldError{Key: "text.long", Args: map[string]string{"limit": fmt.Sprint(limit)}}
	}
	return s, nil
}

// CleanName is CleanLine for the names of people and bodies, which hold a
// letter and no web address.
func CleanName(s string, limit int) (string, *FieldError) {
	clean, problem := CleanLine(s, limit)
	switch {
	case problem != nil:
		return "", problem
	case clean == "":
		return "", &FieldError{Key: "text.empty"}
	case !strings.ContainsFunc(clean, unicode.IsLetter):
		return "", &FieldError{Key: "text.letter"}
	case holdsAddress(clean):
		return "", &FieldError{Key: "text.address"}
	}
	return clean, nil
}

// CleanText is CleanLine for a few lines of plain text.
func CleanText(s string, limit int) (string, *FieldError) {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		clean, problem := CleanLine(line, limit)
		if problem != nil {
			return "", problem
		}
		lines = append(lines, clean)
	}
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if length, _ := count(text); length > limit {
		return "", &FieldError{Key: "text.long", Args: map[string]string{"limit": fmt.Sprint(limit)}}
	}
	return text, nil
}

// refusedRune gives the message key of the reason a character is refused, or
// nothing. U+00A0 and U+202F, the no-break spaces of French, are kept.
func refusedRune(r rune) string {
	switch {
	case unicode.IsControl(r):
		return "text.control"
	case unicode.Is(unicode.Bidi_Control, r):
		return "text.direction"
	case isInvisible(r):
		return "text.invisible"
	case r > 0xFFFF:
		return "text.symbol"
	case r == '\u2028' || r == '\u2029' || !assigned(r):
		return "text.character"
	case !printable(r):
		return "text.symbol"
	}
	return ""
}

// isInvisible tells of characters that take no room and could make two names
// look the same.
func isInvisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs)
}

// nameRune names a character so that a person can find it: itself when it
// shows, its number in any case.
func nameRune(r rune) string {
	if unicode.IsGraphic(r) && !unicode.Is(unicode.Mn, r) {
		return fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// count gives the number of letters and signs without combining marks, and
// whether some letter carries too many of those.
func count(s string) (length int, stacked bool) {
	marks := 0
	for _, r := range s {
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				stacked = true
			}
			continue
		}
		marks = 0
		length++
	}
	return length, stacked
}

// holdsAddress tells of text that a mail reader would turn into a live link.
func holdsAddress(s string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(s)) {
		if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || domainWithPath(word) {
			return true
		}
	}
	return false
}

// domainWithPath finds "exemple.org/x" and "exemple.org" but not "inc." nor
// "St-Jean.Baptiste".
func domainWithPath(word string) bool {
	host, path, slash := strings.Cut(word, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || dot == len(host)-1 {
		return false
	}
	if slash && path != "" {
		return true
	}
	switch host[dot+1:] {
	case "com", "org", "net", "ca", "info", "example", "io", "biz", "quebec", "xyz", "ru", "cn":
		return true
	}
	return false
}

// letters that decomposition leaves whole
var unfolded = strings.NewReplacer("œ", "oe", "æ", "ae", "ł", "l", "ø", "o", "đ", "d", "ß", "ss")

// Fold makes text comparable for search: small letters, no accents, every
// apostrophe, dash, space and mark of punctuation a single space.
func Fold(s string) string {
	var b strings.Builder
	space := true
	for _, r := range norm.NFD.String(unfolded.Replace(strings.ToLower(norm.NFC.String(s)))) {
		switch {
		case unicode.Is(unicode.M, r):
			continue
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			b.WriteRune(r)
			space = false
		case !space:
			b.WriteByte(' ')
			space = true
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// collators are kept for reuse: making one, or its room, costs far more than a
// key, and one serves one goroutine at a time.
var collators = sync.Pool{New: func() any { return &collator{Collator: collate.New(language.MustParse("fr-CA"))} }}

type collator struct {
	*collate.Collator
	room collate.Buffer
}

// CollationKey orders names as a Québec reader expects; keys compare byte by
// byte.
func CollationKey(s string) []byte {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	c.room.Reset()
	return append([]byte(nil), c.KeyFromString(&c.room, s)...)
}
