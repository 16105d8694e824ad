package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"
)

// Letter is a message as its reader sees it.
type Letter struct {
	ID          string // in the mailbox
	Subject     string
	From        string // display name and address, decoded
	To          string
	Date        time.Time
	Text        string
	HTML        string
	Attachments []Attachment
}

// Attachment is a file in a letter.
type Attachment struct {
	Name string
	Type string // "application/pdf"
	Data []byte
}

// cover is the letter without its parts.
func (l Letter) cover() Letter {
	l.Text, l.HTML, l.Attachments = "", "", nil
	return l
}

// ParseLetter reads a message of ours: multipart, quoted-printable or base64,
// UTF-8. It is for the development mailbox and tests, not for mail of others.
func ParseLetter(raw []byte) (Letter, error) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Letter{}, fmt.Errorf("mail: parse letter: %w", err)
	}
	var l Letter
	l.Subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return l, fmt.Errorf("mail: parse subject: %w", err)
	}
	l.From, l.To = who(m.Header.Get("From")), who(m.Header.Get("To"))
	if l.Date, err = m.Header.Date(); err != nil {
		return l, fmt.Errorf("mail: parse date: %w", err)
	}
	return l, l.take(textproto.MIMEHeader(m.Header), m.Body)
}

// who decodes an address for display.
func who(header string) string {
	a, err := netmail.ParseAddress(header)
	switch {
	case err != nil:
		return header
	case a.Name == "":
		return a.Address
	}
	return a.Name + " <" + a.Address + ">"
}

// take adds a part, or the parts within it.
func (l *Letter) take(header textproto.MIMEHeader, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("mail: parse part: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return l.takeAll(multipart.NewReader(body, params["boundary"]))
	}
	data, err := io.ReadAll(decode(header.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return fmt.Errorf("mail: decode part: %w", err)
	}
	disposition, named, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	switch {
	case disposition == "attachment":
		l.Attachments = append(l.Attachments, Attachment{Name: named["filename"], Type: kind, Data: data})
	case kind == "text/html":
		l.HTML = strings.ReplaceAll(string(data), "\r\n", "\n")
	default:
		l.Text = strings.ReplaceAll(string(data), "\r\n", "\n")
	}
	return nil
}

func (l *Letter) takeAll(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("mail: parse parts: %w", err)
		}
		if err := l.take(part.Header, part); err != nil {
			return err
		}
	}
}

func decode(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
