package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showDecline asks why, or says what happens after a no.
func (s *Server) showDecline(c *fiber.Ctx) error {
	err := s.showAside(c, declinePage(workflow.DeclineForm{}))
	if workflow.KeyOf(err) != "link.declined" {
		return err
	}
	farewell, err := s.Service.Farewell(c.UserContext(), s.cookie(c, cookieSigning), workflow.StateDeclined)
	if err != nil {
		return err
	}
	return s.showIn(c, farewell.Invitation.Language, &templates.Declined{Frame: plain, Farewell: farewell})
}

// decline says no for the organisation.
func (s *Server) decline(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := workflow.DeclineForm{Refusal: workflow.Refusal{Reason: workflow.RefusalReason(f["reason"]), Words: f["words"]}, Confirmed: f["confirmed"] == ticked}
	if err := s.Service.Decline(c.UserContext(), s.cookie(c, cookieSigning), typed, s.visit(c)); err != nil {
		return s.asideAgain(c, err, declinePage(typed))
	}
	return c.Redirect(declinePath, fiber.StatusSeeOther)
}

func declinePage(typed workflow.DeclineForm) func(workflow.Signing) templates.Page {
	return func(p workflow.Signing) templates.Page { return &templates.SignDecline{Step: aside(p), Form: typed} }
}
