package web

import (
	"bytes"
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates/sheet"
	"jachete/workflow"
)

// The addresses of the list as open data.
const (
	suppliersJSON = "/api/v1/suppliers.json"
	suppliersCSV  = "/api/v1/suppliers.csv"
)

// supplierData is a supplier as open data.
type supplierData struct {
	Slug             string                      `json:"slug"`
	Name             string                      `json:"name"`
	Categories       []workflow.SupplierCategory `json:"categories"`
	Description      string                      `json:"description"` // in French
	Site             string                      `json:"site,omitempty"`
	RegionCode       string                      `json:"region_code"`
	Region           string                      `json:"region"`
	MRCCode          string                      `json:"mrc_code,omitempty"`
	MRC              string                      `json:"mrc,omitempty"`
	MunicipalityCode string                      `json:"municipality_code,omitempty"`
	Municipality     string                      `json:"municipality,omitempty"`
	Pole             string                      `json:"pole"`
	UpdatedOn        string                      `json:"updated_on"` // civil date
}

func (s *Server) supplierData(x workflow.Supplier) supplierData {
	atlas := s.Service.Atlas
	line := supplierData{Slug: x.Slug, Name: x.Name, Categories: x.Categories, Description: x.Description, Site: x.Site, RegionCode: x.RegionCode,
		MRCCode: x.MRCCode, MunicipalityCode: x.MunicipalityCode, Pole: x.PoleSlug, UpdatedOn: workflow.CivilDate(x.UpdatedAt)}
	if r, ok := atlas.Region(x.RegionCode); ok {
		line.Region = r.Name
	}
	if m, ok := atlas.MRC(x.MRCCode); ok {
		line.MRC = m.Name
	}
	if m, ok := atlas.Municipality(x.MunicipalityCode); ok {
		line.Municipality = m.Name
	}
	return line
}

// categoryData is a category with its words, so that a code can be shown.
type categoryData struct {
	Code    workflow.SupplierCategory `json:"code"`
	French  string                    `json:"fr"`
	English string                    `json:"en"`
}

func categoriesData() (list []categoryData) {
	for _, c := range workflow.SupplierCategories {
		list = append(list, categoryData{c, c.In(workflow.French), c.In(workflow.English)})
	}
	return list
}

// dataSuppliers gives one page of the list; the query is that of /fournisseurs.
func (s *Server) dataSuppliers(c *fiber.Ctx) error {
	q, err := s.readSupplierQuery(c, suppliersJSON)
	if err != nil {
		return err
	}
	found, err := s.Service.Suppliers(c.UserContext(), q.SupplierFilter)
	if err != nil {
		return err
	}
	lines := make([]supplierData, 0, len(found.Suppliers))
	for _, x := range found.Suppliers {
		lines = append(lines, s.supplierData(x))
	}
	return sendJSON(c, struct {
		source
		Total      int            `json:"total"`
		Page       int            `json:"page"`
		Pages      int            `json:"pages"`
		PerPage    int            `json:"per_page"`
		Categories []categoryData `json:"categories"`
		Suppliers  []supplierData `json:"suppliers"`
	}{sourceOfData, found.Total, q.page, pagesOf(found.Total), workflow.PageSize, categoriesData(), lines})
}

var supplierHeader = []string{"slug", "nom", "categories", "description", "site", "code_region", "region", "code_mrc", "mrc", "code_municipal", "municipalite", "pole", "date_modification"}

// dataSuppliersCSV gives every supplier that matches, for spreadsheets: see
// dataCSV.
func (s *Server) dataSuppliersCSV(c *fiber.Ctx) error {
	q, err := s.readSupplierQuery(c, suppliersCSV)
	if err != nil {
		return err
	}
	var out bytes.Buffer // writes to memory cannot fail
	w, _ := sheet.Comma(&out, ',')
	_ = w.Write(sheet.Texts(supplierHeader...))
	err = s.eachSupplier(c.UserContext(), q.SupplierFilter, func(x workflow.Supplier) {
		var categories []string
		for _, category := range x.Categories {
			categories = append(categories, category.In(workflow.French))
		}
		d := s.supplierData(x)
		_ = w.Write(sheet.Texts(d.Slug, d.Name, strings.Join(categories, "|"), d.Description, d.Site, d.RegionCode, d.Region, d.MRCCode, d.MRC,
			d.MunicipalityCode, d.Municipality, d.Pole, d.UpdatedOn))
	})
	if err != nil {
		return err
	}
	_ = w.Close()
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="fournisseurs.csv"; filename*=UTF-8''fournisseurs.csv`)
	c.Set(fiber.HeaderContentSecurityPolicy, policyFile)
	return sendData(c, sheet.CSV.MediaType(), out.Bytes())
}

// suppliersAtOnce is how many are read at once when all are wanted.
const suppliersAtOnce = 500

// eachSupplier reads all that match, page by page.
func (s *Server) eachSupplier(ctx context.Context, f workflow.SupplierFilter, do func(workflow.Supplier)) error {
	for f.Limit, f.Offset = suppliersAtOnce, 0; ; f.Offset += suppliersAtOnce {
		page, err := s.Service.Suppliers(ctx, f)
		if err != nil {
			return err
		}
		for _, x := range page.Suppliers {
			do(x)
		}
		if len(page.Suppliers) < suppliersAtOnce {
			return nil
		}
	}
}
