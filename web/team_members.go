package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// members lists the colleagues the person may know.
func (s *Server) members(c *fiber.Ctx) error {
	list, err := s.Service.Colleagues(c.UserContext(), actor(c))
	if err != nil {
		return err
	}
	names, err := s.poleNames(c)
	if err != nil {
		return err
	}
	return s.show(c, &templates.TeamMembers{TeamFrame: teamFrame(c, "members"), Members: list, Poles: names, Manager: manages(c)})
}

// manages tells whether the person administers.
func manages(c *fiber.Ctx) bool { return actor(c).Permit(workflow.PermitManage, "") == nil }

// showInviteMember shows the form that invites a colleague.
func (s *Server) showInviteMember(c *fiber.Ctx) error {
	form, err := s.memberForm(c, workflow.StaffChange{Role: workflow.RoleAgent})
	if err != nil {
		return err
	}
	return s.show(c, &templates.TeamMemberNew{TeamFrame: teamFrame(c, "members"), Form: form})
}

// memberForm fills the choices of a form about a person.
func (s *Server) memberForm(c *fiber.Ctx, change workflow.StaffChange) (templates.MemberForm, error) {
	form := templates.MemberForm{Name: change.Name, Role: change.Role}
	poles, err := s.Service.Poles(c.UserContext())
	for _, p := range poles {
		form.Poles = append(form.Poles, templates.Option{Value: p.Slug, Label: p.Name, Chosen: slices.Contains(change.Poles, p.Slug)})
	}
	return form, err
}

// readMember reads what was typed about a person: a box for each pôle.
func (s *Server) readMember(c *fiber.Ctx, f form) (workflow.StaffChange, error) {
	change := workflow.StaffChange{Name: f["name"], Role: workflow.Role(f["role"])}
	poles, err := s.Service.Poles(c.UserContext())
	for _, p := range poles {
		if f["pole-"+p.Slug] != "" {
			change.Poles = append(change.Poles, p.Slug)
		}
	}
	return change, err
}

// inviteMember opens an account and has the person told.
func (s *Server) inviteMember(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	change, err := s.readMember(c, f)
	if err != nil {
		return err
	}
	staff, inviteErr := s.Service.InviteStaff(c.UserContext(), actor(c),
		workflow.StaffRequest{Email: f["email"], Name: change.Name, Role: change.Role, Poles: change.Poles})
	if inviteErr == nil {
		return c.Redirect(memberPath(staff.ID)+"?fait=invitee", fiber.StatusSeeOther)
	}
	form, err := s.memberForm(c, change)
	if err != nil {
		return err
	}
	form.Email = f["email"]
	return s.overtaken(c, &templates.TeamMemberNew{TeamFrame: teamFrame(c, "members"), Form: form}, inviteErr)
}

// member shows one colleague.
func (s *Server) member(c *fiber.Ctx) error {
	page, err := s.memberPage(c)
	if err != nil {
		return err
	}
	page.Done = doneOf(c, map[string]string{"invitee": "invited", "enregistree": "saved", "fermee": "closed", "rouverte": "opened", "reinitialisee": "reset"})
	return s.show(c, page)
}

func (s *Server) memberPage(c *fiber.Ctx) (*templates.TeamMember, error) {
	found, err := s.Service.Colleague(c.UserContext(), actor(c), c.Params("member"))
	if err != nil {
		return nil, err
	}
	page := &templates.TeamMember{TeamFrame: teamFrame(c, "members"), Member: found, Manager: manages(c), Self: found.ID == signedIn(c).Staff.ID}
	tell := storyteller{lang: s.language(c, ""), me: signedIn(c).Staff.ID}
	for _, e := range found.Events {
		page.Events = append(page.Events, tell.event(e))
	}
	if page.Poles, err = s.poleNames(c); err != nil {
		return nil, err
	}
	page.Form, err = s.memberForm(c, workflow.StaffChange{Name: found.Name, Role: found.Role, Poles: found.Staff.Poles})
	return page, err
}

// changeMember changes name, role and pôles.
func (s *Server) changeMember(c *fiber.Ctx) error {
	page, err := s.memberPage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	change, err := s.readMember(c, f)
	if err != nil {
		return err
	}
	if err := s.Service.ChangeStaff(c.UserContext(), actor(c), page.Member.ID, change); err != nil {
		page.Form, _ = s.memberForm(c, change) // the pôles were read a moment ago
		return s.overtaken(c, page, err)
	}
	return c.Redirect(memberPath(page.Member.ID)+"?fait=enregistree", fiber.StatusSeeOther)
}

// closeMember closes an account, everywhere at once.
func (s *Server) closeMember(c *fiber.Ctx) error {
	if err := s.Service.CloseStaff(c.UserContext(), actor(c), c.Params("member")); err != nil {
		return s.memberRefused(c, err)
	}
	return c.Redirect(memberPath(c.Params("member"))+"?fait=fermee", fiber.StatusSeeOther)
}

// reopenMember opens it again.
func (s *Server) reopenMember(c *fiber.Ctx) error {
	if err := s.Service.ReopenStaff(c.UserContext(), actor(c), c.Params("member")); err != nil {
		return s.memberRefused(c, err)
	}
	return c.Redirect(memberPath(c.Params("member"))+"?fait=rouverte", fiber.StatusSeeOther)
}

// resetMember forgets the person's authenticator.
func (s *Server) resetMember(c *fiber.Ctx) error {
	if err := s.Service.ResetSecondFactor(c.UserContext(), actor(c), c.Params("member")); err != nil {
		return s.memberRefused(c, err)
	}
	return c.Redirect(memberPath(c.Params("member"))+"?fait=reinitialisee", fiber.StatusSeeOther)
}

// memberRefused shows the person's page with the reason.
func (s *Server) memberRefused(c *fiber.Ctx, refused error) error {
	page, err := s.memberPage(c)
	if err != nil {
		return err
	}
	return s.overtaken(c, page, refused)
}
