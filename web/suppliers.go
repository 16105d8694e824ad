package web

import (
	"net/url"
	"strconv"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// supplierQuery is the query of the addresses of suppliers, checked.
type supplierQuery struct {
	workflow.SupplierFilter
	path       string // of the list
	regionSlug string
	page       int // from 1
}

// readSupplierQuery reads q, categorie, region (slug or code), mrc, pole and
// page. What is not one of ours is refused, not guessed at.
func (s *Server) readSupplierQuery(c *fiber.Ctx, path string) (supplierQuery, error) {
	f, err := readQuery(c)
	if err != nil {
		return supplierQuery{}, err
	}
	var place registerQuery
	q := supplierQuery{path: path, page: 1}
	q.Query, q.Category, q.MRC, q.Pole = f["q"], workflow.SupplierCategory(f["categorie"]), f["mrc"], f["pole"]
	ok := utf8.RuneCountInString(q.Query) <= maxQuery && s.readRegion(f["region"], &place) &&
		(q.MRC == "" || s.knownMRC(q.MRC)) && (q.Pole == "" || slugShape.MatchString(q.Pole)) &&
		(q.Category == "" || q.Category.Known()) && readNumber(f["page"], 1, maxPage, &q.page)
	if !ok {
		return supplierQuery{}, errFilter
	}
	q.Region, q.regionSlug = place.Region, place.regionSlug
	q.Limit, q.Offset = workflow.PageSize, (q.page-1)*workflow.PageSize
	return q, nil
}

// values writes the query again, without its page.
func (q supplierQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Query, "categorie": string(q.Category), "region": q.regionSlug, "mrc": q.MRC, "pole": q.Pole} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// without is the list with some filters fewer.
func (q supplierQuery) without(names ...string) string {
	v := q.values()
	for _, name := range names {
		v.Del(name)
	}
	return address(q.path, v)
}

// at is another page of the list.
func (q supplierQuery) at(page int) string {
	v := q.values()
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return address(q.path, v)
}

// around gives the addresses of the pages beside this one, or none.
func (q supplierQuery) around(total int) (pages int, previous, next string) {
	pages = pagesOf(total)
	if q.page > 1 {
		previous = q.at(min(q.page-1, max(pages, 1)))
	}
	if q.page < pages {
		next = q.at(q.page + 1)
	}
	return pages, previous, next
}

// suppliers shows the public list of enterprises that sell.
func (s *Server) suppliers(c *fiber.Ctx) error {
	q, err := s.readSupplierQuery(c, workflow.SuppliersPath)
	if err != nil {
		return err
	}
	found, err := s.Service.Suppliers(c.UserContext(), q.SupplierFilter)
	if err == nil && q.page > pagesOf(found.Total) && found.Total > 0 {
		q.page = pagesOf(found.Total) // an old address, of a longer list
		q.Offset = (q.page - 1) * workflow.PageSize
		found, err = s.Service.Suppliers(c.UserContext(), q.SupplierFilter)
	}
	if err != nil {
		return err
	}
	page := &templates.Suppliers{Query: q.Query, Pole: q.Pole, Found: found, Page: q.page,
		CSV: address(suppliersCSV, q.values()), JSON: address(suppliersJSON, q.values())}
	page.Pages, page.Previous, page.Next = q.around(found.Total)
	if err := s.fillSupplierChoices(c, page, q); err != nil {
		return err
	}
	return s.show(c, page)
}

// fillSupplierChoices makes the drop-down lists, and a chip for each choice made.
func (s *Server) fillSupplierChoices(c *fiber.Ctx, page *templates.Suppliers, q supplierQuery) error {
	lang := s.language(c, "")
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	chip := func(name, value string, without ...string) {
		page.Chips = append(page.Chips, templates.Chip{Name: name, Value: value, Without: q.without(without...)})
	}
	choose := func(list *[]templates.Option, name, label, value, chosen string, without ...string) {
		*list = append(*list, templates.Option{Value: value, Label: label, Chosen: value == chosen})
		if value == chosen {
			chip(name, label, without...)
		}
	}
	if q.Query != "" {
		chip(word("suppliers.query"), q.Query, "q")
	}
	for _, category := range workflow.SupplierCategories {
		choose(&page.Category, word("suppliers.category"), category.In(lang), string(category), string(q.Category), "categorie")
	}
	for _, r := range s.Service.Atlas.Regions() {
		choose(&page.Region, word("register.region"), r.Name, r.Slug, q.regionSlug, "region", "mrc")
	}
	for _, m := range s.Service.Atlas.MRCs() {
		if m.RegionCode == q.Region || m.Code == q.MRC {
			choose(&page.MRC, word("register.mrc"), m.Name, m.Code, q.MRC, "mrc")
		}
	}
	if q.Pole == "" {
		return nil
	}
	pole, err := s.Service.Pole(c.UserContext(), q.Pole)
	if workflow.IsKind(err, workflow.NotFound) {
		pole.Short, err = q.Pole, nil // nothing is found there, and the chip says under which name
	}
	chip(word("register.pole"), pole.Short, "pole")
	return err
}
