package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showContact shows the profile of a pôle.
func (s *Server) showContact(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	page := polePage(c, pole)
	page.Done = doneOf(c, map[string]string{"enregistree": "saved", "logo": "logo", "logo-retire": "logo-dropped"})
	return s.show(c, page)
}

// saveContact changes it, for those who invite in the pôle.
func (s *Server) saveContact(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page := polePage(c, pole)
	page.Form = workflow.PoleForm{Contact: workflow.PoleContact{PostalAddress: f["address"], Phone: f["phone"], Email: f["email"],
		SenderName: f["sender"], Privacy: f["privacy"]}}
	page.Form.Director = &workflow.Cosignatory{Signatory: workflow.Signatory{Name: f["director-name"], Function: f["director-function"]}, Email: f["director-email"]}
	if page.Manager {
		page.Form.Name, page.Form.Short = f["name"], f["short"]
	}
	if err := s.Service.SavePole(c.UserContext(), actor(c), pole.Slug, page.Form); err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(polePath(pole.Slug)+"?fait=enregistree", fiber.StatusSeeOther)
}

func polePage(c *fiber.Ctx, pole workflow.Pole) *templates.TeamPole {
	return &templates.TeamPole{TeamFrame: teamFrame(c, "profile"), Pole: pole,
		Form:    workflow.PoleForm{Name: pole.Name, Short: pole.Short, Contact: pole.Contact, Director: &pole.Director},
		Editor:  actor(c).Permit(workflow.PermitWrite, pole.Slug) == nil,
		Manager: actor(c).Permit(workflow.PermitManage, pole.Slug) == nil}
}

// teamPole finds the pôle of the address. One of somebody else's is refused as
// one that does not exist.
func (s *Server) teamPole(c *fiber.Ctx) (workflow.Pole, error) {
	slug := c.Params("slug")
	unknown := refusal(workflow.NotFound, "record.not-found")
	if !slugShape.MatchString(slug) || actor(c).Permit(workflow.PermitRead, slug) != nil {
		return workflow.Pole{}, unknown
	}
	pole, err := s.Service.Pole(c.UserContext(), slug)
	if workflow.IsKind(err, workflow.NotFound) {
		err = unknown
	}
	return pole, err
}
