package web

import (
	"context"
	"io"

	"github.com/gofiber/fiber/v2"

	"jachete/templates/sheet"
	"jachete/workflow"
)

// csvHeader names the columns. Programs count on their order: new ones come last.
var csvHeader = []string{"slug", "organisation", "type", "code_region", "region", "code_mrc", "mrc", "code_municipal", "pole",
	"date_signature", "mode", "etat", "version", "numero", "resolution", "date_resolution", "signataire", "fonction", "adresse",
	"date_annonce", "date_etat", "citation", "logo", "id", "neq"}

// dataCSV gives every line that matches, for spreadsheets: UTF-8 with a byte
// order mark, which Excel needs to read accents.
func (s *Server) dataCSV(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	d, err := s.listed(c.UserContext(), "csv", q.RegisterFilter, func(ctx context.Context, to io.Writer) error {
		return s.writeCSV(ctx, to, q.RegisterFilter)
	})
	if err != nil {
		return err
	}
	return sendDocument(c, d, dataAnswer{mediaType: sheet.CSV.MediaType(), name: "signataires.csv"})
}

func (s *Server) writeCSV(ctx context.Context, to io.Writer, f workflow.RegisterFilter) error {
	w, err := sheet.Comma(to, ',')
	if err != nil {
		return err
	}
	if err := w.Write(sheet.Texts(csvHeader...)); err != nil {
		return err
	}
	err = s.Service.EachSignatory(ctx, f, func(k workflow.Commitment) error { return w.Write(s.csvLine(k)) })
	if err != nil {
		return err
	}
	return w.Close()
}

func (s *Server) csvLine(k workflow.Commitment) []sheet.Cell {
	o := k.Organisation
	return sheet.Texts(k.Slug, o.Name, string(o.Kind), o.RegionCode, o.RegionName, o.MRCCode, o.MRCName, o.MunicipalityCode,
		k.PoleSlug, k.Signed().Short(workflow.French), string(k.Mode), string(k.Status), k.Version, k.Number, k.ResolutionNumber, k.ResolutionDate,
		k.PublicName, k.PublicFunction, s.link("/signataires/"+k.Slug), k.AnnouncedDate().Short(workflow.French), k.StatusOn,
		k.ShownQuote(), s.logoURL(k), k.ID, o.NEQ)
}
