package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// maxNumberText bounds what may be typed as a number, in bytes.
const maxNumberText = 64

// verifyNumber tells what a certificate's number stands for: what the QR code
// holds. The page also stands in for the PDF, for whoever cannot read that.
func (s *Server) verifyNumber(c *fiber.Ctx) error {
	number, err := url.PathUnescape(c.Params("number"))
	if err != nil || len(number) > maxNumberText {
		number = "" // no number: unknown
	}
	v, err := s.Service.VerifyNumber(c.UserContext(), number, s.visit(c))
	if workflow.IsKind(err, workflow.NotFound) {
		c.Locals(keyRefusal, workflow.KeyOf(err))
		c.Status(fiber.StatusNotFound)
		return s.show(c, &templates.UnknownNumber{})
	} else if err != nil {
		return err
	}
	if !v.Embargo.IsZero() {
		return s.show(c, &templates.Confidential{Number: v.Commitment.Number, Until: v.Embargo})
	}
	if v.Commitment.Mode == workflow.ModePaper {
		return s.show(c, &templates.PaperNumber{Verification: v})
	}
	d, err := s.Service.Declaration(c.UserContext(), v.Commitment.Version)
	if err != nil {
		return err
	}
	return s.show(c, &templates.Verified{Verification: v, Declaration: d})
}
