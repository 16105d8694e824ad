package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// show renders a page in the reader's language.
func (s *Server) show(c *fiber.Ctx, page templates.Page) error {
	return s.showIn(c, "", page)
}

// showIn renders a page that has a language of its own to propose.
func (s *Server) showIn(c *fiber.Ctx, proposed workflow.Language, page templates.Page) error {
	f := page.Outline()
	f.Lang = s.language(c, proposed)
	f.Nonce, _ = c.Locals(keyNonce).(string)
	f.Style = styleAddress
	f.Other = otherAddress(c, f.Lang)
	f.Demo = s.Mailbox != nil
	s.describe(c, page)
	body, err := templates.Render(page)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentLanguage, f.Tag())
	return c.Send(body)
}

// problems words what is wrong with the fields of a form.
func problems(lang workflow.Language, fields []workflow.FieldError) []templates.Problem {
	var list []templates.Problem
	for _, f := range fields {
		list = append(list, templates.Problem{Field: f.Field, Text: templates.FieldSentence(lang, f)})
	}
	return list
}
