package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

const othersPath = "/signature/en-cours"

// showOthers tells somebody who has signed who has still to.
func (s *Server) showOthers(c *fiber.Ctx) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	if p.Step != workflow.StepOthers {
		return s.leadOn(c, p)
	}
	return s.showIn(c, p.Invitation.Language, &templates.SignOthers{Step: templates.Step{Frame: plain, Signing: p}, Asked: c.Query("renvoye") == "1"})
}

// askAgain mails another link to somebody who has still to sign.
func (s *Server) askAgain(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.AskAgain(c.UserContext(), s.cookie(c, cookieSigning), workflow.Seat(f["seat"])); err != nil {
		return err
	}
	return c.Redirect(othersPath+"?renvoye=1", fiber.StatusSeeOther)
}
