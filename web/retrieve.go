package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// retrievePath is where certificates are asked for by mail.
const retrievePath = "/attestation"

// showRetrieve asks for an address.
func (s *Server) showRetrieve(c *fiber.Ctx) error {
	return s.show(c, &templates.Retrieve{Asked: c.Query("envoye") == "1"})
}

// retrieve answers the same for any address: whose is known is told to the
// mailbox alone.
func (s *Server) retrieve(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.RequestCertificates(c.UserContext(), f["email"], s.language(c, ""), s.visit(c)); err != nil {
		return s.again(c, "", &templates.Retrieve{Email: f["email"]}, err)
	}
	return c.Redirect(retrievePath+"?envoye=1", fiber.StatusSeeOther)
}
