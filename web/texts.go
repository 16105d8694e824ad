package web

import (
	"regexp"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

var versionShape = regexp.MustCompile(`^\d{1,3}\.\d{1,3}$`)

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

// journal shows the latest signed statement about the journal.
func (s *Server) journal(c *fiber.Ctx) error {
	checkpoint, keys, err := s.Service.LatestCheckpoint(c.UserContext())
	if err != nil && !workflow.IsKind(err, workflow.NotFound) {
		return err
	}
	return s.show(c, &templates.Journal{Checkpoint: checkpoint, Keys: keys})
}

func (s *Server) privacy(c *fiber.Ctx) error {
	return s.show(c, &templates.Text{Name: "privacy"})
}

func (s *Server) accessibility(c *fiber.Ctx) error {
	return s.show(c, &templates.Text{Name: "accessibility"})
}
