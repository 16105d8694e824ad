package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

const signatoriesPath = "/equipe/signataires"

// signatoryQuery is the query of the list's addresses, checked.
type signatoryQuery struct {
	workflow.RegisterFilter
	page int // from 1
}

// signatories lists the commitments of one's pôles.
func (s *Server) signatories(c *fiber.Ctx) error {
	q, err := readSignatoryQuery(c)
	if err != nil {
		return err
	}
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamSignatories{TeamFrame: teamFrame(c, "signatories"), Query: q.Query, Page: q.page, PoleNames: map[string]string{}}
	page.Several = len(poles) > 1
	if page.Found, err = s.Service.Signatories(c.UserContext(), actor(c), q.RegisterFilter); err != nil {
		return err
	}
	page.Pages = pagesOf(page.Found.Total)
	if q.page > 1 {
		page.Previous = q.at(min(q.page-1, max(page.Pages, 1)))
	}
	if q.page < page.Pages {
		page.Next = q.at(q.page + 1)
	}
	page.Exports = exportsOf(exportSignatoriesPath, q.values(), s.language(c, ""))
	s.fillSignatoryChoices(page, s.language(c, ""), q, poles)
	return s.show(c, page)
}

// readSignatoryQuery reads q, mode, type, annee, pole and page. What is not one
// of ours, or of the person's own, is refused.
func readSignatoryQuery(c *fiber.Ctx) (q signatoryQuery, err error) {
	f, err := readQuery(c)
	if err != nil {
		return q, err
	}
	q.page = 1
	q.Query, q.Mode, q.Kind, q.Pole = strings.TrimSpace(f["q"]), workflow.Mode(f["mode"]), workflow.OrganisationKind(f["type"]), f["pole"]
	ok := utf8.RuneCountInString(q.Query) <= maxQuery &&
		slices.Contains([]workflow.Mode{"", workflow.ModePaper, workflow.ModeElectronic}, q.Mode) &&
		(q.Kind == "" || slices.Contains(workflow.OrganisationKinds, q.Kind)) &&
		(q.Pole == "" || slugShape.MatchString(q.Pole) && actor(c).Permit(workflow.PermitRead, q.Pole) == nil) &&
		readNumber(f["annee"], 1, 9999, &q.Year) && readNumber(f["page"], 1, maxPage, &q.page)
	if !ok {
		return q, errFilter
	}
	q.Limit, q.Offset = workflow.PageSize, (q.page-1)*workflow.PageSize
	return q, nil
}

// at is another page of the list.
func (q signatoryQuery) at(page int) string {
	v := q.values()
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return address(signatoriesPath, v)
}

// without is the list with one filter fewer.
func (q signatoryQuery) without(name string) string {
	v := q.values()
	v.Del(name)
	return address(signatoriesPath, v)
}

// values writes the query again, without its page.
func (q signatoryQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Query, "mode": string(q.Mode), "type": string(q.Kind), "pole": q.Pole} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.Year != 0 {
		v.Set("annee", strconv.Itoa(q.Year))
	}
	return v
}

// fillSignatoryChoices makes the drop-down lists, and a chip for each choice
// made.
func (s *Server) fillSignatoryChoices(page *templates.TeamSignatories, lang workflow.Language, q signatoryQuery, poles []workflow.Pole) {
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	choose := func(list *[]templates.Option, name, title, value, chosen, label string) {
		*list = append(*list, templates.Option{Value: value, Label: label, Chosen: value == chosen})
		if value == chosen {
			page.Chips = append(page.Chips, templates.Chip{Name: word(title), Value: label, Without: q.without(name)})
		}
	}
	if q.Query != "" {
		page.Chips = append(page.Chips, templates.Chip{Name: word("register.query"), Value: q.Query, Without: q.without("q")})
	}
	choose(&page.Modes, "mode", "organisation.mode", string(workflow.ModePaper), string(q.Mode), word("register.paper"))
	choose(&page.Modes, "mode", "organisation.mode", string(workflow.ModeElectronic), string(q.Mode), word("signatories.electronic"))
	for _, k := range workflow.OrganisationKinds {
		choose(&page.Kinds, "type", "register.kind", string(k), string(q.Kind), word("kind."+string(k)))
	}
	for _, year := range yearsOf(s.Service.Clock.Now().In(workflow.Zone).Year(), q.Year) {
		choose(&page.Years, "annee", "register.year", year, strconv.Itoa(q.Year), year)
	}
	for _, p := range poles {
		page.PoleNames[p.Slug] = p.Short
		if page.Several {
			choose(&page.Poles, "pole", "field.pole", p.Slug, q.Pole, p.Short)
		}
	}
}
