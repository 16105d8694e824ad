package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// stepPaths are the pages of the signing path.
var stepPaths = map[workflow.SigningStep]string{
	workflow.StepRead:         "/signature",
	workflow.StepOrganisation: "/signature/organisation",
	workflow.StepResolution:   "/signature/resolution",
	workflow.StepVerification: "/signature/verification",
	workflow.StepSign:         "/signature/signer",
	workflow.StepOthers:       othersPath,
	workflow.StepDone:         "/signature/merci",
}

// localPath is the address of a step; the start of the path for anything else.
func localPath(step workflow.SigningStep) string {
	if path, ok := stepPaths[step]; ok {
		return path
	}
	return stepPaths[workflow.StepRead]
}

// signing reads where the browser's session stands.
func (s *Server) signing(c *fiber.Ctx) (workflow.Signing, error) {
	return s.Service.Signing(c.UserContext(), s.cookie(c, cookieSigning))
}

// showStep shows a step if the person has got that far, and else goes to where
// they are.
func (s *Server) showStep(c *fiber.Ctx, step workflow.SigningStep, show func(workflow.Signing) error) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	if !reached(p, step) {
		return c.Redirect(localPath(p.Step), fiber.StatusSeeOther)
	}
	return show(p)
}

// reached tells whether a page may be shown to somebody who stands at a step:
// earlier pages can be seen again, but not the code's once it was given, nor
// any once signed. While others have still to sign, only answers may be changed.
func reached(p workflow.Signing, step workflow.SigningStep) bool {
	at, path := p.Step, p.Path()
	if at == workflow.StepOthers {
		return p.MayAnswer(step)
	}
	if at == workflow.StepDone || step == workflow.StepDone || step == workflow.StepVerification {
		return at == step
	}
	i := slices.Index(path, step)
	return i >= 0 && i <= slices.Index(path, at)
}

// goOn leads to the step that is now the current one.
func (s *Server) goOn(c *fiber.Ctx) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	s.keepLanguage(c, p.Invitation.Language)
	return s.leadOn(c, p)
}

// leadOn leads to where somebody stands.
func (s *Server) leadOn(c *fiber.Ctx, p workflow.Signing) error {
	if p.Step == workflow.StepResolution && p.Invitation.State == workflow.StateAwaitingResolution {
		return c.Redirect(waitingPath, fiber.StatusSeeOther)
	}
	return c.Redirect(localPath(p.Step), fiber.StatusSeeOther)
}

// stepOf fills what every page of the path shows.
func stepOf(p workflow.Signing, step workflow.SigningStep) templates.Step {
	path := p.Path()
	i := slices.Index(path, step)
	view := templates.Step{Frame: plain, Number: i + 1, Signing: p}
	switch {
	case p.Step == workflow.StepOthers, p.Step == workflow.StepSign && step != workflow.StepSign:
		view.Back = localPath(p.Step)
	case step == workflow.StepSign:
		view.Back = localPath(path[i-2]) // the code was given: nothing to do there
	case i > 0:
		view.Back = localPath(path[i-1])
	}
	return view
}

// again shows a form once more with what is wrong with it, in the status of
// the refusal. Errors that are not about the form are left to answerError.
func (s *Server) again(c *fiber.Ctx, proposed workflow.Language, page templates.Page, err error) error {
	refused, status := statusOf(err)
	if len(refused.Fields) == 0 {
		return err
	}
	s.noteError(c, refused, status)
	c.Status(status)
	page.Outline().Problems = problems(s.language(c, proposed), refused.Fields)
	return s.showIn(c, proposed, page)
}
