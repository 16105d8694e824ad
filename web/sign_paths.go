package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// The other ways than signing.
const (
	laterPath    = "/signature/plus-tard"
	transferPath = "/signature/transferer"
	declinePath  = "/signature/decliner"
)

// showAside shows a page beside the path to the person invited, who has not
// signed yet.
func (s *Server) showAside(c *fiber.Ctx, show func(workflow.Signing) templates.Page) error {
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	if p.Seat != workflow.SeatFirst || p.Step == workflow.StepDone || p.Step == workflow.StepOthers {
		return c.Redirect(localPath(p.Step), fiber.StatusSeeOther)
	}
	return s.showIn(c, p.Invitation.Language, show(p))
}

// aside fills what these pages show; they lead back to where the person was.
func aside(p workflow.Signing) templates.Step {
	back := localPath(p.Step)
	if p.Step == workflow.StepResolution && p.Invitation.State == workflow.StateAwaitingResolution {
		back = waitingPath
	}
	return templates.Step{Frame: plain, Back: back, Signing: p}
}

// asideAgain shows a page beside the path once more with what stands in its
// way; a refusal that is about no field stands above the form.
func (s *Server) asideAgain(c *fiber.Ctx, cause error, show func(workflow.Signing) templates.Page) error {
	refused, status := statusOf(cause)
	stays := refused.Kind == workflow.Limited || refused.Key == "transfer.most"
	if len(refused.Fields) == 0 && !stays {
		return cause
	}
	p, err := s.signing(c)
	if err != nil {
		return err
	}
	page := show(p)
	if !stays {
		return s.again(c, p.Invitation.Language, page, cause)
	}
	return s.stay(c, p.Invitation.Language, page, refused, status)
}

// successor is who a dead link says it was transferred to: a name and a
// function, never an address.
func successor(gone error) workflow.Contact {
	var refused *workflow.Error
	if !errors.As(gone, &refused) {
		return workflow.Contact{}
	}
	return workflow.Contact{Name: refused.Args["name"], Function: refused.Args["function"]}
}
