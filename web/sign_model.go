package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/templates/docx"
)

// modelDocument gives the model resolution to edit in a word processor.
func (s *Server) modelDocument(c *fiber.Ctx) error {
	model, err := s.Service.ModelResolution(c.UserContext(), s.cookie(c, cookieSigning))
	if err != nil {
		return err
	}
	file, err := templates.ResolutionDocument(model)
	if err != nil {
		return err
	}
	return sendFile(c, "modele-de-resolution.docx", docx.MediaType, file)
}

// modelText gives it for everything else.
func (s *Server) modelText(c *fiber.Ctx) error {
	model, err := s.Service.ModelResolution(c.UserContext(), s.cookie(c, cookieSigning))
	if err != nil {
		return err
	}
	return sendFile(c, "modele-de-resolution.txt", fiber.MIMETextPlainCharsetUTF8, templates.ResolutionText(model))
}
