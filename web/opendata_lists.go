package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/workflow"
)

// dataSignatories gives one page of the register; the query is that of
// /signataires.
func (s *Server) dataSignatories(c *fiber.Ctx) error {
	q, err := s.readDataQuery(c)
	if err != nil {
		return err
	}
	found, err := s.Service.Register(c.UserContext(), q.RegisterFilter)
	if err != nil {
		return err
	}
	return dataAnswer{links: q.links(found.Total, s.link)}.sendJSON(c, struct {
		source
		Total       int         `json:"total"`
		Page        int         `json:"page"`
		Pages       int         `json:"pages"`
		PerPage     int         `json:"per_page"`
		Signatories []signatory `json:"signatories"`
	}{sourceOfData, found.Total, q.page, q.pages(found.Total), q.perPage, s.signatoriesOf(found.Commitments)})
}

// dataSignatory gives all the commitments of one organisation.
func (s *Server) dataSignatory(c *fiber.Ctx) error {
	list, err := s.Service.OrganisationCommitments(c.UserContext(), c.Params("slug"))
	if err != nil {
		return err
	}
	return sendJSON(c, struct {
		source
		Commitments []signatory `json:"commitments"`
	}{sourceOfData, s.signatoriesOf(list)})
}

// place is a count of one region.
type place struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// dataStats gives the figures.
func (s *Server) dataStats(c *fiber.Ctx) error {
	counts, err := s.Service.RegisterCounts(c.UserContext())
	if err != nil {
		return err
	}
	var regions []place
	for _, r := range s.Service.Atlas.Regions() {
		regions = append(regions, place{r.Code, r.Name, counts.ByRegion[r.Code]})
	}
	return sendJSON(c, struct {
		source
		Total    int                               `json:"total"`
		ByRegion []place                           `json:"by_region"`
		ByKind   map[workflow.OrganisationKind]int `json:"by_kind"`
		ByYear   map[int]int                       `json:"by_year"`
	}{sourceOfData, counts.Total, regions, counts.ByKind, counts.ByYear})
}
