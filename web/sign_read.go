package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showRead shows the text to be signed.
func (s *Server) showRead(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepRead, func(p workflow.Signing) error {
		return s.showIn(c, p.Invitation.Language, &templates.SignRead{Step: stepOf(p, workflow.StepRead)})
	})
}

// markRead notes that it was read.
func (s *Server) markRead(c *fiber.Ctx) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	if err := s.Service.MarkRead(c.UserContext(), s.cookie(c, cookieSigning)); err != nil {
		return err
	}
	return s.goOn(c)
}
