package mail

import (
	"errors"
	"strings"
	"testing"
)

// report is a delivery status notification as relays write them.
func report(action, returned string) string {
	return strings.ReplaceAll(`From: MAILER-DAEMON@relay.example.org
To: declaration@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; camille@example.org
Action: `+action+`
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <camille@example.org>:
 Recipient address rejected: User unknown

--b
`+returned+`
--b--
`, "\n", "\r\n")
}

const returnedHeaders = `Content-Type: text/rfc822-headers

Message-ID: <ABC123@esja.example.org>
Subject: invitation
`

func TestReportsOfFailureAreRead(t *testing.T) {
	for name, returned := range map[string]string{
		"headers": returnedHeaders,
		"whole":   strings.Replace(returnedHeaders, "text/rfc822-headers", "message/rfc822", 1) + "\nBonjour,\n",
	} {
		b, err := ParseBounce(strings.NewReader(report("failed", returned)))
		if err != nil || b.MessageID != "ABC123@esja.example.org" {
			t.Fatalf("%s: %+v, %v", name, b, err)
		}
		if want := "5.1.1 550 5.1.1 <camille@example.org>: Recipient address rejected: User unknown"; b.Words() != want {
			t.Errorf("%s: %q", name, b.Words())
		}
	}
}

func TestOtherMailIsNoBounce(t *testing.T) {
	plain := "From: a@example.org\r\nSubject: Re: invitation\r\nContent-Type: text/plain\r\n\r\nMerci!\r\n"
	for name, raw := range map[string]string{
		"an answer":     plain,
		"a delay":       report("delayed", returnedHeaders),
		"of nobody":     report("failed", "Content-Type: text/plain\n\nnothing\n"),
		"no media type": "From: a@example.org\r\n\r\nx",
	} {
		if b, err := ParseBounce(strings.NewReader(raw)); !errors.Is(err, ErrNotABounce) {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
	for _, raw := range []string{"", "\x00\xff", strings.Repeat("a", 3<<20)} {
		if _, err := ParseBounce(strings.NewReader(raw)); err == nil {
			t.Error("garbage was read")
		}
	}
}

func FuzzParseBounce(f *testing.F) {
	f.Add(report("failed", returnedHeaders))
	f.Fuzz(func(t *testing.T, raw string) {
		b, err := ParseBounce(strings.NewReader(raw))
		if err == nil && len([]rune(b.Words())) > answerSize {
			t.Errorf("%d characters of reason", len(b.Words()))
		}
	})
}
