package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// home shows what this is, and the figures.
func (s *Server) home(c *fiber.Ctx) error {
	counts, err := s.Service.RegisterCounts(c.UserContext())
	if err != nil {
		return err
	}
	return s.show(c, &templates.Home{Total: counts.Total, Regions: len(counts.ByRegion)})
}
