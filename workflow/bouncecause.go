package workflow

import (
	"regexp"
	"slices"
	"strings"
)

// BounceCause is why a server refused a mail, in the terms of RFC 3463 as
// staff need them.
type BounceCause string

// The causes. An answer that says nothing we know has none.
const (
	CauseMailbox     BounceCause = "mailbox"     // no such mailbox
	CauseDomain      BounceCause = "domain"      // no such domain, or one that takes no mail
	CauseFull        BounceCause = "full"        // mailbox full
	CauseDisabled    BounceCause = "disabled"    // mailbox closed, or takes no mail
	CauseSize        BounceCause = "size"        // message too big
	CausePolicy      BounceCause = "policy"      // refused by a rule of the recipient's server
	CauseContent     BounceCause = "content"     // message the server could not take as it is
	CauseUnreachable BounceCause = "unreachable" // the recipient's server did not answer in time
)

// causes gives the detail codes of RFC 3463 §3 and of its register at IANA,
// then the subjects, each without its class.
var causes = map[string]BounceCause{
	"1.1": CauseMailbox, "1.3": CauseMailbox, "1.6": CauseMailbox, "1.2": CauseDomain, "1.10": CauseDomain, "4.4": CauseDomain,
	"2.1": CauseDisabled, "2.2": CauseFull, "2.3": CauseSize, "3.4": CauseSize,
	"4": CauseUnreachable, "6": CauseContent, "7": CausePolicy,
}

var enhancedStatus = regexp.MustCompile(`^([245])\.(\d{1,3})\.(\d{1,3})$`)

// CauseOf reads the enhanced status code (RFC 3463) in a server's answer.
func CauseOf(answer string) BounceCause {
	_, subject, detail := statusIn(answer)
	if cause, known := causes[subject+"."+detail]; known {
		return cause
	}
	if cause, known := causes[subject]; known {
		return cause
	}
	if strings.HasPrefix(answer, "552") {
		return CauseSize
	}
	return ""
}

// statusIn finds the enhanced status code of an answer: the first that says
// more than x.0.0, if any. Numbers of the network do not look like one.
func statusIn(answer string) (class, subject, detail string) {
	words := strings.FieldsFunc(answer, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	for _, word := range words {
		m := enhancedStatus.FindStringSubmatch(strings.TrimRight(word, "."))
		if m == nil {
			continue
		}
		if class == "" || m[2] != "0" {
			class, subject, detail = m[1], m[2], m[3]
		}
		if subject != "0" {
			break
		}
	}
	return class, subject, detail
}

// blamesAddress tells of an answer that says for good that nobody can be
// written to there: what is said of the message, of a rule or of the road to
// the server may be otherwise tomorrow.
func blamesAddress(answer string) bool {
	class, subject, detail := statusIn(answer)
	return class == "5" && (slices.Contains([]string{"1", "2"}, subject) && CauseOf(answer) != CauseSize || subject == "0" && detail == "0")
}
