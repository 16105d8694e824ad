package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showPublish asks once before a text is published for good. A text that
// cannot be yet is shown with what is wrong with it.
func (s *Server) showPublish(c *fiber.Ctx) error {
	if err := s.Service.CheckDraft(c.UserContext(), actor(c), c.Params("draft")); err != nil {
		return s.draftRefused(c, err)
	}
	page, err := s.publishPage(c)
	if err != nil {
		return err
	}
	return s.show(c, page)
}

func (s *Server) publishPage(c *fiber.Ctx) (*templates.TeamPublish, error) {
	page, err := s.draftPage(c)
	if err != nil {
		return nil, err
	}
	return &templates.TeamPublish{TeamFrame: page.TeamFrame, Draft: page.Draft, Whose: page.Whose, Before: page.Before}, nil
}

// publish publishes it, or plans to.
func (s *Server) publish(c *fiber.Ctx) error {
	page, err := s.publishPage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page.On = f["publish"]
	at, err := s.Service.PublishDraft(c.UserContext(), actor(c), page.Draft.ID, revisionOf(f), page.On)
	if err != nil && onlyAbout(err, "publish") {
		return s.again(c, "", page, err)
	} else if err != nil {
		return s.draftRefused(c, err)
	}
	if at.After(s.Service.Clock.Now()) {
		return c.Redirect(draftPath(page.Draft.ID)+"?fait=enregistre", fiber.StatusSeeOther)
	}
	return c.Redirect("/equipe/declarations?fait=publiee", fiber.StatusSeeOther)
}

// onlyAbout tells of a refusal that a page with that field alone can show.
func onlyAbout(err error, field string) bool {
	refused, _ := statusOf(err)
	return len(refused.Fields) == 1 && refused.Fields[0].Field == field
}

// showRenewals lists who could adhere to the text in force in a pôle.
func (s *Server) showRenewals(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamRenewals{TeamFrame: teamFrame(c, "declarations"), Invited: q["fait"] == "invitees", MostOnce: workflow.MaxRenewals}
	pole := q["pole"]
	if pole == "" && len(poles) == 1 {
		pole = poles[0].Slug
	}
	for _, p := range poles {
		if len(poles) > 1 {
			page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Short, Chosen: p.Slug == pole})
		}
	}
	if pole != "" {
		if page.Found, err = s.Service.Renewals(c.UserContext(), actor(c), pole); err != nil {
			return err
		}
	}
	return s.show(c, page)
}

// renew invites them, or one of them.
func (s *Server) renew(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	pole := f["pole"]
	if !slugShape.MatchString(pole) {
		return refusal(workflow.NotFound, "record.not-found")
	}
	if _, err := s.Service.Renew(c.UserContext(), actor(c), pole, f["commitment"]); err != nil {
		return err
	}
	return c.Redirect(renewalsPath(pole), fiber.StatusSeeOther)
}

// renewalsPath is the list of a pôle after a click, or the list of lists for
// what cannot be the slug of one.
func renewalsPath(pole string) string {
	if !slugShape.MatchString(pole) {
		return "/equipe/declarations/adhesions"
	}
	return "/equipe/declarations/adhesions?fait=invitees&pole=" + pole
}
