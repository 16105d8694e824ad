package mail

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	netmail "net/mail"
	"regexp"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Message is a mail ready for a relay.
type Message struct {
	ID   string // Message-ID without angle brackets
	From string // envelope sender
	To   string // the one recipient
	Raw  []byte // RFC 5322, lines ended by CR LF
}

// envelope is what a message needs besides its words.
type envelope struct {
	id, to, toName       string
	replyTo, unsubscribe string // empty when there is none
	sender               string // of the envelope; empty for the address mail comes from
	date                 time.Time
	file                 []byte
	fileName             string
}

// check refuses what must not reach a header, and cleans the addresses.
func (e *envelope) check() error {
	to, err := address(e.to)
	if err != nil {
		return fmt.Errorf("mail: recipient %w", err)
	}
	e.to = to
	if e.replyTo, err = address(e.replyTo); err != nil {
		e.replyTo = "" // the pôle has none, or one nobody could answer to
	}
	if !messageID.MatchString(e.id) {
		return fmt.Errorf("mail: Message-ID refused")
	}
	if e.unsubscribe != "" {
		return webAddress(e.unsubscribe)
	}
	return nil
}

// write makes the message of a letter, for a checked envelope.
func (c *Composer) write(e envelope, l letter) (Message, error) {
	msg, err := c.headers(e, l)
	if err != nil {
		return Message{}, err
	}
	html, err := l.html(c.words.layout)
	if err != nil {
		return Message{}, err
	}
	msg.SetBodyString(gomail.TypeTextPlain, l.text())
	msg.AddAlternativeString(gomail.TypeTextHTML, html)
	if err := attach(msg, e); err != nil {
		return Message{}, err
	}
	var raw bytes.Buffer
	if _, err := msg.WriteTo(&raw); err != nil {
		return Message{}, fmt.Errorf("mail: write message: %w", err)
	}
	return Message{ID: e.id, From: cmp.Or(e.sender, c.from), To: e.to, Raw: fixBoundaries(raw.Bytes(), e.id)}, nil
}

func (c *Composer) headers(e envelope, l letter) (*gomail.Msg, error) {
	// no User-Agent: it would name a version to whoever looks for one
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	for header, a := range map[gomail.AddrHeader]netmail.Address{
		gomail.HeaderFrom:    {Name: l.Sender, Address: c.from},
		gomail.HeaderTo:      {Name: e.toName, Address: e.to},
		gomail.HeaderReplyTo: {Address: e.replyTo},
	} {
		if a.Address == "" {
			continue
		}
		err := msg.SetAddrHeader(header, a.String())
		if err != nil { // net/mail cannot read back every name it writes, "a\\é" for one
			err = msg.SetAddrHeader(header, a.Address)
		}
		if err != nil {
			return nil, fmt.Errorf("mail: header %s refused", header)
		}
	}
	msg.SetMessageIDWithValue(e.id)
	msg.SetDateWithValue(e.date.UTC())
	msg.Subject(l.Subject)
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office in return
	msg.SetGenHeader(gomail.HeaderContentLang, string(l.Lang)+"-CA")
	if e.unsubscribe != "" { // RFC 8058: one click, no page to find
		msg.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+e.unsubscribe+">")
		msg.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	return msg, nil
}

func attach(msg *gomail.Msg, e envelope) error {
	if len(e.file) == 0 {
		return nil
	}
	return msg.AttachReader(e.fileName, bytes.NewReader(e.file), gomail.WithFileContentType("application/pdf"))
}

var boundary = regexp.MustCompile(`boundary=([0-9a-f]{60})`)

// fixBoundaries replaces the random boundaries by ones derived from the
// Message-ID: a retry must give the same bytes, and go-mail lets only one
// boundary be chosen where a message with a file needs two.
func fixBoundaries(raw []byte, id string) []byte {
	for i, found := range boundary.FindAllSubmatch(raw, -1) {
		fixed := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%d %s", i, id)))[:60]
		raw = bytes.ReplaceAll(raw, found[1], []byte(fixed))
	}
	return raw
}
