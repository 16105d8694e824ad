package workflow

import (
	"context"
	"slices"
	"strings"

	"jachete/workflow/journal"
)

// Colleague is a member of staff, with what happened to the account.
type Colleague struct {
	Staff
	Enrolled bool            // has an authenticator
	Events   []journal.Entry // oldest first, for those who administer
}

// Colleagues lists by name those the actor may know: everybody for those who
// administer; for others the open accounts that serve one of their pôles.
func (s *Service) Colleagues(ctx context.Context, a Actor) ([]Colleague, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, err
	}
	list, err := s.Store.StaffList(ctx)
	var known []Colleague
	for _, staff := range list {
		if a.knows(staff) {
			known = append(known, colleagueOf(staff))
		}
	}
	return known, err
}

// knows tells whether the actor may see the person.
func (a Actor) knows(staff Staff) bool {
	if a.Permit(PermitManage, "") == nil {
		return true
	}
	return !staff.Disabled && slices.ContainsFunc(a.Staff.Poles, staff.Serves)
}

// colleagueOf leaves the secret of the second factor behind.
func colleagueOf(staff Staff) Colleague {
	c := Colleague{Staff: staff, Enrolled: staff.TOTPSealed != nil}
	c.TOTPSealed, c.TOTPStep = nil, 0
	return c
}

// Colleague gives one of those. NotFound for anybody else.
func (s *Service) Colleague(ctx context.Context, a Actor, id string) (Colleague, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return Colleague{}, err
	}
	staff, err := s.Store.Staff(ctx, id)
	if IsKind(err, NotFound) || err == nil && !a.knows(staff) {
		return Colleague{}, notFound()
	} else if err != nil {
		return Colleague{}, err
	}
	c := colleagueOf(staff)
	if a.Permit(PermitManage, "") == nil {
		c.Events, err = s.accountEvents(ctx, id)
	}
	return c, err
}

// accountEvents leaves out when the person came and went: nobody's business.
func (s *Service) accountEvents(ctx context.Context, id string) ([]journal.Entry, error) {
	all, err := s.Store.JournalOf(ctx, staffRecord(id))
	return slices.DeleteFunc(all, func(e journal.Entry) bool {
		return !strings.HasPrefix(e.Type, "staff.") && !strings.HasPrefix(e.Type, "delivery.") && e.Type != "second-factor.reset"
	}), err
}
