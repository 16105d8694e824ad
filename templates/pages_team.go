package templates

import (
	"time"

	"jachete/workflow"
)

// SignIn asks a member of staff for an e-mail address.
type SignIn struct {
	Frame
	Email string // as typed
}

// File implements [Page].
func (*SignIn) File() string { return "team_sign_in" }

// SignInCode asks for the mailed code.
type SignInCode struct {
	Frame
	Email string // the code went there if it is a member's; empty when the browser did not ask
	Code  string // as typed
}

// File implements [Page].
func (*SignInCode) File() string { return "team_code" }

// SecondFactor asks for the code of an authenticator.
type SecondFactor struct {
	Frame
	Code   string   // as typed
	Key    []string // secret to enrol, in groups of four; none when enrolled already
	QR     string   // the same as the path of an SVG image
	QRSize int      // its side, in modules
}

// File implements [Page].
func (*SecondFactor) File() string { return "team_second_factor" }

// TeamDashboard is the first page of the staff.
type TeamDashboard struct {
	TeamFrame
	Counts      map[workflow.State]int
	Total       int
	NoAddress   []workflow.Pole // pôles without a postal address
	Undelivered []workflow.InvitationView
	Ending      []workflow.InvitationView // within a week, soonest first
	Latest      []workflow.InvitationView
	Filters     TeamFilters
}

// File implements [Page].
func (*TeamDashboard) File() string { return "team_dashboard" }

// Figure is a state with the number of invitations in it.
type Figure struct {
	State workflow.State
	Count int
}

// Figures lists the states somebody is in, in the order of the story.
func (p *TeamDashboard) Figures() (list []Figure) {
	for _, state := range workflow.States {
		if n := p.Counts[state]; n > 0 {
			list = append(list, Figure{state, n})
		}
	}
	return list
}

// TeamInvitations is the list of invitations.
type TeamInvitations struct {
	TeamFrame
	Found          []workflow.InvitationView
	Total          int
	Page, Pages    int
	Previous, Next string // addresses, or empty
	Filters        TeamFilters
}

// File implements [Page].
func (*TeamInvitations) File() string { return "team_invitations" }

// TeamFilters are the filters of the list, for the block "team-filters".
type TeamFilters struct {
	Query         string
	States, Poles []Option
	Chips         []Chip
}

// InviteForm is the form of an invitation as it was typed.
type InviteForm struct {
	Pole, Organisation, Kind, Municipality, MRC, Region, NEQ string
	Name, Function, Email, Lang, Source, Message, Days       string
}

// TeamInvite is the form of an invitation.
type TeamInvite struct {
	TeamFrame
	Form                        InviteForm
	Poles, Kinds, MRCs, Regions []Option
	Places                      []string        // municipalities to propose, « Nom (MRC) — code »
	NoAddress                   []workflow.Pole // pôles without a postal address
	Open                        string          // address of the invitation that is already open, or empty
}

// File implements [Page].
func (*TeamInvite) File() string { return "team_invite" }

// TeamInvitation is one invitation.
type TeamInvitation struct {
	TeamFrame
	Found          workflow.InvitationPage
	Place          string
	Events         []TeamEvent // oldest first
	Resend, Revoke bool        // may be done now by this person
	NEQDoubtful    bool
	Done           string // "created", "resent", "revoked", or empty
}

// File implements [Page].
func (*TeamInvitation) File() string { return "team_invitation" }

// Mailbox is the address invited: whole for those who write there, masked for
// those who only read.
func (p *TeamInvitation) Mailbox(address string) string {
	if p.Writer {
		return address
	}
	return workflow.MaskEmail(address)
}

// TeamEvent is something that happened to an invitation.
type TeamEvent struct {
	At     time.Time
	Type   string                // of the journal
	Actor  string                // kind of actor, or "you"
	Mail   workflow.DeliveryKind // for deliveries
	Answer string                // last words of the relay, for deliveries
}

// TeamProfile is who is signed in, and where.
type TeamProfile struct {
	TeamFrame
	Staff    workflow.Staff
	Enrolled bool // has an authenticator
	Poles    []workflow.Pole
	Browsers []workflow.SignedBrowser
	Done     string // "ended", "others-ended", "set-up", "replaced", or empty
}

// File implements [Page].
func (*TeamProfile) File() string { return "team_profile" }

// TeamPole is the profile of a pôle.
type TeamPole struct {
	TeamFrame
	Pole    workflow.Pole
	Form    workflow.PoleForm // as typed
	Editor  bool              // may change it
	Manager bool              // may change its names too
	Done    string            // "saved", "logo", "logo-dropped", or empty
}

// File implements [Page].
func (*TeamPole) File() string { return "team_pole" }
