package templates

import "jachete/workflow"

// Ask is the form by which an organisation asks for an invitation.
type Ask struct {
	Frame
	Form      workflow.RequestForm // as typed
	Town, MRC string               // examples of places; MRC may be empty
	Kinds     []Option
	Choices   []Option        // places to choose from, when the name alone does not tell
	NoPole    bool            // none covers the place
	Nearby    []workflow.Pole // of the region, when none covers the place
	Busy      workflow.Pole   // takes no more requests today; zero for none
}

// File implements [Page].
func (*Ask) File() string { return "ask" }

// PlaceHint says what to write for a place.
func (p *Ask) PlaceHint() string {
	if p.MRC == "" {
		return p.T("ask.place-hint-town", "Town", p.Town)
	}
	return p.T("ask.place-hint", "Town", p.Town, "MRC", p.MRC)
}

// Elsewhere tells that the pôle may be written to instead.
func (p *Ask) Elsewhere() bool { return reachable(p.Busy.Contact) }

// Asked tells which pôle answers, and what happens next.
type Asked struct {
	Frame
	Pole workflow.Pole
}

// File implements [Page].
func (*Asked) File() string { return "ask_sent" }

// Reachable tells that the pôle says how to reach it.
func (p *Asked) Reachable() bool { return reachable(p.Pole.Contact) }

func reachable(c workflow.PoleContact) bool { return c.Email+c.Phone+c.PostalAddress != "" }

// AskAddress leads to the form.
func (*Frame) AskAddress() string { return "/demander" }

// AskAddress leads to the form, with examples of the region.
func (p *Region) AskAddress() string { return "/demander?region=" + p.Region.Slug }

// AskAddress leads to the form, with examples of the MRC.
func (p *MRC) AskAddress() string { return "/demander?mrc=" + p.MRC.Slug }

// AskAddress leads to the form, with examples of the pôle's territory.
func (p *Pole) AskAddress() string { return "/demander?pole=" + p.Pole.Slug }
