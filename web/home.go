package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// home shows what this is, and the figures.
func (s *Server) home(c *fiber.Ctx) error {
	counts, err := s.Service.RegisterCounts(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.Home{Total: counts.Total}
	for _, r := range s.Service.Atlas.Regions() {
		page.Regions = append(page.Regions, templates.RegionLine{Region: r, Count: counts.ByRegion[r.Code]})
	}
	slices.SortFunc(page.Regions, func(a, b templates.RegionLine) int {
		return slices.Compare(workflow.CollationKey(a.Name), workflow.CollationKey(b.Name))
	})
	return s.show(c, page)
}
