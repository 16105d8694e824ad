package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// The addresses of the staff's suppliers.
const (
	teamSuppliersPath  = "/equipe/fournisseurs"
	supplierNewPath    = teamSuppliersPath + "/nouveau"
	supplierImportPath = teamSuppliersPath + "/importer"
)

var supplierLists = entryLists{EntryList: templates.SupplierList, here: "suppliers", model: "fournisseurs.csv",
	beside:  func(_ workflow.Language, cells map[string]string) string { return cells["categories"] },
	preview: (*workflow.Service).PreviewSuppliers, latest: (*workflow.Service).SupplierBatches, batch: (*workflow.Service).SupplierBatch,
	rows: (*workflow.Service).SupplierRows, enter: (*workflow.Service).ConfirmSuppliers, giveUp: (*workflow.Service).CancelSuppliers}

// supplierAddress is the staff's page of a supplier, or the list for what cannot
// be the id of one.
func supplierAddress(id string) string {
	if !recordShape.MatchString(id) {
		return teamSuppliersPath
	}
	return teamSuppliersPath + "/" + id
}

// teamSuppliers lists the suppliers of one's pôles.
func (s *Server) teamSuppliers(c *fiber.Ctx) error {
	q, err := s.readSupplierQuery(c, teamSuppliersPath)
	if err == nil && q.Pole != "" && actor(c).Permit(workflow.PermitRead, q.Pole) != nil {
		err = errFilter
	}
	if err != nil {
		return err
	}
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamSuppliers{TeamFrame: teamFrame(c, "suppliers"), Query: q.Query, Page: q.page, PoleNames: map[string]string{}}
	page.Several = len(poles) > 1
	if page.Found, err = s.Service.OwnSuppliers(c.UserContext(), actor(c), q.SupplierFilter); err != nil {
		return err
	}
	page.Pages, page.Previous, page.Next = q.around(page.Found.Total)
	s.fillTeamSupplierChoices(page, s.language(c, ""), q, poles)
	return s.show(c, page)
}

// fillTeamSupplierChoices makes the drop-down lists, and a chip for each choice
// made.
func (s *Server) fillTeamSupplierChoices(page *templates.TeamSuppliers, lang workflow.Language, q supplierQuery, poles []workflow.Pole) {
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	chip := func(name, value, without string) {
		page.Chips = append(page.Chips, templates.Chip{Name: name, Value: value, Without: q.without(without)})
	}
	if q.Query != "" {
		chip(word("team.query"), q.Query, "q")
	}
	for _, category := range workflow.SupplierCategories {
		o := templates.Option{Value: string(category), Label: category.In(lang), Chosen: category == q.Category}
		page.Categories = append(page.Categories, o)
		if o.Chosen {
			chip(word("suppliers.category"), o.Label, "categorie")
		}
	}
	for _, p := range poles {
		page.PoleNames[p.Slug] = p.Short
		if page.Several {
			page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Short, Chosen: p.Slug == q.Pole})
		}
		if p.Slug == q.Pole {
			chip(word("field.pole"), p.Short, "pole")
		}
	}
}
