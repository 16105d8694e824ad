package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"jachete/templates/sheet"
	"jachete/workflow"
)

// dataSignatories gives one page of the register; the query is that of
// /signataires.
func (s *Server) dataSignatories(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	found, err := s.Service.Register(c.UserContext(), q.RegisterFilter)
	if err != nil {
		return err
	}
	return sendJSON(c, struct {
		source
		Total       int         `json:"total"`
		Page        int         `json:"page"`
		Pages       int         `json:"pages"`
		PerPage     int         `json:"per_page"`
		Signatories []signatory `json:"signatories"`
	}{sourceOfData, found.Total, q.page, pagesOf(found.Total), workflow.PageSize, s.signatoriesOf(found.Commitments)})
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

var csvHeader = []string{"slug", "organisation", "type", "code_region", "region", "code_mrc", "mrc", "code_municipal", "pole",
	"date_signature", "mode", "etat", "version", "numero", "resolution", "date_resolution", "signataire", "fonction", "adresse",
	"date_annonce", "date_etat", "citation", "logo"}

// dataCSV gives every line that matches, for spreadsheets: UTF-8 with a byte
// order mark, which Excel needs to read accents.
func (s *Server) dataCSV(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer // writes to memory cannot fail
	w, _ := sheet.Comma(&out, ',')
	_ = w.Write(sheet.Texts(csvHeader...))
	err = s.eachCommitment(c.UserContext(), q.RegisterFilter, func(k workflow.Commitment) {
		o := k.Organisation
		_ = w.Write(sheet.Texts(k.Slug, o.Name, string(o.Kind), o.RegionCode, o.RegionName, o.MRCCode, o.MRCName, o.MunicipalityCode,
			k.PoleSlug, k.Signed().Short(workflow.French), string(k.Mode), string(k.Status), k.Version, k.Number, k.ResolutionNumber, k.ResolutionDate,
			k.PublicName, k.PublicFunction, s.link("/signataires/"+k.Slug), k.AnnouncedDate().Short(workflow.French), k.StatusOn,
			k.ShownQuote(), s.logoURL(k)))
	})
	if err != nil {
		return err
	}
	_ = w.Close()
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="signataires.csv"; filename*=UTF-8''signataires.csv`)
	c.Set(fiber.HeaderContentSecurityPolicy, policyFile)
	return sendData(c, sheet.CSV.MediaType(), out.Bytes())
}
