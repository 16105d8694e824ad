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
	latest := page.Latest()
	page.LinkedData = templates.OrganisationData(s.link(""), s.language(c, ""), list)
	page.Region, _ = s.Service.Atlas.Region(latest.Organisation.RegionCode)
	page.MRC, _ = s.Service.Atlas.MRC(latest.Organisation.MRCCode)
	near, inMRC, err := s.Service.Neighbours(c.UserContext(), latest)
	if err != nil {
		return err
	}
	page.Neighbours, page.InMRC = near.Commitments, inMRC && page.MRC.Code != ""
	return s.show(c, page)
}

// region shows the commitments and the pôles of a region.
func (s *Server) region(c *fiber.Ctx) error {
	region, ok := s.Service.Atlas.RegionBySlug(c.Params("slug"))
	if !ok {
		return refusal(workflow.NotFound, "request.not-found")
	}
	page := &templates.Region{Region: region}
	within := territory.Set{Regions: []string{region.Code}}
	var err error
	if page.Localities, err = s.locality(c, workflow.RegisterFilter{Region: region.Code}, within); err != nil {
		return err
	}
	if page.Poles, err = s.polesOf(c, within); err != nil {
		return err
	}
	if page.FollowUps, err = s.Service.FollowUpTotals(c.UserContext(), region.Code); err != nil {
		return err
	}
	return s.show(c, page)
}

// mrc shows the commitments of an MRC, and which of its municipalities made one.
func (s *Server) mrc(c *fiber.Ctx) error {
	mrc, ok := s.Service.Atlas.MRCBySlug(c.Params("slug"))
	if !ok {
		return refusal(workflow.NotFound, "request.not-found")
	}
	region, _ := s.Service.Atlas.Region(mrc.RegionCode)
	page := &templates.MRC{MRC: mrc, Region: region}
	within := territory.Set{MRCs: []string{mrc.Code}}
	var err error
	if page.Localities, err = s.locality(c, workflow.RegisterFilter{MRC: mrc.Code}, within); err != nil {
		return err
	}
	if page.Towns, err = s.Service.Towns(c.UserContext(), mrc.Code); err != nil {
		return err
	}
	if page.Poles, err = s.polesOf(c, within); err != nil {
		return err
	}
	return s.show(c, page)
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
	page := &templates.Pole{Pole: pole, Areas: s.areas(pole.Territory)}
	page.LinkedData = templates.PoleData(s.link(""), s.language(c, ""), pole, page.AreaNames())
	if page.Localities, err = s.locality(c, workflow.RegisterFilter{Pole: slug}, pole.Territory); err != nil {
		return err
	}
	if page.Ceremonies, err = s.Service.AnnouncedCeremonies(c.UserContext(), slug); err != nil {
		return err
	}
	return s.show(c, page)
}

// locality tells where a territory stands, with the years since the first
// signature anywhere, and who sells there.
func (s *Server) locality(c *fiber.Ctx, f workflow.RegisterFilter, within territory.Set) (templates.Localities, error) {
	l, err := s.Service.Locality(c.UserContext(), f, within)
	if err != nil {
		return templates.Localities{}, err
	}
	beside, err := s.Service.SuppliersBeside(c.UserContext(), workflow.SupplierTerritory{Region: f.Region, MRC: f.MRC, Pole: f.Pole})
	return templates.Localities{Locality: l, Beside: beside, Since: workflow.FirstSignature, Until: s.Service.Clock.Now().In(workflow.Zone).Year()}, err
}

// polesOf lists the pôles whose territory shares a municipality with a set.
func (s *Server) polesOf(c *fiber.Ctx, within territory.Set) ([]workflow.Pole, error) {
	poles, err := s.Service.Poles(c.UserContext())
	towns := s.Service.Atlas.Municipalities(within)
	return slices.DeleteFunc(poles, func(p workflow.Pole) bool {
		return !slices.ContainsFunc(towns, func(m territory.Municipality) bool { return p.Territory.Covers(m.Place()) })
	}), err
}

// areas names what a territory covers.
func (s *Server) areas(set territory.Set) (areas []templates.TerritoryPart) {
	for _, code := range set.Regions {
		if r, ok := s.Service.Atlas.Region(code); ok {
			areas = append(areas, templates.TerritoryPart{Name: r.Name, Address: "/regions/" + r.Slug})
		}
	}
	for _, code := range set.MRCs {
		if m, ok := s.Service.Atlas.MRC(code); ok {
			areas = append(areas, templates.TerritoryPart{Name: m.Name, Address: "/mrc/" + m.Slug})
		}
	}
	for _, code := range set.Municipalities {
		if m, ok := s.Service.Atlas.Municipality(code); ok {
			areas = append(areas, templates.TerritoryPart{Name: s.Service.Atlas.Label(m)})
		}
	}
	return areas
}
