package e2e

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// letter is a mail as a person reads it, from the development mailbox.
type letter struct {
	header      mail.Header
	to          string // bare address
	subject     string
	text        string // the text/plain part
	html        string // the text/html part
	attachments map[string][]byte
}

var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// links are the web addresses of the text part, in order.
func (l letter) links() []string { return webAddress.FindAllString(l.text, -1) }

// lettersTo are the mails an address received, oldest first: the mailbox names
// its files by time of arrival. data is the data folder of the installation.
func lettersTo(t testing.TB, data, address string) (letters []letter) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		l, err := readLetter(file)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if strings.EqualFold(l.to, address) {
			letters = append(letters, l)
		}
	}
	return letters
}

// awaitLetter waits for a mail to address whose subject has a part, and
// returns the newest such mail.
func awaitLetter(t testing.TB, data, address, subject string) (found letter) {
	t.Helper()
	eventually(t, fmt.Sprintf("a mail to %s about %q", address, subject), func() bool {
		for _, l := range slices.Backward(lettersTo(t, data, address)) {
			if strings.Contains(l.subject, subject) {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

func readLetter(file string) (letter, error) {
	f, err := os.Open(file)
	if err != nil {
		return letter{}, err
	}
	defer f.Close()
	message, err := mail.ReadMessage(f)
	if err != nil {
		return letter{}, err
	}
	to, err := mail.ParseAddress(message.Header.Get("To"))
	if err != nil {
		return letter{}, fmt.Errorf("To: %w", err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		return letter{}, fmt.Errorf("Subject: %w", err)
	}
	l := letter{header: message.Header, to: to.Address, subject: subject, attachments: map[string][]byte{}}
	return l, l.read(textproto.MIMEHeader(message.Header), message.Body)
}

// read takes in one part of a mail, and the parts inside it.
func (l *letter) read(header textproto.MIMEHeader, body io.Reader) error {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("Content-Type: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		return l.readParts(multipart.NewReader(body, parameters["boundary"]))
	}
	content, err := io.ReadAll(decoded(header.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return err
	}
	disposition, names, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	switch {
	case disposition == "attachment":
		l.attachments[names["filename"]] = content
	case kind == "text/plain":
		l.text = string(content)
	case kind == "text/html":
		l.html = string(content)
	}
	return nil
}

func (l *letter) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := l.read(part.Header, part); err != nil {
			return err
		}
	}
}

func decoded(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
