package mail

import (
	"bytes"
	"context"
	"fmt"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"jachete/mail/mailtest"
	"jachete/workflow"
)

// payloads are 500 attempts to leave a header: every separator with every
// continuation, in the guises that encoders and decoders are known to miss.
func payloads() []string {
	breaks := []string{
		"\r\n", "\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\x00\r\n", "%0a", "%0d%0a",
		"=0D=0A", "=?utf-8?q?=0D=0A", "\\r\\n", "\r\n ", "\r\n\t", "\"\r\n", ">\r\n",
	}
	tails := []string{
		"Bcc: evil@example.net", "Cc: evil@example.net", "To: evil@example.net", "From: evil@example.net",
		"Subject: other", "Reply-To: evil@example.net", "X-Evil: 1", "Content-Type: text/html", "MIME-Version: 9",
		"Content-Transfer-Encoding: 8bit", "Sender: evil@example.net", "Return-Path: <evil@example.net>",
		"Received: from evil", "DKIM-Signature: v=1", "Message-ID: <evil@example.net>", "Date: 1 Jan 1970",
		"List-Unsubscribe: <https://evil.example>", "RCPT TO:<evil@example.net>", ".\r\nMAIL FROM:<evil@example.net>",
		"<script>alert(1)</script>", ", evil@example.net", "\" <evil@example.net>, \"", "<evil@example.net>",
		strings.Repeat("A", 2000), strings.Repeat("é ", 900),
	}
	var all []string
	for _, b := range breaks {
		for _, tail := range tails {
			all = append(all, "Ville"+b+tail)
		}
	}
	return all
}

// fields are those whose value reaches a header.
var fields = map[string]func(*workflow.MailContent, string){
	"texts": func(m *workflow.MailContent, s string) {
		m.Organisation, m.Recipient.Name, m.Recipient.Function, m.Message = s, s, s, s
		m.Pole.Name, m.Pole.Short, m.Pole.Contact.PostalAddress, m.Pole.Contact.Phone = s, "", s, s
	},
	"number":        func(m *workflow.MailContent, s string) { m.Number = s },
	"address":       func(m *workflow.MailContent, s string) { m.Delivery.Recipient = s },
	"after address": func(m *workflow.MailContent, s string) { m.Delivery.Recipient += s },
	"quoted part":   func(m *workflow.MailContent, s string) { m.Delivery.Recipient = `"` + s + `"@example.org` },
	"after reply":   func(m *workflow.MailContent, s string) { m.Pole.Contact.Email += s },
	"message id":    func(m *workflow.MailContent, s string) { m.Delivery.MessageID += s },
	"unsubscribe":   func(m *workflow.MailContent, s string) { m.UnsubscribeURL += s },
}

func headerNames(h netmail.Header) []string {
	var names []string
	for name, all := range h {
		for range all {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func TestNothingTypedMakesAHeaderOrARecipient(t *testing.T) {
	attempts := payloads()
	if len(attempts) != 500 {
		t.Fatalf("%d payloads, want 500", len(attempts))
	}
	c := newComposer(t)
	for field, set := range fields {
		kind := workflow.DeliveryInvitation
		if field == "number" {
			kind = workflow.DeliveryCertificate
		}
		base, err := c.Delivery(sampleDelivery(kind, workflow.French))
		if err != nil {
			t.Fatal(err)
		}
		want := headerNames(header(t, base))
		for _, payload := range attempts {
			content := sampleDelivery(kind, workflow.French)
			set(&content, payload)
			m, err := c.Delivery(content)
			if err != nil {
				continue // refused outright
			}
			got := headerNames(header(t, m))
			if !slices.Contains(got, "Reply-To") && strings.HasSuffix(field, "reply") { // none rather than a wrong one
				got = append(got, "Reply-To")
				slices.Sort(got)
			}
			if !slices.Equal(got, want) || m.To != base.To || m.From != base.From {
				t.Fatalf("%s = %q: headers %v, to %q", field, payload, got, m.To)
			}
			for line := range bytes.SplitSeq(m.Raw, []byte("\r\n")) {
				if len(line) > 998 {
					t.Fatalf("%s = %.40q: a line of %d bytes", field, payload, len(line))
				}
			}
		}
	}
}

func TestOneRecipientPerMessageOnTheWire(t *testing.T) {
	relay := mailtest.Start(t, mailtest.Options{})
	transport, c := dialTo(t, relay.URL(), nil), newComposer(t)
	sent := 0
	for i, payload := range payloads() {
		content := sampleDelivery(workflow.DeliveryInvitation, workflow.French)
		content.Organisation, content.Recipient.Name, content.Pole.Short, content.Message = payload, payload, payload, payload
		content.Delivery.MessageID = fmt.Sprintf("m%d@jachete.example.org", i)
		m, err := c.Delivery(content)
		if err != nil {
			t.Fatalf("%.60q: %v", payload, err)
		}
		if o := transport.Send(context.Background(), m); !o.Sent {
			t.Fatalf("%.40q: %+v", payload, o)
		}
		sent++
	}
	received := relay.Received()
	if sent != 500 || len(received) != sent {
		t.Fatalf("%d sent, %d received, want 500", sent, len(received))
	}
	for _, m := range received {
		if len(m.To) != 1 || m.To[0] != "camille@ville.example.org" || m.From != testFrom {
			t.Fatalf("from %q to %q", m.From, m.To)
		}
	}
	if commands := bytes.Count(relay.Wire(), []byte("RCPT TO:<camille@ville.example.org>")); commands != 500 {
		t.Errorf("%d RCPT commands, want 500", commands)
	}
}

func TestCodeMailResistsInjectionToo(t *testing.T) {
	c := newComposer(t)
	base, err := c.Code(sampleCode(workflow.PurposeSign, workflow.French))
	if err != nil {
		t.Fatal(err)
	}
	want := headerNames(header(t, base))
	for _, payload := range payloads() {
		code := sampleCode(workflow.PurposeSign, workflow.French)
		code.Organisation, code.Pole.Short = payload, payload
		m, err := c.Code(code)
		if err != nil {
			t.Fatal(err)
		}
		if got := headerNames(header(t, m)); !slices.Equal(got, want) {
			t.Fatalf("%q: headers %v", payload, got)
		}
		code.To += payload
		if m, err = c.Code(code); err == nil && m.To != base.To {
			t.Fatalf("address %q accepted as %q", code.To, m.To)
		}
	}
}
