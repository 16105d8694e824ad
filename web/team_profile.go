package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// profile shows who is signed in, and in which pôles.
func (s *Server) profile(c *fiber.Ctx) error {
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	return s.show(c, &templates.TeamProfile{TeamFrame: teamFrame(c, "profile"), Staff: signedIn(c).Staff, Poles: poles})
}

// showContact shows how a pôle is identified in its mails.
func (s *Server) showContact(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	page := contactPage(c, pole)
	page.Saved = c.Query("fait") == "enregistree"
	return s.show(c, page)
}

// saveContact changes it, for those who administer the service.
func (s *Server) saveContact(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	pole.Contact = workflow.PoleContact{PostalAddress: f["address"], Phone: f["phone"], Email: f["email"]}
	if err := s.Service.SetPoleContact(c.UserContext(), actor(c), pole.Slug, pole.Contact); err != nil {
		return s.again(c, "", contactPage(c, pole), err)
	}
	return c.Redirect(polePath(pole.Slug)+"?fait=enregistree", fiber.StatusSeeOther)
}

func contactPage(c *fiber.Ctx, pole workflow.Pole) *templates.TeamPole {
	return &templates.TeamPole{TeamFrame: teamFrame(c, "profile"), Pole: pole,
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
