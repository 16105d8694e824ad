package web

import (
	"regexp"
	"strings"

	"jachete/templates"
	"jachete/workflow"
)

// answers names what the words of a server mean, by the enhanced status code
// of RFC 3463 §3 without its class: subject and detail first, then the subject
// alone.
var answers = map[string]string{
	"1.1": "mailbox", "1.3": "mailbox", "1.6": "mailbox", "1.2": "domain", "1.10": "domain", "4.4": "domain",
	"2.1": "closed", "2.2": "full", "2.3": "size", "3.4": "size",
	"4": "unreachable", "6": "content", "7": "policy",
}

// basicAnswers does it for servers that give the three digits of RFC 5321 only.
var basicAnswers = map[string]string{"421": "unreachable", "452": "full", "550": "mailbox", "551": "mailbox", "552": "size", "553": "mailbox", "554": "policy"}

var statusCode = regexp.MustCompile(`\b([245])\.(\d{1,3})\.(\d{1,3})\b`)

// answerInWords says what a server's answer means to a person: nothing for one
// that says nothing we know.
func answerInWords(lang workflow.Language, answer string) string {
	if strings.HasPrefix(answer, "2") || answer == "" {
		return ""
	}
	name := ""
	if m := statusCode.FindStringSubmatch(answer); m != nil && m[1] != "2" {
		if name = answers[m[2]+"."+m[3]]; name == "" {
			name = answers[m[2]]
		}
	} else if len(answer) >= 3 {
		name = basicAnswers[answer[:3]]
	}
	if name == "" {
		return ""
	}
	return templates.Sentence(lang, "answer."+name, nil)
}
