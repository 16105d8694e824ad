package mail

import (
	"errors"
	"strings"

	"jachete/workflow"
)

// Preview is a mail as its reader would see it, its personal links replaced by
// words.
type Preview struct {
	From    string // display name and address
	To      string
	ReplyTo string // empty when the pôle has no address
	Subject string
	Text    string
	HTML    string // a document of its own
}

// Preview writes a mail that nobody sends, from the same words as
// [Composer.Delivery]. It fails as that does.
func (c *Composer) Preview(m workflow.MailContent) (Preview, error) {
	l, err := c.masked(m)
	if err != nil {
		return Preview{}, err
	}
	e := envelope{id: "preview@localhost", to: m.Delivery.Recipient, replyTo: m.Pole.Contact.Email}
	if err := e.check(); err != nil {
		return Preview{}, err
	}
	html, err := l.html(c.words.layout)
	return Preview{From: l.Sender + " <" + c.from + ">", To: e.to, ReplyTo: e.replyTo, Subject: l.Subject, Text: l.text(), HTML: html}, err
}

// Copy gives the plain text of a mail as it went, for staff to read later: its
// subject, an empty line, and what follows, every personal link replaced by
// words. It is empty when the mail cannot be written.
func (c *Composer) Copy(m workflow.MailContent) string {
	l, err := c.masked(m)
	if err != nil {
		return ""
	}
	text := l.Subject + "\n\n" + l.text()
	secrets := []string{m.LinkURL, m.UnsubscribeURL}
	for _, c := range m.Certificates {
		secrets = append(secrets, c.URL)
	}
	for _, secret := range secrets {
		if secret != "" && strings.Contains(text, secret) {
			return "" // rather no copy than a way in
		}
	}
	return text
}

// masked is the letter of a mail without its personal links: they never enter
// the words, so nothing has to be found and taken out. The address that
// verifies a certificate is public and stays.
func (c *Composer) masked(m workflow.MailContent) (letter, error) {
	mask, err := c.words.mask(m.Delivery.Language)
	if err != nil {
		return letter{}, err
	}
	m.LinkURL, m.UnsubscribeURL = mask, ""
	m.Certificates = maskedCertificates(m.Certificates, mask)
	e := envelope{unsubscribe: mask}
	if len(m.PDF) > 0 && !m.Delivery.LinkOnly {
		e.fileName = fileName(m.Number)
	}
	return c.words.letter(string(m.Delivery.Kind), m.Delivery.Language, deliveryValues(m, e))
}

// mask is what stands for a link in a language.
func (w words) mask(lang workflow.Language) (string, error) {
	if lang != workflow.English {
		lang = workflow.French
	}
	for _, l := range w.pages["identity."+string(lang)].head {
		if mask, ok := strings.CutPrefix(l.text, "masked: "); ok {
			return mask, nil
		}
	}
	return "", errors.New("mail: no words for a masked link")
}
