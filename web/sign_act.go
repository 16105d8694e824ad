package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showSummary shows everything once more before the act.
func (s *Server) showSummary(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepSign, func(p workflow.Signing) error {
		return s.summary(c, p, &templates.SignSummary{}, nil)
	})
}

// sign is the act. Repeating it from the same browser leads to the same end.
func (s *Server) sign(c *fiber.Ctx) error {
	request, err := readAct(c)
	if err != nil {
		return err
	}
	_, signErr := s.Service.Sign(c.UserContext(), s.cookie(c, cookieSigning), request, s.visit(c))
	if signErr == nil {
		return s.goOn(c)
	}
	return s.summaryAgain(c, request, signErr)
}

// summaryAgain shows the summary as it was filled in, with what is wrong with
// it. When something has changed meanwhile, what was agreed to is no more.
func (s *Server) summaryAgain(c *fiber.Ctx, r workflow.SignRequest, signErr error) error {
	changed := workflow.KeyOf(signErr) == "step.review"
	if !changed && !workflow.IsKind(signErr, workflow.Invalid) {
		return signErr
	}
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	if p.Step != workflow.StepSign {
		return signErr
	}
	page := &templates.SignSummary{Typed: r.TypedName, Consent: r.Consent && !changed, Publish: r.Publish.Signatory,
		Newsletter: r.Publish.Newsletter, JoinedFields: joinedAgain(r.Joined), Changed: changed}
	return s.summary(c, p, page, signErr)
}

// summary shows the summary, in the status of what stood in the way.
func (s *Server) summary(c *fiber.Ctx, p workflow.Signing, page *templates.SignSummary, signErr error) (err error) {
	page.Step, page.Script = stepOf(p, workflow.StepSign), signScriptAddress
	if page.Joined, err = s.extractField(c, p); err != nil {
		return err
	}
	if signErr == nil || !page.Changed {
		return s.orAgain(c, p, page, signErr)
	}
	refused, status := statusOf(signErr)
	s.noteError(c, refused, status)
	c.Status(status)
	return s.showIn(c, p.Invitation.Language, page)
}

func (s *Server) orAgain(c *fiber.Ctx, p workflow.Signing, page templates.Page, err error) error {
	if err == nil {
		return s.showIn(c, p.Invitation.Language, page)
	}
	return s.again(c, p.Invitation.Language, page, err)
}

// ticked is the value of a box that was ticked.
const ticked = "1"

// showThanks says what happened and what happens next.
func (s *Server) showThanks(c *fiber.Ctx) error {
	return s.showStep(c, workflow.StepDone, func(p workflow.Signing) error {
		signed := p.Signature.Organisation
		near, err := s.Service.SuppliersNear(c.UserContext(), signed.MRCCode, signed.RegionCode)
		if err != nil {
			return err
		}
		return s.showIn(c, p.Invitation.Language, &templates.SignThanks{Step: stepOf(p, workflow.StepDone), Showcase: s.showcase(), Near: near})
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
