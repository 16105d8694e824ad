package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// home shows what this is, and where it stands.
func (s *Server) home(c *fiber.Ctx) error {
	show, err := s.Service.Showcase(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.Home{Showcase: show}
	page.LinkedData = templates.SiteData(s.link(""), s.language(c, ""))
	for _, r := range s.regions {
		page.Regions = append(page.Regions, templates.RegionLine{Region: r, Count: show.Counts.ByRegion[r.Code]})
	}
	return s.show(c, page)
}

// byName orders the regions as a dictionary does.
func byName(regions []territory.Region) []territory.Region {
	return slices.SortedFunc(slices.Values(regions), func(a, b territory.Region) int {
		return slices.Compare(workflow.CollationKey(a.Name), workflow.CollationKey(b.Name))
	})
}
