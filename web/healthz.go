package web

import "github.com/gofiber/fiber/v2"

// healthz tells that the process answers. It asks nothing of the database, so
// that a slow one does not get the process killed.
func (s *Server) healthz(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("ok\n")
}
