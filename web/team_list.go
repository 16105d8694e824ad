package web

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// invitations lists them all, under filters.
func (s *Server) invitations(c *fiber.Ctx) error {
	q, err := s.readTeamQuery(c)
	if err != nil {
		return err
	}
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamInvitations{TeamFrame: teamFrame(c, "invitations"), Page: q.page}
	page.Several = len(poles) > 1
	page.Problems = problems(s.language(c, ""), q.wrong)
	if err := s.fillFilters(c, page, poles, q); err != nil {
		return err
	}
	page.Found, page.Total, err = s.Service.Invitations(c.UserContext(), actor(c), q.InvitationFilter)
	if err != nil {
		return err
	}
	page.Pages = (page.Total + q.Limit - 1) / q.Limit
	if q.page > 1 {
		page.Previous = q.at(min(q.page-1, max(page.Pages, 1)))
	}
	if q.page < page.Pages {
		page.Next = q.at(q.page + 1)
	}
	if len(q.wrong) > 0 {
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.show(c, page)
}

// fillFilters shows the question that was asked, and those that may be next.
func (s *Server) fillFilters(c *fiber.Ctx, page *templates.TeamInvitations, poles []workflow.Pole, q teamQuery) error {
	campaigns, err := s.Service.CampaignChoices(c.UserContext(), actor(c), false)
	if err != nil {
		return err
	}
	lang := s.language(c, "")
	page.Filters = s.teamFilters(c, poles, q)
	page.List = templates.ListFilters{Hidden: q.hidden(), From: q.from, To: q.to, Columns: q.columns(), Sizes: q.sizes(lang), Wider: q.wider(lang)}
	if q.Limit != workflow.PageSize {
		page.List.Size = strconv.Itoa(q.Limit)
	}
	for _, campaign := range campaigns {
		o := campaignOption(campaign, poles)
		if o.Chosen = o.Value == q.campaign; o.Chosen {
			page.Filters.Chips = append(page.Filters.Chips, templates.Chip{
				Name: templates.Sentence(lang, "field.campaign", nil), Value: o.Label, Without: q.without("campagne")})
		}
		page.List.Campaigns = append(page.List.Campaigns, o)
	}
	for _, sort := range sortNames[1:] {
		page.List.Sorts = append(page.List.Sorts, templates.Option{Value: sort,
			Label: templates.Sentence(lang, "list.sort-"+sort, nil), Chosen: sort == q.sort})
	}
	page.Filters.Chips = append(page.Filters.Chips, q.chips(lang)...)
	page.List.Views, err = s.views(c, q)
	return err
}

// views are the questions staff often ask, with how many invitations answer
// each, whatever else is asked now.
func (s *Server) views(c *fiber.Ctx, q teamQuery) ([]templates.View, error) {
	counts, err := s.Service.CountInvitations(c.UserContext(), actor(c), workflow.InvitationFilter{})
	if err != nil {
		return nil, err
	}
	soon := workflow.AttentionEnding.Narrow(workflow.InvitationFilter{Limit: 1}, s.Service.Clock.Now())
	_, ending, err := s.Service.Invitations(c.UserContext(), actor(c), soon)
	if err != nil {
		return nil, err
	}
	word := func(key string) string { return templates.Sentence(s.language(c, ""), key, nil) }
	total := 0
	for _, n := range counts {
		total += n
	}
	plain := q.campaign == "" && q.Query == "" && q.Pole == "" && q.from == "" && q.to == ""
	views := []templates.View{{Address: listPath, Label: word("list.view-all"), Count: total, Here: plain && q.State == "" && len(q.reasons) == 0}}
	for _, state := range []workflow.State{workflow.StateUndelivered, workflow.StateAwaitingResolution, workflow.StateReady} {
		views = append(views, templates.View{Address: listPath + "?etat=" + string(state), Label: word("state." + string(state)),
			Count: counts[state], Here: plain && q.State == state && len(q.reasons) == 0})
	}
	return slices.Insert(views, 2, templates.View{Address: listPath + "?fin=7&tri=echeance", Label: word("team.ending"), Count: ending,
		Here: plain && slices.Equal(q.reasons, []workflow.Attention{workflow.AttentionEnding}) && q.State == ""}), nil
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
		f.Poles = append(f.Poles, templates.Option{Value: p.Slug, Label: p.Short, Chosen: p.Slug == q.pole})
		if p.Slug == q.pole {
			f.Chips = append(f.Chips, templates.Chip{Name: word("field.pole"), Value: p.Short, Without: q.without("pole")})
		}
	}
	return f
}
