package web

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// suppressions lists the addresses a pôle does not write to.
func (s *Server) suppressions(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	page := &templates.TeamSuppressions{TeamFrame: teamFrame(c, "profile"), Pole: pole, Page: 1, Lifted: q["fait"] == "retiree"}
	if !readNumber(q["page"], 1, maxPage, &page.Page) {
		return errFilter
	}
	page.Found, page.Total, err = s.Service.Suppressions(c.UserContext(), actor(c), pole.Slug, workflow.PageSize, (page.Page-1)*workflow.PageSize)
	if err != nil {
		return err
	}
	page.Pages = pagesOf(page.Total)
	if page.Page > 1 {
		page.Previous = suppressionsPath(pole.Slug, min(page.Page-1, max(page.Pages, 1)))
	}
	if page.Page < page.Pages {
		page.Next = suppressionsPath(pole.Slug, page.Page+1)
	}
	return s.show(c, page)
}

// suppressionsPath is a page of the list.
func suppressionsPath(slug string, page int) string {
	return address(polePath(slug)+"/desabonnements", url.Values{"page": {strconv.Itoa(page)}})
}

// liftSuppression takes an address that works again off the list.
func (s *Server) liftSuppression(c *fiber.Ctx) error {
	pole, err := s.teamPole(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.LiftSuppression(c.UserContext(), actor(c), pole.Slug, f["email"]); err != nil {
		return err
	}
	return c.Redirect(polePath(pole.Slug)+"/desabonnements?fait=retiree", fiber.StatusSeeOther)
}
