package web

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

// description is the OpenAPI document, written by hand: tests hold it to the
// routes and to real answers.
//
//go:embed openapi.json
var description []byte

func (s *Server) dataDescription(c *fiber.Ctx) error {
	return sendData(c, fiber.MIMEApplicationJSONCharsetUTF8, description)
}
