package templates

import "jachete/workflow"

// TeamFindOrganisation is the first step of an invitation, or of an entry in
// the paper register: which organisation.
type TeamFindOrganisation struct {
	TeamFrame
	Path     string // of the form that follows
	Paper    bool   // an entry in the paper register
	Script   string // address of the staff's script
	Query    string
	Matches  []OrganisationLine
	More     bool   // there are others
	Unlisted string // address of the form for an organisation that is not there
}

// File implements [Page].
func (*TeamFindOrganisation) File() string { return "team_find_organisation" }

// Purpose words what is being done.
func (p *TeamFindOrganisation) Purpose(key string) string {
	if p.Paper {
		return p.T("paper-find." + key)
	}
	return p.T("find." + key)
}

// OrganisationLine is an organisation to choose.
type OrganisationLine struct {
	Address string `json:"address"` // of the form filled in with it
	Label   string `json:"label"`
	Where   string `json:"where"` // kind and place
	Known   string `json:"known"` // what is known of it already, or empty
}

// InviteForm is the form of an invitation as it was typed.
type InviteForm struct {
	Pole, Organisation, Kind, Municipality, MRC, Region, NEQ string
	Name, Function, Email, Civility, Lang, Source, Message   string
	Deadline, Campaign                                       string
	Request                                                  string // id of the one that is answered, or empty
}

// HiddenField is one answer that a later step carries along.
type HiddenField struct{ Name, Value string }

// Hidden gives every answer, for a later step to send again.
func (f InviteForm) Hidden() []HiddenField {
	return []HiddenField{{"pole", f.Pole}, {"organisation", f.Organisation}, {"kind", f.Kind}, {"municipality", f.Municipality},
		{"mrc", f.MRC}, {"region", f.Region}, {"neq", f.NEQ}, {"name", f.Name}, {"function", f.Function}, {"email", f.Email},
		{"civility", f.Civility}, {"lang", f.Lang}, {"source", f.Source}, {"message", f.Message}, {"expires", f.Deadline},
		{"campaign", f.Campaign}, {"demande", f.Request}}
}

// TeamInvite is the form of an invitation.
type TeamInvite struct {
	TeamFrame
	Form                                   InviteForm
	Poles, Kinds, MRCs, Regions, Campaigns []Option
	Civilities                             []Option
	Places                                 []string        // municipalities to propose, « Nom (MRC) — code »
	NoAddress                              []workflow.Pole // pôles without a postal address
	Open                                   string          // address of the invitation that is already open, or empty
	Known                                  string          // label of the organisation chosen, or empty
	Past                                   Past
}

// File implements [Page].
func (*TeamInvite) File() string { return "team_invite" }

// PoleHint says what the choice of a pôle means here.
func (p *TeamInvite) PoleHint() string { return p.T("invite.pole-hint") }

// Past is what is known already of an organisation, for the block "past".
type Past struct {
	*TeamFrame
	workflow.OrganisationPast
}

// Past describes it for its block.
func (f *TeamFrame) Past(p workflow.OrganisationPast) Past { return Past{f, p} }

// TeamInvitePreview is an invitation before it is sent.
type TeamInvitePreview struct {
	TeamFrame
	Script      string
	Form        InviteForm
	Preview     workflow.InvitePreview
	Place       string
	Campaign    string // name, or empty
	Mail        MailText
	NEQDoubtful bool
	NoAddress   []workflow.Pole
}

// File implements [Page].
func (*TeamInvitePreview) File() string { return "team_invite_preview" }

// MailText is a mail in words.
type MailText struct{ From, To, ReplyTo, Subject, Text string }
