package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// keySessionNone is the key of the refusal when a browser's session is over.
const keySessionNone = "session.none"

// typedFields are the fields of the signing path that somebody typed into, in
// the order of its pages. Codes and digests are of no use later.
var typedFields = []string{"organisation", "name", "function", "number", "date", "body", "meeting", "council", "until", "email", "why", "words"}

// longestTyped bounds what is shown of one field, in bytes: more than any form
// takes.
const longestTyped = 4000

// onSigningPath tells a signatory's session from one of the staff.
func onSigningPath(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/signature") }

// showSessionEnded says how to go on. What was typed in a form that came too
// late is on the page, to be copied: it is kept nowhere, since without a session
// nobody knows whose it is. A browser that never had one has no form of ours.
func (s *Server) showSessionEnded(c *fiber.Ctx) error {
	page := &templates.SessionEnded{Frame: plain}
	if c.Method() == fiber.MethodPost && s.cookie(c, cookieSigning) != "" {
		f, err := readForm(c)
		if err != nil {
			f = form{}
		}
		lang := s.language(c, "")
		for _, name := range typedFields {
			if value := strings.TrimSpace(f[name]); value != "" && len(value) <= longestTyped {
				page.Answers = append(page.Answers, templates.TypedAnswer{Label: templates.Sentence(lang, "field."+name, nil), Value: value})
			}
		}
	}
	return s.show(c, page)
}
