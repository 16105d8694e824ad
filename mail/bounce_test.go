package mail

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		want := Bounce{To: []string{"declaration@example.org"}, MessageID: "ABC123@esja.example.org", Failed: []Failed{{
			Recipients: []string{"camille@example.org"}, Status: "5.1.1",
			Reason: "550 5.1.1 <camille@example.org>: Recipient address rejected: User unknown"}}}
		if diff := cmp.Diff(want, b); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}

func TestOtherMailIsNoBounce(t *testing.T) {
	plain := "From: a@example.org\r\nSubject: Re: invitation\r\nContent-Type: text/plain\r\n\r\nMerci!\r\n"
	for name, raw := range map[string]string{
		"an answer":      plain,
		"a delay":        report("delayed", returnedHeaders),
		"no media type":  "From: a@example.org\r\n\r\nx",
		"out of office":  "From: camille@example.org\r\nAuto-Submitted: auto-replied\r\nContent-Type: text/plain\r\n\r\nAbsente.\r\n",
		"a read receipt": strings.Replace(report("failed", returnedHeaders), "report-type=delivery-status", "report-type=disposition-notification", 1),
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

// Servers mark reports as automatic answers too.
func TestAutomaticReportsAreRead(t *testing.T) {
	raw := "Auto-Submitted: auto-replied\r\n" + report("failed", returnedHeaders)
	if _, err := ParseBounce(strings.NewReader(raw)); err != nil {
		t.Error(err)
	}
}

func TestEveryRecipientOfAReportIsRead(t *testing.T) {
	two := strings.Replace(report("failed", returnedHeaders), "Final-Recipient", "Final-Recipient: rfc822; dominique@example.org\r\n"+
		"Action: delayed\r\nStatus: 4.4.1\r\n\r\nOriginal-Recipient: rfc822;camille@ville.example.org\r\nFinal-Recipient", 1)
	b, err := ParseBounce(strings.NewReader(two))
	if err != nil || len(b.Failed) != 1 || !slices.Equal(b.Failed[0].Recipients, []string{"camille@ville.example.org", "camille@example.org"}) {
		t.Errorf("%+v, %v", b, err)
	}
}

func FuzzParseBounce(f *testing.F) {
	path := newReturnPath(f, "retours@example.org")
	f.Add(report("failed", returnedHeaders))
	f.Add("Delivered-To: " + path.Sender(testDelivery) + "\r\n" + report("failed", returnedHeaders))
	f.Fuzz(func(t *testing.T, raw string) {
		b, err := ParseBounce(strings.NewReader(raw))
		if err != nil {
			return
		}
		if len(b.Failed) == 0 || len(b.Failed) > maxParts*maxGroups || len(b.To) > maxRecipients {
			t.Errorf("%d failures, to %d addresses", len(b.Failed), len(b.To))
		}
		reports, err := b.Reports(path)
		for _, r := range reports {
			if len([]rune(r.Answer)) > answerSize || r.DeliveryID != "" && r.DeliveryID != testDelivery {
				t.Errorf("%d characters of reason, delivery %q (%v)", len(r.Answer), r.DeliveryID, err)
			}
		}
	})
}
