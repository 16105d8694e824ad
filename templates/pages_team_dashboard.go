package templates

import (
	"slices"

	"jachete/workflow"
)

// TeamDashboard is the first page of the staff.
type TeamDashboard struct {
	TeamFrame
	workflow.Dashboard
	Chosen    string          // slug of the pôle of the address, or empty
	List      string          // address of the list of what is shown
	Figures   []Figure        // of every state, in the order of the story
	Needs     []AttentionList // what needs a hand
	NoAddress []workflow.Pole // pôles without a postal address
	Requests  int             // for an invitation, that wait for an answer
	Filters   TeamFilters
}

// File implements [Page].
func (*TeamDashboard) File() string { return "team_dashboard" }

// Figure is a state with the number of invitations in it.
type Figure struct {
	State   workflow.State
	Count   int
	Address string // of the list of these
}

// AttentionList is what needs a hand for a reason, for the block "attention".
type AttentionList struct {
	workflow.AttentionList
	All string // address of the list of all of them
}

// Need is a reason with its page, for the block "attention".
type Need struct {
	AttentionList
	Page *TeamDashboard
}

// NeedOf describes a reason for its block.
func (p *TeamDashboard) NeedOf(l AttentionList) Need { return Need{l, p} }

// headline are the states that are shown even when nobody is in them.
var headline = []workflow.State{workflow.StateConsulted, workflow.StateAwaitingResolution, workflow.StateReady,
	workflow.StateSigned, workflow.StateDeclined, workflow.StateUndelivered}

// Headline lists the figures that matter.
func (p *TeamDashboard) Headline() (list []Figure) {
	for _, state := range headline {
		for _, f := range p.Figures {
			if f.State == state {
				list = append(list, f)
			}
		}
	}
	return list
}

// Others lists the other states that somebody is in.
func (p *TeamDashboard) Others() (list []Figure) {
	for _, f := range p.Figures {
		if f.Count > 0 && !slices.Contains(headline, f.State) {
			list = append(list, f)
		}
	}
	return list
}

// More is how many of a list are not shown.
func (l AttentionList) More() int { return l.Total - len(l.Invitations) }

// Anchor is the part of an invitation's page where what it needs is done.
func (l AttentionList) Anchor() string {
	switch l.Reason {
	case workflow.AttentionUndelivered:
		return "corriger"
	case workflow.AttentionEnding:
		return "prolonger"
	}
	return "contact"
}

// Do words what is to be done for an invitation; who may only read is told
// where to look.
func (p *TeamDashboard) Do(l AttentionList, v workflow.InvitationView) string {
	do := p.T("attention.see")
	if p.Writer {
		do = p.T("attention.do-" + string(l.Reason))
	}
	return p.T("attention.line", "Do", do, "Organisation", v.Organisation.Name)
}

// Why says what happened to an invitation.
func (p *TeamDashboard) Why(l AttentionList, v workflow.InvitationView) string {
	switch l.Reason {
	case workflow.AttentionEnding:
		return p.T("attention.why-ending", "Day", p.Day(v.ExpiresAt))
	case workflow.AttentionMeeting:
		return p.T("attention.why-meeting", "Day", p.CivilDay(v.MeetingOn))
	case workflow.AttentionSilent:
		return p.T("attention.why-silent", "Day", p.Day(v.RemindedAt))
	}
	return p.T("attention.why-undelivered", "Email", p.Mailbox(v.Contact.Email))
}

// SignedOf is the number of signed invitations of a pôle in a line.
func (p *TeamDashboard) SignedOf(s workflow.PoleSummary) int { return s.Counts[workflow.StateSigned] }

// Spread tells that the territory lies in several regions.
func (p *TeamDashboard) Spread() bool { return len(p.Coverage.Regions) > 1 }

// CoverageSentence tells how much of the territory has signed.
func (p *TeamDashboard) CoverageSentence() string { return p.CoverageWords(p.Coverage) }
