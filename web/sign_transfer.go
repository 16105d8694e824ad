package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showTransfer asks who is to sign instead, or says who does from now on.
func (s *Server) showTransfer(c *fiber.Ctx) error {
	err := s.showAside(c, transferPage(workflow.TransferForm{}))
	if workflow.KeyOf(err) != "link.transferred" {
		return err
	}
	farewell, err := s.Service.Farewell(c.UserContext(), s.cookie(c, cookieSigning), workflow.StateTransferred)
	if err != nil {
		return err
	}
	return s.showIn(c, farewell.Invitation.Language, &templates.Transferred{Frame: plain, Farewell: farewell})
}

// transfer passes the invitation on.
func (s *Server) transfer(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := workflow.TransferForm{Name: f["name"], Function: f["function"], Email: f["email"], Reason: f["why"]}
	if err := s.Service.Transfer(c.UserContext(), s.cookie(c, cookieSigning), typed, s.visit(c)); err != nil {
		return s.asideAgain(c, err, transferPage(typed))
	}
	return c.Redirect(transferPath, fiber.StatusSeeOther)
}

func transferPage(typed workflow.TransferForm) func(workflow.Signing) templates.Page {
	return func(p workflow.Signing) templates.Page { return &templates.SignTransfer{Step: aside(p), Form: typed} }
}
