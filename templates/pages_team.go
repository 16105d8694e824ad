package templates

import "jachete/workflow"

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

// TeamFilters are the filters of the list, for the block "team-filters".
type TeamFilters struct {
	Query         string
	States, Poles []Option
	Chips         []Chip
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
