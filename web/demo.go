package web

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// shownLetters bounds the demonstration's list.
const shownLetters = 200

// showMailbox lists what the service mailed.
func (s *Server) showMailbox(c *fiber.Ctx) error {
	letters, err := s.Mailbox.List(shownLetters)
	if err != nil {
		return err
	}
	page := &templates.Mailbox{}
	for _, l := range letters {
		page.Letters = append(page.Letters, lineOf(l))
	}
	return s.show(c, page)
}

func lineOf(l Letter) templates.LetterLine {
	return templates.LetterLine{ID: l.ID, From: l.From, To: l.To, Subject: l.Subject, Date: l.Date}
}

// showLetter shows one, its addresses to follow.
func (s *Server) showLetter(c *fiber.Ctx) error {
	l, err := s.Mailbox.Letter(c.Params("id"))
	if err != nil {
		return err
	}
	page := &templates.Letter{LetterLine: lineOf(l), Text: s.linkify(l.Text)}
	for i, a := range l.Attachments {
		page.Files = append(page.Files, templates.LetterFile{Name: a.Name, Kilobytes: (len(a.Data) + 1023) / 1024, Number: i})
	}
	return s.show(c, page)
}

var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// linkify sets our own addresses apart from the text around them; others stay
// text.
func (s *Server) linkify(text string) []templates.TextPart {
	var parts []templates.TextPart
	at := 0
	for _, span := range webAddress.FindAllStringIndex(text, -1) {
		address := text[span[0]:span[1]]
		if !strings.HasPrefix(address, s.BaseURL.String()) {
			continue
		}
		parts = append(parts, templates.TextPart{Text: text[at:span[0]]}, templates.TextPart{Text: address, Link: true})
		at = span[1]
	}
	return append(parts, templates.TextPart{Text: text[at:]})
}

// letterFile gives an attachment.
func (s *Server) letterFile(c *fiber.Ctx) error {
	l, err := s.Mailbox.Letter(c.Params("id"))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Params("number"))
	if err != nil || n < 0 || n >= len(l.Attachments) {
		return refusal(workflow.NotFound, "request.not-found")
	}
	return sendFile(c, l.Attachments[n].Name, fiber.MIMEOctetStream, l.Attachments[n].Data)
}
