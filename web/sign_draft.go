package web

import (
	"github.com/gofiber/fiber/v2"
)

// draft gives the unsigned declaration, for the agenda of a council.
func (s *Server) draft(c *fiber.Ctx) error {
	file, err := s.Service.Draft(c.UserContext(), s.cookie(c, cookieSigning))
	if err != nil {
		return err
	}
	return sendFile(c, "projet-de-declaration.pdf", "application/pdf", file)
}
