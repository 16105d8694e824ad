package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showSummary shows everything once more before the act.
func (s *Server) showSummary(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepSign, func(p workflow.Signing) error {
		return s.showIn(c, p.Invitation.Language, &templates.SignSummary{Step: stepOf(p, workflow.StepSign)})
	})
}

// sign is the act. Repeating it from the same browser leads to the same end.
func (s *Server) sign(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	request := workflow.SignRequest{TypedName: f["typed"], Consent: f["consent"] == ticked, Review: f["review"],
		Publish: workflow.Publish{Signatory: f["publish"] == ticked, Newsletter: f["newsletter"] == ticked}}
	_, signErr := s.Service.Sign(c.UserContext(), s.cookie(c, cookieSigning), request, s.visit(c))
	if signErr == nil {
		return s.goOn(c)
	}
	if !workflow.IsKind(signErr, workflow.Invalid) {
		return signErr
	}
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	return s.again(c, p.Invitation.Language, &templates.SignSummary{Step: stepOf(p, workflow.StepSign), Typed: request.TypedName,
		Consent: request.Consent, Publish: request.Publish.Signatory, Newsletter: request.Publish.Newsletter}, signErr)
}

// ticked is the value of a box that was ticked.
const ticked = "1"

// showThanks says what happened and what happens next.
func (s *Server) showThanks(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepDone, func(p workflow.Signing) error {
		return s.showIn(c, p.Invitation.Language, &templates.SignThanks{Step: stepOf(p, workflow.StepDone), Showcase: s.showcase()})
	})
}

// signedFile gives the certificate to the browser that signed.
func (s *Server) signedFile(c *fiber.Ctx) error {
	cert, err := s.Service.SignedCertificate(c.UserContext(), s.cookie(c, cookieSigning))
	if workflow.KeyOf(err) == "step.order" {
		return s.goOn(c)
	} else if err != nil {
		return err
	}
	return sendCertificate(c, cert)
}
