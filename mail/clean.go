package mail

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"jachete/workflow"
)

// address refuses anything but a dot-atom address. The domain did already;
// an envelope is too dear to trust one guard.
func address(s string) (string, error) {
	clean, problem := workflow.CleanEmail(s)
	if problem != nil {
		return "", fmt.Errorf("address refused: %s", problem.Key)
	}
	return clean, nil
}

var messageID = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,200}@[A-Za-z0-9.-]{1,200}$`)

// linkSize bounds a link in a header, in bytes: RFC 5322 allows lines of 998.
const linkSize = 900

// webAddress refuses what would not stay one value between angle brackets.
func webAddress(s string) error {
	u, err := url.Parse(s)
	if err != nil || len(s) > linkSize || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" ||
		strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }) {
		return fmt.Errorf("mail: link refused in a header")
	}
	return nil
}

// lineSize bounds what one value brings to a line, in characters, so that no
// header outgrows the 998 bytes of RFC 5322. The domain's names are shorter.
const lineSize = 300

// oneLine gives text in NFC whose every control, separator and direction mark
// has become a space. No-break spaces stay: they are part of French.
func oneLine(s string) string {
	words := strings.FieldsFunc(manyLines(s), func(r rune) bool { return r == ' ' || r == '\n' })
	letters := []rune(strings.Join(words, " "))
	if len(letters) > lineSize {
		letters = append(letters[:lineSize-1], '…')
	}
	return string(letters)
}

// manyLines is oneLine for text of several lines.
func manyLines(s string) string {
	s = norm.NFC.String(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)) {
			return ' '
		}
		return r
	}, s))
}

// inAddress finds the marks that let a mail reader take words for a web
// address: "://" and the dots of "www.example.org".
var inAddress = regexp.MustCompile(`://|\.\pL{2,}`)

// bareAddress takes the scheme off a web address: what is left says where, and
// reads as words.
var bareAddress = strings.NewReplacer("https://", "", "http://", "")

// unlink keeps what people typed from becoming a live link, and shows that it
// did: "www[.]example[.]org".
func unlink(s string) string {
	return inAddress.ReplaceAllStringFunc(s, func(found string) string {
		if found == "://" {
			return "[://]"
		}
		return "[.]" + found[1:]
	})
}
