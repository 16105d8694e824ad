package web

import (
	"regexp"

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

// privacy adds who answers for a pôle, where the address names one.
func (s *Server) privacy(c *fiber.Ctx) error {
	page := &templates.Text{Name: "privacy"}
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
	return s.show(c, page)
}

func (s *Server) accessibility(c *fiber.Ctx) error {
	return s.show(c, &templates.Text{Name: "accessibility"})
}
