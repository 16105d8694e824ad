package templates

import "jachete/workflow"

// TeamMembers is the list of the staff.
type TeamMembers struct {
	TeamFrame
	Members []workflow.Colleague
	Poles   map[string]string // short names by slug
	Manager bool              // may invite and change
}

// File implements [Page].
func (*TeamMembers) File() string { return "team_members" }

// PolesOf names the pôles a person serves.
func (p *TeamMembers) PolesOf(s workflow.Staff) []string { return polesOf(&p.TeamFrame, p.Poles, s) }

func polesOf(f *TeamFrame, names map[string]string, s workflow.Staff) (list []string) {
	if s.Role == workflow.RoleAdmin {
		return []string{f.T("members.all-poles")}
	}
	for _, slug := range s.Poles {
		if name := names[slug]; name != "" {
			slug = name
		}
		list = append(list, slug)
	}
	return list
}

// AccountMark is whether an account is open.
func (f *TeamFrame) AccountMark(s workflow.Staff) Mark {
	if s.Disabled {
		return Mark{"ended", f.T("members.closed")}
	}
	return Mark{"good", f.T("members.open")}
}

// MemberForm is what a form asks about a person, as it was typed.
type MemberForm struct {
	Email, Name string
	Role        workflow.Role
	Poles       []Option
}

// TeamMemberNew is the form that invites a colleague.
type TeamMemberNew struct {
	TeamFrame
	Form MemberForm
}

// File implements [Page].
func (*TeamMemberNew) File() string { return "team_member_new" }

// TeamMember is one person of the staff.
type TeamMember struct {
	TeamFrame
	Member  workflow.Colleague
	Form    MemberForm
	Poles   map[string]string // short names by slug
	Manager bool              // may change it
	Self    bool
	Events  []TeamEvent
	Done    string // "invited", "saved", "closed", "opened", "reset", or empty
}

// File implements [Page].
func (*TeamMember) File() string { return "team_member" }

// PolesOf names the pôles the person serves.
func (p *TeamMember) PolesOf() []string { return polesOf(&p.TeamFrame, p.Poles, p.Member.Staff) }

// MemberFields is the part of a form about role and pôles, for the block
// "member-fields".
type MemberFields struct {
	*TeamFrame
	MemberForm
	Roles []workflow.Role
}

// MemberFields describes the part of a form about role and pôles.
func (f *TeamFrame) MemberFields(form MemberForm) MemberFields {
	return MemberFields{f, form, []workflow.Role{workflow.RoleAgent, workflow.RoleReader, workflow.RoleAdmin}}
}

// TeamAuthenticator sets up or replaces the person's own authenticator.
type TeamAuthenticator struct {
	TeamFrame
	Replace       bool
	Current, Code string // as typed
	Key           []string
	QR            string // the same as the path of an SVG image
	QRSize        int    // its side, in modules
}

// File implements [Page].
func (*TeamAuthenticator) File() string { return "team_authenticator" }
