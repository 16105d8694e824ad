package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// sealRoot gives the certificate that a reader of PDF files must trust to
// recognise our seals.
func (s *Server) sealRoot(c *fiber.Ctx) error {
	if len(s.SealRoot) == 0 {
		return refusal(workflow.NotFound, "request.not-found")
	}
	return sendFile(c, "sceau-racine.pem", "application/x-pem-file", s.SealRoot)
}
