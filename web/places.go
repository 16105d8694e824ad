package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// organisation shows what one organisation of the register committed to.
func (s *Server) organisation(c *fiber.Ctx) error {
	list, err := s.Service.OrganisationCommitments(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	poles, err := s.Service.Poles(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.Organisation{Commitments: list, Poles: map[string]string{}}
	for _, p := range poles {
		page.Poles[p.Slug] = p.Name
	}
	return s.show(c, page)
}

// region shows the commitments and the pôles of a region.
func (s *Server) region(c *fiber.Ctx) error {
	region, ok := s.Service.Atlas.RegionBySlug(c.Params("slug"))
	if !ok {
		return refusal(workflow.NotFound, "request.not-found")
	}
	found, err := s.Service.Register(c.UserContext(), workflow.RegisterFilter{Region: region.Code})
	if err != nil {
		return err
	}
	poles, err := s.Service.Poles(c.UserContext())
	if err != nil {
		return err
	}
	poles = slices.DeleteFunc(poles, func(p workflow.Pole) bool { return !s.touches(p.Territory, region.Code) })
	totals, err := s.Service.FollowUpTotals(c.UserContext(), region.Code)
	if err != nil {
		return err
	}
	beside, err := s.Service.SuppliersBeside(c.UserContext(), workflow.SupplierTerritory{Region: region.Code})
	if err != nil {
		return err
	}
	return s.show(c, &templates.Region{Region: region, Poles: poles, Found: found, FollowUps: totals, Beside: beside})
}

// touches tells whether a territory covers some part of a region.
func (s *Server) touches(set territory.Set, region string) bool {
	atlas := s.Service.Atlas
	return slices.Contains(set.Regions, region) ||
		slices.ContainsFunc(set.MRCs, func(code string) bool { m, _ := atlas.MRC(code); return m.RegionCode == region }) ||
		slices.ContainsFunc(set.Municipalities, func(code string) bool { m, _ := atlas.Municipality(code); return m.RegionCode == region })
}

// pole shows one pôle, its territory and who signed with it.
func (s *Server) pole(c *fiber.Ctx) error {
	slug := c.Params("slug")
	if !slugShape.MatchString(slug) {
		return refusal(workflow.NotFound, "request.not-found")
	}
	pole, err := s.Service.Pole(c.UserContext(), slug)
	if err != nil {
		return err
	}
	found, err := s.Service.Register(c.UserContext(), workflow.RegisterFilter{Pole: slug})
	if err != nil {
		return err
	}
	beside, err := s.Service.SuppliersBeside(c.UserContext(), workflow.SupplierTerritory{Pole: slug})
	if err != nil {
		return err
	}
	return s.show(c, &templates.Pole{Pole: pole, Areas: s.areas(pole.Territory), Found: found, Beside: beside})
}

// areas names what a territory covers.
func (s *Server) areas(set territory.Set) (names []string) {
	for _, code := range set.Regions {
		if r, ok := s.Service.Atlas.Region(code); ok {
			names = append(names, r.Name)
		}
	}
	for _, code := range set.MRCs {
		if m, ok := s.Service.Atlas.MRC(code); ok {
			names = append(names, m.Name)
		}
	}
	for _, code := range set.Municipalities {
		if m, ok := s.Service.Atlas.Municipality(code); ok {
			names = append(names, s.Service.Atlas.Label(m))
		}
	}
	return names
}
