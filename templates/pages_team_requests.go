package templates

import "jachete/workflow"

// TeamRequests lists the requests for an invitation.
type TeamRequests struct {
	TeamFrame
	Found          []RequestLine
	Total          int
	Open           int // of all, those to answer
	Page, Pages    int
	Previous, Next string // addresses, or empty
}

// File implements [Page].
func (*TeamRequests) File() string { return "team_requests" }

// RequestLine is a request in the list.
type RequestLine struct {
	workflow.InvitationRequest
	Place string
	Pole  string // short name
}

// requestShapes are the classes of the style sheet; what is not here has ended.
var requestShapes = map[workflow.RequestOutcome]string{workflow.RequestOpen: "wait", workflow.RequestInvited: "good"}

// RequestMark describes what became of a request.
func (f *TeamFrame) RequestMark(o workflow.RequestOutcome) Mark {
	shape, known := requestShapes[o]
	if !known {
		shape = "ended"
	}
	return Mark{shape, f.T("requests.outcome-" + outcomeName(o))}
}

// outcomeName is the end of the key that words an outcome.
func outcomeName(o workflow.RequestOutcome) string {
	if o == workflow.RequestOpen {
		return "open"
	}
	return string(o)
}

// TeamRequest is one request for an invitation.
type TeamRequest struct {
	TeamFrame
	Found  workflow.RequestPage
	Place  string
	Closed bool   // just now
	Chosen string // outcome, as chosen
}

// File implements [Page].
func (*TeamRequest) File() string { return "team_request" }

// Known is what is known of the organisation, for the block "past".
func (p *TeamRequest) Known() Past { return p.TeamFrame.Past(p.Found.Past) }

// Outcomes are the reasons to close it.
func (p *TeamRequest) Outcomes() (list []Option) {
	for _, o := range workflow.RequestReasons {
		list = append(list, Option{string(o), p.T("requests.reason-" + string(o)), string(o) == p.Chosen})
	}
	return list
}
