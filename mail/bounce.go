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
)

// ErrNotABounce is returned for a message that is not a final failure report
// about one of ours: an answer of a person, a notice of delay.
var ErrNotABounce = errors.New("not a report of a failed delivery")

// maxBounce bounds what is read of a report; servers return whole messages.
const maxBounce = 1 << 20

// Bounce is what a delivery status notification says (RFC 3464).
type Bounce struct {
	MessageID string // of our mail, without angle brackets
	Status    string // "5.1.1"
	Reason    string // words of the server that refused it
}

// Words gives the reason as staff read it.
func (b Bounce) Words() string { return answer(strings.TrimSpace(b.Status + " " + b.Reason)) }

// ParseBounce reads a report: a multipart/report with its machine-readable
// part and the headers of the mail that came back.
func ParseBounce(r io.Reader) (Bounce, error) {
	m, err := netmail.ReadMessage(bufio.NewReader(io.LimitReader(r, maxBounce)))
	if err != nil {
		return Bounce{}, fmt.Errorf("mail: read report: %w", err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || params["report-type"] != "delivery-status" {
		return Bounce{}, ErrNotABounce
	}
	var b Bounce
	failed := false
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			break // a report cut short may still say enough
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status":
			failed = b.readStatus(part)
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers":
			b.MessageID = returnedID(part)
		}
	}
	if !failed || b.MessageID == "" {
		return Bounce{}, ErrNotABounce
	}
	return b, nil
}

// readStatus reads the fields of the message, then those of each recipient; it
// tells whether one has failed for good.
func (b *Bounce) readStatus(r io.Reader) (failed bool) {
	fields := textproto.NewReader(bufio.NewReader(r))
	for {
		group, err := fields.ReadMIMEHeader()
		if strings.EqualFold(group.Get("Action"), "failed") {
			failed = true
			b.Status = group.Get("Status")
			_, b.Reason, _ = strings.Cut(group.Get("Diagnostic-Code"), ";")
			b.Reason = strings.TrimSpace(b.Reason)
		}
		if err != nil {
			return failed
		}
	}
}

// returnedID is the Message-ID of the mail that came back.
func returnedID(r io.Reader) string {
	header, _ := textproto.NewReader(bufio.NewReader(r)).ReadMIMEHeader()
	return strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>")
}
