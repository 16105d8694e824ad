package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// showNewSupplier shows the form of a supplier, empty.
func (s *Server) showNewSupplier(c *fiber.Ctx) error {
	page, err := s.newSupplierPage(c, form{})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// addSupplier puts an enterprise into the public list.
func (s *Server) addSupplier(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.newSupplierPage(c, f)
	if err != nil {
		return err
	}
	x, err := s.Service.AddSupplier(c.UserContext(), actor(c), page.Form.Pole, s.supplierForm(f))
	if err == nil {
		return c.Redirect(supplierAddress(x.ID)+"?fait=ajoute", fiber.StatusSeeOther)
	}
	return s.supplierAgain(c, page, &page.SupplierFields, chosenPole(page.Form.Pole, err))
}

// chosenPole asks for a choice where none was made, which a use case takes for a
// pôle that is not.
func chosenPole(pole string, err error) error {
	var refused *workflow.Error
	if pole != "" || !errors.As(err, &refused) {
		return err
	}
	worded := *refused
	worded.Fields = slices.Clone(refused.Fields)
	for i, f := range worded.Fields {
		if f.Key == "pole.unknown" {
			worded.Fields[i].Key = "supplier-list.pole-choose"
		}
	}
	return &worded
}

// newSupplierPage fills the form with what was typed. With one pôle, there is no
// choice to make.
func (s *Server) newSupplierPage(c *fiber.Ctx, f form) (*templates.TeamSupplierNew, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	page := &templates.TeamSupplierNew{SupplierFields: s.supplierFields(c, f, poles)}
	if len(poles) == 1 {
		page.Form.Pole = poles[0].Slug
	}
	page.Poles = poleOptions(poles, page.Form.Pole)
	return page, nil
}

// supplierFields is the form as typed, with what there is to choose from.
func (s *Server) supplierFields(c *fiber.Ctx, f form, poles []workflow.Pole) templates.SupplierFields {
	fields := templates.SupplierFields{TeamFrame: teamFrame(c, "suppliers"), Form: templates.SupplierForm{Pole: f["pole"], Name: f["name"],
		Municipality: f["municipality"], MRC: f["mrc"], Region: f["region"], Site: f["site"], Description: f["description"], Revision: f["revision"]}}
	fields.Places, fields.MRCs, fields.Regions = s.placeChoices(poles, f["mrc"], f["region"])
	for _, category := range workflow.SupplierCategories {
		fields.Categories = append(fields.Categories, templates.Option{Value: string(category), Label: category.In(s.language(c, "")),
			Chosen: f["category-"+string(category)] == ticked})
	}
	return fields
}

// supplierForm reads what was typed for the use case.
func (s *Server) supplierForm(f form) workflow.SupplierForm {
	r := workflow.SupplierForm{Name: f["name"], Site: f["site"], Description: f["description"],
		Place: territory.Place{RegionCode: f["region"], MRCCode: f["mrc"], MunicipalityCode: s.municipalityCode(f["municipality"])}}
	for _, category := range workflow.SupplierCategories {
		if f["category-"+string(category)] == ticked {
			r.Categories = append(r.Categories, string(category))
		}
	}
	r.Revision, _ = strconv.Atoi(f["revision"]) // another is none that was read
	return r
}

// typedSupplier is the form of a supplier as it stands.
func (s *Server) typedSupplier(x workflow.Supplier) form {
	f := form{"name": x.Name, "mrc": x.MRCCode, "region": x.RegionCode, "site": x.Site, "description": x.Description, "revision": strconv.Itoa(x.Revision)}
	if m, ok := s.Service.Atlas.Municipality(x.MunicipalityCode); ok {
		f["municipality"], f["mrc"] = s.Service.Atlas.Label(m)+" — "+m.Code, "" // it follows from it
	}
	if x.MRCCode != "" || x.MunicipalityCode != "" {
		f["region"] = ""
	}
	for _, category := range x.Categories {
		f["category-"+string(category)] = ticked
	}
	return f
}

// supplierAgain shows a form as it was filled in, with what is wrong with it or
// what stands in the way, and the way to the same enterprise.
func (s *Server) supplierAgain(c *fiber.Ctx, page templates.Page, fields *templates.SupplierFields, err error) error {
	var refused *workflow.Error
	if errors.As(err, &refused) && refused.Args["id"] != "" {
		fields.Listed = supplierAddress(refused.Args["id"])
	}
	return s.overtaken(c, page, err)
}

// supplier shows one with what happened to it, to be changed by those who may.
func (s *Server) supplier(c *fiber.Ctx) error {
	page, err := s.supplierPage(c, nil)
	if err != nil {
		return err
	}
	done := doneOf(c, map[string]string{"ajoute": "added", "modifie": "changed", "retire": "withdrawn", "retabli": "restored"})
	if page.Found.Withdrawn() == (done == "withdrawn") { // and not an old address
		page.Done = done
	}
	return s.show(c, page)
}

// supplierPage is the page of a supplier, with the form as typed or, for nil, as
// the supplier stands.
func (s *Server) supplierPage(c *fiber.Ctx, f form) (*templates.TeamSupplier, error) {
	found, err := s.Service.Supplier(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	if f == nil {
		f = s.typedSupplier(found.Supplier)
	}
	page := &templates.TeamSupplier{SupplierFields: s.supplierFields(c, f, []workflow.Pole{found.Pole}), Found: found,
		Public: address(workflow.SuppliersPath, url.Values{"pole": {found.PoleSlug}, "q": {found.Name}})}
	w := storyteller{lang: s.language(c, ""), me: signedIn(c).Staff.ID}
	for _, e := range found.Events {
		page.Events = append(page.Events, w.event(e))
	}
	return page, nil
}

// changeSupplier writes what was typed.
func (s *Server) changeSupplier(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.supplierPage(c, f)
	if err != nil {
		return err
	}
	err = s.Service.ChangeSupplier(c.UserContext(), actor(c), c.Params("id"), s.supplierForm(f))
	if err == nil {
		return c.Redirect(supplierAddress(c.Params("id"))+"?fait=modifie", fiber.StatusSeeOther)
	}
	return s.supplierAgain(c, page, &page.SupplierFields, err)
}

// withdrawSupplier hides a supplier from the public.
func (s *Server) withdrawSupplier(c *fiber.Ctx) error {
	if err := s.Service.WithdrawSupplier(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return s.supplierRefusal(c, err)
	}
	return c.Redirect(supplierAddress(c.Params("id"))+"?fait=retire", fiber.StatusSeeOther)
}

// restoreSupplier shows it again.
func (s *Server) restoreSupplier(c *fiber.Ctx) error {
	if err := s.Service.RestoreSupplier(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return s.supplierRefusal(c, err)
	}
	return c.Redirect(supplierAddress(c.Params("id"))+"?fait=retabli", fiber.StatusSeeOther)
}

// supplierRefusal shows a supplier with what stood in the way.
func (s *Server) supplierRefusal(c *fiber.Ctx, err error) error {
	if _, worded := refusedWithWords(err); !worded {
		return err
	}
	page, pageErr := s.supplierPage(c, nil)
	if pageErr != nil {
		return pageErr
	}
	return s.supplierAgain(c, page, &page.SupplierFields, err)
}
