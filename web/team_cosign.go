package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// countersign has the pôle's director sign an invitation too, or no longer.
func (s *Server) countersign(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.SetCountersignature(c.UserContext(), actor(c), c.Params("id"), f["wanted"] == ticked); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=contreseing", fiber.StatusSeeOther)
}

// askSeatAgain mails another link to somebody who has still to sign.
func (s *Server) askSeatAgain(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.AskSeatAgain(c.UserContext(), actor(c), c.Params("id"), workflow.Seat(f["seat"])); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=redemandee", fiber.StatusSeeOther)
}
