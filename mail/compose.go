package mail

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"time"

	"jachete/workflow"
)

// Composer writes messages.
type Composer struct {
	// Returns makes the envelope senders of queued mail; nil for the address
	// mail comes from.
	Returns *ReturnPath

	from  string
	clock workflow.Clock
	words words
}

// NewComposer makes a composer of messages from that address, which is also
// the envelope sender. It fails when the address is refused by
// [workflow.CleanEmail] or a mail's words cannot be read.
func NewComposer(from string, clock workflow.Clock) (*Composer, error) {
	clean, err := address(from)
	if err != nil {
		return nil, fmt.Errorf("mail: sender %w", err)
	}
	w, err := loadWords()
	return &Composer{from: clean, clock: clock, words: w}, err
}

// Delivery writes a queued mail. The same content gives the same bytes, so
// that a message sent twice is recognised as one. It fails when an address or
// a link has no business in a header.
func (c *Composer) Delivery(m workflow.MailContent) (Message, error) {
	v := m.Delivery
	e := envelope{
		id: v.MessageID, to: v.Recipient, date: v.CreatedAt,
		replyTo: m.Pole.Contact.Email, unsubscribe: m.UnsubscribeURL,
	}
	if v.Kind != workflow.DeliveryPoleCopy && v.Kind != workflow.DeliveryCorrection && !m.Team && !m.ToPole {
		e.toName = oneLine(m.Recipient.Name)
	}
	if v.Kind != workflow.DeliveryInvitation && v.Kind != workflow.DeliveryReminder && v.Kind != workflow.DeliveryAnniversary {
		e.unsubscribe = ""
	}
	if c.Returns != nil {
		e.sender = c.Returns.Sender(v.ID)
	}
	if len(m.PDF) > 0 && !v.LinkOnly {
		e.file, e.fileName = m.PDF, fileName(m.Number)
	}
	if err := e.check(); err != nil {
		return Message{}, err
	}
	l, err := c.words.letter(string(v.Kind), v.Language, deliveryValues(m, e))
	if err != nil {
		return Message{}, err
	}
	return c.write(e, l)
}

// Code writes the mail of a one-time code, with a Message-ID of its own.
func (c *Composer) Code(m workflow.CodeMail) (Message, error) {
	_, domain, _ := strings.Cut(c.from, "@")
	e := envelope{
		id: strings.ToLower(rand.Text()) + "@" + domain, to: m.To,
		date: c.clock.Now(), replyTo: m.Pole.Contact.Email,
	}
	if err := e.check(); err != nil {
		return Message{}, err
	}
	l, err := c.words.letter("code-"+string(m.Purpose), m.Language, codeValues(m))
	if err != nil {
		return Message{}, err
	}
	return c.write(e, l)
}

var inFileName = regexp.MustCompile(`^[A-Z0-9-]{1,40}$`)

// fileName is what the attachment is called in the recipient's folders.
func fileName(number string) string {
	if !inFileName.MatchString(number) {
		return "attestation.pdf"
	}
	return "attestation-" + number + ".pdf"
}

func deliveryValues(m workflow.MailContent, e envelope) values {
	lang := m.Delivery.Language
	v := values{
		"organisation": oneLine(m.Organisation),
		"name":         oneLine(m.Recipient.Name), "function": oneLine(m.Recipient.Function),
		"message": unlink(manyLines(m.Message)),
		"renews":  workflow.CivilDateInWords(m.Renews.SignedOn, lang),
		"link":    m.LinkURL, "unsubscribe": e.unsubscribe, "verify": m.VerifyURL,
		"signatory": oneLine(m.Signatory.Name), "signatory-function": oneLine(m.Signatory.Function),
		"number": oneLine(m.Number), "file": e.fileName,
		"source": unlink(bareAddress.Replace(oneLine(m.Source))), "meeting": "",
	}
	if m.MeetingOn != "" {
		v["meeting"] = workflow.CivilDateInWords(m.MeetingOn, lang)
	}
	v.cosigned(m)
	v.afterSigning(m)
	v.civility(m.Recipient.Civility)
	v.instant("invited", m.InvitedAt, lang)
	v.instant("ceremony", m.CeremonyAt, lang)
	v.instant("expires", m.ExpiresAt, lang)
	v.instant("signed", m.SignedAt, lang)
	v.instant("embargo", m.Embargo, lang)
	v.pole(m.Pole)
	v.role(m.Role)
	v.leave(m)
	v.request(m)
	return v
}

// cosigned says who signs beside whom, and for whom.
func (v values) cosigned(m workflow.MailContent) {
	v["first"], v["first-function"], v["second"], v["countersigns"], v["beside"] = "", "", "", "", ""
	if len(m.Signatories) == 0 {
		return
	}
	var beside []string
	for _, who := range m.Signatories[1:] {
		beside = append(beside, oneLine(who.Name+", "+who.Function))
	}
	v["beside"] = strings.Join(beside, "; ")
	v["first"], v["first-function"] = oneLine(m.Signatories[0].Name), oneLine(m.Signatories[0].Function)
	v["second"] = v["first"]
	if m.Countersigns {
		v["countersigns"], v["second"] = v["first"], ""
	}
}

// role keeps the lines that are about what a member of staff may do.
func (v values) role(r workflow.Role) {
	for _, known := range []workflow.Role{workflow.RoleAdmin, workflow.RoleAgent, workflow.RoleReader} {
		v[string(known)] = ""
	}
	if r != "" {
		v[string(r)] = string(r)
	}
}

func codeValues(m workflow.CodeMail) values {
	v := values{
		"organisation": oneLine(m.Organisation),
		"code":         oneLine(m.Code),
		"minutes":      fmt.Sprint(int(m.Life.Minutes())),
	}
	v.pole(m.Pole)
	return v
}

// civility lets a page address the person as she asked to be; pages use "madame"
// and "monsieur" as conditions, and "civility" for either.
func (v values) civility(c workflow.Civility) {
	v["civility"], v[string(workflow.Madame)], v[string(workflow.Monsieur)] = string(c), "", ""
	if c != workflow.NoCivility {
		v[string(c)] = string(c)
	}
}

// pole says who sends, as the anti-spam law asks. The name the pôle chose, or
// its short one, is for the From header, of which readers show some thirty
// characters.
func (v values) pole(p workflow.Pole) {
	v["pole"], v["sender"] = oneLine(p.Name), oneLine(p.Name)
	for _, name := range []string{p.Short, p.Contact.SenderName} {
		if name != "" {
			v["sender"] = oneLine(name)
		}
	}
	v["address"], v["phone"] = oneLine(p.Contact.PostalAddress), oneLine(p.Contact.Phone)
	v["email"], v["privacy"] = oneLine(p.Contact.Email), oneLine(p.Contact.Privacy)
}

// instant puts a date and a time in words, or nothing for the zero time.
func (v values) instant(name string, t time.Time, lang workflow.Language) {
	v[name], v[name+"-time"] = "", ""
	if !t.IsZero() {
		v[name], v[name+"-time"] = workflow.DateInWords(t, lang), workflow.TimeInWords(t, lang)
	}
}
