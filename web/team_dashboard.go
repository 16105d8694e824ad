package web

import (
	"cmp"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// Bounds of the dashboard.
const (
	endingSoon  = 7 * 24 * time.Hour
	oldestRead  = 100 // per state, when looking for what ends soon
	linesShown  = 10
	latestShown = 10
)

// dashboard shows where everything stands and what needs a hand.
func (s *Server) dashboard(c *fiber.Ctx) error {
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamDashboard{TeamFrame: teamFrame(c, "dashboard"),
		Filters: s.teamFilters(c, poles, teamQuery{}), NoAddress: withoutAddress(poles)}
	page.Several = len(poles) > 1
	if page.Counts, err = s.Service.CountInvitations(c.UserContext(), actor(c), workflow.InvitationFilter{}); err != nil {
		return err
	}
	page.Latest, page.Total, err = s.Service.Invitations(c.UserContext(), actor(c), workflow.InvitationFilter{Limit: latestShown})
	if err != nil {
		return err
	}
	if page.Undelivered, err = s.undelivered(c); err != nil {
		return err
	}
	if page.Ending, err = s.ending(c); err != nil {
		return err
	}
	return s.show(c, page)
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

func (s *Server) undelivered(c *fiber.Ctx) ([]workflow.InvitationView, error) {
	list, _, err := s.Service.Invitations(c.UserContext(), actor(c),
		workflow.InvitationFilter{State: workflow.StateUndelivered, Limit: linesShown})
	return slices.DeleteFunc(list, func(v workflow.InvitationView) bool { return v.State != workflow.StateUndelivered }), err
}

// ending lists what ends within a week, soonest first. It looks among the
// oldest of each open state, for terms are mostly of one length.
func (s *Server) ending(c *fiber.Ctx) (list []workflow.InvitationView, err error) {
	limit := s.Service.Clock.Now().Add(endingSoon)
	for _, state := range workflow.States {
		if !state.Open() {
			continue
		}
		oldest, err := s.oldest(c, state)
		if err != nil {
			return nil, err
		}
		for _, v := range oldest {
			if v.State.Open() && v.ExpiresAt.Before(limit) {
				list = append(list, v)
			}
		}
	}
	slices.SortFunc(list, func(a, b workflow.InvitationView) int {
		return cmp.Or(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), linesShown)], nil
}

func (s *Server) oldest(c *fiber.Ctx, state workflow.State) ([]workflow.InvitationView, error) {
	f := workflow.InvitationFilter{State: state, Limit: oldestRead}
	list, total, err := s.Service.Invitations(c.UserContext(), actor(c), f)
	if err != nil || total <= oldestRead {
		return list, err
	}
	f.Offset = total - oldestRead
	list, _, err = s.Service.Invitations(c.UserContext(), actor(c), f)
	return list, err
}
