package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

const waitingPath = "/signature/attente"

// showWaiting tells somebody whose council has to decide first what to do
// until then. Nobody else waits.
func (s *Server) showWaiting(c *fiber.Ctx) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	if p.Invitation.State != workflow.StateAwaitingResolution {
		return c.Redirect(localPath(p.Step), fiber.StatusSeeOther)
	}
	return s.showIn(c, p.Invitation.Language, &templates.SignWaiting{Step: stepOf(p, workflow.StepResolution)})
}
