package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// home shows what this is, and the figures.
func (s *Server) home(c *fiber.Ctx) error {
	counts, err := s.Service.RegisterCounts(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.Home{Total: counts.Total}
	for _, r := range s.regions {
		page.Regions = append(page.Regions, templates.RegionLine{Region: r, Count: counts.ByRegion[r.Code]})
	}
	return s.show(c, page)
}

// byName orders the regions as a dictionary does.
func byName(regions []territory.Region) []territory.Region {
	return slices.SortedFunc(slices.Values(regions), func(a, b territory.Region) int {
		return slices.Compare(workflow.CollationKey(a.Name), workflow.CollationKey(b.Name))
	})
}
