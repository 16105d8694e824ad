package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// correct sends the invitation to the right person or address.
func (s *Server) correct(c *fiber.Ctx) error {
	changed, err := s.edit(c, workflow.ActionCorrect, func(f form, page *templates.TeamInvitation) error {
		page.Contact = workflow.Contact{Name: f["name"], Function: f["function"], Email: f["email"], Civility: workflow.Civility(f["civility"])}
		return s.Service.CorrectContact(c.UserContext(), actor(c), c.Params("id"), page.Contact)
	})
	if !changed {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=corrigee", fiber.StatusSeeOther)
}

// extend gives the invitation another term.
func (s *Server) extend(c *fiber.Ctx) error {
	changed, err := s.edit(c, workflow.ActionExtend, func(f form, page *templates.TeamInvitation) error {
		page.Deadline = f["expires"]
		until, _ := deadlineOf(page.Deadline, s.Service.Clock.Now()) // what is not one is refused as the past is
		return s.Service.Extend(c.UserContext(), actor(c), c.Params("id"), until)
	})
	if !changed {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=prolongee", fiber.StatusSeeOther)
}

// annotate writes the internal note.
func (s *Server) annotate(c *fiber.Ctx) error {
	changed, err := s.edit(c, workflow.ActionAnnotate, func(f form, page *templates.TeamInvitation) error {
		page.Note = f["note"]
		return s.Service.SetNote(c.UserContext(), actor(c), c.Params("id"), page.Note)
	})
	if !changed {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=notee", fiber.StatusSeeOther)
}

// assign puts the invitation into a campaign, or into none.
func (s *Server) assign(c *fiber.Ctx) error {
	changed, err := s.edit(c, workflow.ActionAssign, func(f form, page *templates.TeamInvitation) error {
		for i := range page.Campaigns {
			page.Campaigns[i].Chosen = page.Campaigns[i].Value == f["campaign"]
		}
		return s.Service.SetInvitationCampaign(c.UserContext(), actor(c), c.Params("id"), campaignIn(page.Found.PoleSlug, f["campaign"]))
	})
	if !changed {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=regroupee", fiber.StatusSeeOther)
}

// edit reads a form of the invitation's page and has act do what it asks. When
// that changed nothing it has answered: a form that is refused comes back open
// and filled in.
func (s *Server) edit(c *fiber.Ctx, action workflow.Action, act func(form, *templates.TeamInvitation) error) (changed bool, err error) {
	f, err := readForm(c)
	if err != nil {
		return false, err
	}
	page, err := s.invitationPage(c)
	if err != nil {
		return false, err
	}
	page.Edit = action
	err = act(f, page)
	var refused *workflow.Error
	switch {
	case err == nil:
		return true, nil
	case errors.As(err, &refused) && refused.Kind == workflow.Conflict && page.May[action]:
		page.Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, nil)}}
		s.noteError(c, refused, fiber.StatusConflict)
		c.Status(fiber.StatusConflict)
		return false, s.show(c, page)
	}
	return false, s.again(c, "", page, err)
}
