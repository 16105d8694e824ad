package web

import (
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// versionShape is "1.1", or "1.1-estrie" for the variant of a pôle.
var versionShape = regexp.MustCompile(`^\d{1,3}\.\d{1,3}(-[a-z0-9]+)*$`)

// declaration shows the text in force, or the version in the address.
func (s *Server) declaration(c *fiber.Ctx) error {
	version := c.Params("version")
	if version != "" && !versionShape.MatchString(version) {
		return refusal(workflow.NotFound, "request.not-found")
	}
	d, err := s.Service.Declaration(c.UserContext(), version)
	if err != nil {
		return err
	}
	return s.show(c, &templates.DeclarationPage{Declaration: d})
}

// privacy adds the cookies that there are, and who answers for each pôle, with how
// to reach the one that the address names.
func (s *Server) privacy(c *fiber.Ctx) error {
	page := &templates.Text{Name: "privacy", Cookies: s.tellCookies()}
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	if slug := q["pole"]; slugShape.MatchString(slug) {
		page.Pole, err = s.Service.Pole(c.UserContext(), slug)
	}
	if workflow.IsKind(err, workflow.NotFound) {
		err = errFilter
	}
	if err != nil {
		return err
	}
	if page.Poles, err = s.Service.Poles(c.UserContext()); err != nil {
		return err
	}
	page.Poles = slices.DeleteFunc(page.Poles, func(p workflow.Pole) bool { return p.Slug == page.Pole.Slug })
	return s.show(c, page)
}

func (s *Server) accessibility(c *fiber.Ctx) error {
	return s.show(c, &templates.Text{Name: "accessibility"})
}
