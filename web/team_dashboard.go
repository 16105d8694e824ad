package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// dashboard shows where everything stands and what needs a hand: in the pôle of
// the address, else in all those of the person.
func (s *Server) dashboard(c *fiber.Ctx) error {
	f, err := readQuery(c)
	if err != nil {
		return err
	}
	slug := f["pole"]
	if slug != "" && !slugShape.MatchString(slug) {
		return refusal(workflow.NotFound, "record.not-found")
	}
	d, err := s.Service.Dashboard(c.UserContext(), actor(c), slug)
	if err != nil {
		return err
	}
	q := teamQuery{pole: slug}
	q.Pole = slug
	page := &templates.TeamDashboard{TeamFrame: teamFrame(c, "dashboard"), Dashboard: d, Chosen: slug,
		Filters: s.teamFilters(c, d.Poles, q), NoAddress: withoutAddress(about(d)), List: q.without()}
	page.Several = len(d.Poles) > 1
	if page.Requests, err = s.Service.OpenRequests(c.UserContext(), actor(c), slug); err != nil {
		return err
	}
	for _, state := range workflow.States {
		of := q
		of.State = state
		page.Figures = append(page.Figures, templates.Figure{State: state, Count: d.Counts[state], Address: of.without()})
	}
	for _, list := range d.Attention {
		page.Needs = append(page.Needs, templates.AttentionList{AttentionList: list, All: q.needing(list.Reason).without()})
	}
	return s.show(c, page)
}

// about gives the pôles that a dashboard is of.
func about(d workflow.Dashboard) []workflow.Pole {
	if d.Pole.Slug != "" {
		return []workflow.Pole{d.Pole}
	}
	return d.Poles
}

// withoutAddress finds the pôles whose mails would lack what the law asks.
func withoutAddress(poles []workflow.Pole) (list []workflow.Pole) {
	for _, p := range poles {
		if p.Contact.PostalAddress == "" {
			list = append(list, p)
		}
	}
	return list
}
