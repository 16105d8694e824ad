package mail

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"net/textproto"
	"strings"

	"jachete/workflow"
)

// ErrNotABounce is returned for a message that is not a final failure report:
// an answer of a person or of an absence program, a notice of delay.
var ErrNotABounce = errors.New("not a report of a failed delivery")

// ErrForged is returned for a report to an envelope sender that we never
// wrote.
var ErrForged = errors.New("a report to an address we never wrote from")

// Bounds of a report; servers return whole messages, and ours have one
// recipient.
const (
	maxBounce     = 1 << 20 // bytes read
	maxParts      = 10
	maxGroups     = 20 // recipients reported
	maxRecipients = 20 // addresses the report came to
)

// Bounce is what a delivery status notification says (RFC 3464).
type Bounce struct {
	To        []string // addresses the report came to
	MessageID string   // of the mail that came back, without angle brackets; may be empty
	Failed    []Failed
}

// Failed is one recipient that a mail will never reach.
type Failed struct {
	Recipients []string // the address the mail went to, and the one it ended at
	Status     string   // RFC 3463, "5.1.1"
	Reason     string   // words of the server that refused it
}

// words gives the reason as staff read it.
func (f Failed) words() string {
	if strings.Contains(f.Reason, f.Status) {
		return answer(f.Reason)
	}
	return answer(f.Status + " " + f.Reason)
}

// Reports gives what the domain has to know. The envelope sender says which
// mail it is about, when r is there and the report came to such an address;
// the Message-ID has to do otherwise. [ErrForged] when that address is not one
// of ours, [ErrNotABounce] when nothing tells the mail.
func (b Bounce) Reports(r *ReturnPath) (list []workflow.BounceReport, err error) {
	id := ""
	if r != nil {
		found := false
		if id, found = r.Delivery(b.To); found && id == "" {
			return nil, ErrForged
		}
	}
	if id == "" && b.MessageID == "" {
		return nil, ErrNotABounce
	}
	for _, f := range b.Failed {
		list = append(list, workflow.BounceReport{DeliveryID: id, MessageID: b.MessageID, Recipients: f.Recipients, Answer: f.words()})
	}
	return list, nil
}

// ParseBounce reads a report: a multipart/report with its machine-readable
// part and, mostly, the headers of the mail that came back. Absence programs
// answer with other media types: Auto-Submitted does not tell them from
// reports, which bear it too.
func ParseBounce(r io.Reader) (Bounce, error) {
	m, err := netmail.ReadMessage(bufio.NewReader(io.LimitReader(r, maxBounce)))
	if err != nil {
		return Bounce{}, fmt.Errorf("mail: read report: %w", err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return Bounce{}, ErrNotABounce
	}
	b := Bounce{To: cameTo(m.Header)}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range maxParts {
		part, err := parts.NextPart()
		if err != nil {
			break // a report cut short may still say enough
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status", "message/global-delivery-status":
			b.Failed = append(b.Failed, readFailed(part)...)
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers":
			b.MessageID = returnedID(part)
		}
	}
	if len(b.Failed) == 0 {
		return Bounce{}, ErrNotABounce
	}
	return b, nil
}

// cameTo lists the addresses a message was delivered to: servers tell it in
// headers of their own, and a report's To is the envelope sender of the mail.
func cameTo(h netmail.Header) (list []string) {
	for _, name := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "To"} {
		for _, value := range h[textproto.CanonicalMIMEHeaderKey(name)] {
			if a, err := netmail.ParseAddress(value); err == nil && len(list) < maxRecipients {
				list = append(list, a.Address)
			}
		}
	}
	return list
}

// readFailed reads the fields of each recipient after those of the message,
// and keeps the recipients that failed for good.
func readFailed(r io.Reader) (list []Failed) {
	fields := textproto.NewReader(bufio.NewReader(r))
	for range maxGroups {
		group, err := fields.ReadMIMEHeader()
		if strings.EqualFold(strings.TrimSpace(group.Get("Action")), "failed") {
			list = append(list, failedOf(group))
		}
		if err != nil {
			break
		}
	}
	return list
}

func failedOf(group textproto.MIMEHeader) Failed {
	f := Failed{}
	f.Status, _, _ = strings.Cut(strings.TrimSpace(group.Get("Status")), " ") // some write words behind it
	_, reason, _ := strings.Cut(group.Get("Diagnostic-Code"), ";")
	f.Reason = strings.TrimSpace(reason)
	for _, name := range []string{"Original-Recipient", "Final-Recipient"} {
		_, address, typed := strings.Cut(group.Get(name), ";")
		if address = strings.Trim(strings.TrimSpace(address), "<>"); typed && address != "" {
			f.Recipients = append(f.Recipients, address)
		}
	}
	return f
}

// returnedID is the Message-ID of the mail that came back.
func returnedID(r io.Reader) string {
	header, _ := textproto.NewReader(bufio.NewReader(r)).ReadMIMEHeader()
	return strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>")
}
