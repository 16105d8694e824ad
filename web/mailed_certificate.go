package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// mailedCertificate reads the link of a certificate mail.
func (s *Server) mailedCertificate(c *fiber.Ctx) (workflow.MailedCertificate, error) {
	t, err := token(c)
	if err != nil {
		return workflow.MailedCertificate{}, err
	}
	return s.Service.MailedCertificate(c.UserContext(), t, s.visit(c))
}

// mailedFile gives the file.
func (s *Server) mailedFile(c *fiber.Ctx) error {
	cert, err := s.mailedCertificate(c)
	if err != nil {
		return err
	}
	return sendCertificate(c, cert.Certificate)
}
