package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// register shows the public list.
func (s *Server) register(c *fiber.Ctx) error {
	q, err := s.readRegisterQuery(c)
	if err != nil {
		return err
	}
	found, err := s.Service.Register(c.UserContext(), q.RegisterFilter)
	if err == nil && q.page > pagesOf(found.Total) && found.Total > 0 {
		q.page = pagesOf(found.Total) // an old address, of a longer list
		q.Offset = (q.page - 1) * workflow.PageSize
		found, err = s.Service.Register(c.UserContext(), q.RegisterFilter)
	}
	if err != nil {
		return err
	}
	poles, err := s.Service.Poles(c.UserContext())
	if err != nil {
		return err
	}
	page := &templates.Register{Query: q.Query, Found: found, Page: q.page, Pages: pagesOf(found.Total),
		CSV: address("/api/v1/signatories.csv", q.values()), JSON: address("/api/v1/signatories.json", q.values()),
		GeoJSON: address("/api/v1/signatories.geojson", q.values())}
	if q.page > 1 {
		page.Previous = q.at(min(q.page-1, max(page.Pages, 1)))
	}
	if q.page < page.Pages {
		page.Next = q.at(q.page + 1)
	}
	s.fillChoices(page, s.language(c, ""), q, poles)
	page.LinkedData = templates.RegisterData(s.link(""), s.language(c, ""))
	return s.show(c, page)
}

func pagesOf(total int) int { return (total + workflow.PageSize - 1) / workflow.PageSize }

// fillChoices makes the drop-down lists, and a chip for each choice made.
func (s *Server) fillChoices(page *templates.Register, lang workflow.Language, q registerQuery, poles []workflow.Pole) {
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	choose := func(label, value, chosen, name string, list *[]templates.Option, without ...string) {
		*list = append(*list, templates.Option{Value: value, Label: label, Chosen: value == chosen})
		if value == chosen {
			page.Chips = append(page.Chips, templates.Chip{Name: word(name), Value: label, Without: q.without(without...)})
		}
	}
	if q.Query != "" {
		page.Chips = append(page.Chips, templates.Chip{Name: word("register.query"), Value: q.Query, Without: q.without("q")})
	}
	for _, r := range s.Service.Atlas.Regions() {
		choose(r.Name, r.Slug, q.regionSlug, "register.region", &page.Region, "region", "mrc")
	}
	for _, m := range s.Service.Atlas.MRCs() {
		if m.RegionCode == q.Region || m.Code == q.MRC {
			choose(m.Name, m.Code, q.MRC, "register.mrc", &page.MRC, "mrc")
		}
	}
	for _, k := range workflow.OrganisationKinds {
		choose(word("kind."+string(k)), string(k), string(q.Kind), "register.kind", &page.Kind, "type")
	}
	for _, year := range yearsOf(s.Service.Clock.Now().In(workflow.Zone).Year(), q.Year) {
		choose(year, year, strconv.Itoa(q.Year), "register.year", &page.Year, "annee")
	}
	for _, mode := range []workflow.Mode{workflow.ModeElectronic, workflow.ModePaper} {
		choose(word("register.mode-"+string(mode)), string(mode), string(q.Mode), "register.mode", &page.Mode, "mode")
	}
	for _, status := range shownStatuses {
		choose(word("status."+string(status)), string(status), string(q.Status), "register.status", &page.Status, "etat")
	}
	page.Order = []templates.Option{{Value: string(workflow.ByDate), Label: word("register.by-date"), Chosen: q.Order == workflow.ByDate}}
	for _, p := range poles {
		choose(p.Short, p.Slug, q.Pole, "register.pole", &page.Pole, "pole")
	}
}

// firstSignature is the year the first city signed.
const firstSignature = 2013

// yearsOf lists the years somebody can have signed in, latest first, and the
// one asked for. Counting them in the register would cost more than the page.
func yearsOf(now, asked int) (years []string) {
	for year := max(now, asked); year >= firstSignature; year-- {
		if year <= now || year == asked {
			years = append(years, strconv.Itoa(year))
		}
	}
	if asked != 0 && asked < firstSignature {
		years = append(years, strconv.Itoa(asked))
	}
	return years
}
