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

// Director is who countersigns for the pôle, as typed.
func (p *TeamPole) Director() workflow.Cosignatory {
	if p.Form.Director == nil {
		return workflow.Cosignatory{}
	}
	return *p.Form.Director
}
