package web

import (
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// invitations lists them all, under filters.
func (s *Server) invitations(c *fiber.Ctx) error {
	q, err := readTeamQuery(c)
	if err != nil {
		return err
	}
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamInvitations{TeamFrame: teamFrame(c, "invitations"), Page: q.page, Filters: s.teamFilters(c, poles, q)}
	page.Several = len(poles) > 1
	page.Found, page.Total, err = s.Service.Invitations(c.UserContext(), actor(c), q.InvitationFilter)
	if err != nil {
		return err
	}
	page.Pages = pagesOf(page.Total)
	if q.page > 1 {
		page.Previous = q.at(min(q.page-1, max(page.Pages, 1)))
	}
	if q.page < page.Pages {
		page.Next = q.at(q.page + 1)
	}
	return s.show(c, page)
}

// teamQuery is the query of the list's addresses, checked.
type teamQuery struct {
	workflow.InvitationFilter
	page int // from 1
}

// readTeamQuery reads q, etat, pole and page. What is not one of ours, or of
// the person's own, is refused.
func readTeamQuery(c *fiber.Ctx) (teamQuery, error) {
	f, err := readQuery(c)
	if err != nil {
		return teamQuery{}, err
	}
	q := teamQuery{page: 1}
	q.Query, q.Pole, q.State = f["q"], f["pole"], workflow.State(f["etat"])
	ok := utf8.RuneCountInString(q.Query) <= maxQuery &&
		(q.Pole == "" || slugShape.MatchString(q.Pole) && actor(c).Permit(workflow.PermitRead, q.Pole) == nil) &&
		(q.State == "" || slices.Contains(workflow.States, q.State)) && readNumber(f["page"], 1, maxPage, &q.page)
	if !ok {
		return teamQuery{}, errFilter
	}
	q.Limit, q.Offset = workflow.PageSize, (q.page-1)*workflow.PageSize
	return q, nil
}

// values writes the query again, without its page.
func (q teamQuery) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{"q": q.Query, "etat": string(q.State), "pole": q.Pole} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// without is the list with one filter fewer.
func (q teamQuery) without(name string) string {
	v := q.values()
	v.Del(name)
	return address("/equipe/invitations", v)
}

// at is another page of the list.
func (q teamQuery) at(page int) string {
	v := q.values()
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return address("/equipe/invitations", v)
}

// teamFilters makes the drop-down lists, and a chip for each choice made.
func (s *Server) teamFilters(c *fiber.Ctx, poles []workflow.Pole, q teamQuery) templates.TeamFilters {
	lang := s.language(c, "")
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	f := templates.TeamFilters{Query: q.Query}
	if q.Query != "" {
		f.Chips = append(f.Chips, templates.Chip{Name: word("team.query"), Value: q.Query, Without: q.without("q")})
	}
	for _, state := range workflow.States {
		f.States = append(f.States, templates.Option{Value: string(state), Label: word("state." + string(state)), Chosen: state == q.State})
	}
	if q.State != "" {
		f.Chips = append(f.Chips, templates.Chip{Name: word("team.state"), Value: word("state." + string(q.State)), Without: q.without("etat")})
	}
	for _, p := range poles {
		f.Poles = append(f.Poles, templates.Option{Value: p.Slug, Label: p.Short, Chosen: p.Slug == q.Pole})
		if p.Slug == q.Pole {
			f.Chips = append(f.Chips, templates.Chip{Name: word("field.pole"), Value: p.Short, Without: q.without("pole")})
		}
	}
	return f
}
