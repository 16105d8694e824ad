package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// showUnsubscribe asks whether the reminders shall stop. It changes nothing.
func (s *Server) showUnsubscribe(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	pole, err := s.Service.PeekUnsubscribe(c.UserContext(), t, s.visit(c))
	if err != nil {
		return err
	}
	return s.show(c, &templates.Unsubscribe{Frame: plain, Pole: pole})
}

// unsubscribe stops them. Mail programs post here by themselves (RFC 8058):
// without a cookie, in a form we have no need to read, and they follow no
// redirect.
func (s *Server) unsubscribe(c *fiber.Ctx) error {
	t, err := token(c)
	if err != nil {
		return err
	}
	pole, err := s.Service.Unsubscribe(c.UserContext(), t, s.visit(c))
	if err != nil {
		return err
	}
	return s.show(c, &templates.Unsubscribe{Frame: plain, Pole: pole, Done: true})
}
