package workflow

import "time"

// InvitationQuestions is what a dashboard asks of the invitations of some
// pôles. Poles and Pole narrow everything, as in InvitationFilter.
type InvitationQuestions struct {
	Poles   []string
	Pole    string
	At      time.Time          // when states are judged
	Lists   []InvitationFilter // of these pôles, at that time
	Moments []time.Time        // in their order
}

// Narrow holds a list to the pôles and the time of the questions.
func (q InvitationQuestions) Narrow(f InvitationFilter) InvitationFilter {
	f.Poles, f.Pole, f.At = q.Poles, q.Pole, q.At
	return f
}

// InvitationSurvey is what they are answered.
type InvitationSurvey struct {
	Counts         map[string]map[State]int // by slug of the pôle, then state
	Lists          []InvitationList         // as asked
	Before         []int                    // how many were made before each moment
	Municipalities []string                 // codes of those invited, but for what was revoked
}

// InvitationList is one page of a list, with how many match in all.
type InvitationList struct {
	Invitations []InvitationView
	Total       int
}

// LiveMunicipality is a municipality whose own commitment is in force.
type LiveMunicipality struct {
	Code   string
	Pole   string // slug of the one that has its commitment
	Public bool
}

// knownTo tells that a pôle may know: of its own commitments, and of public
// ones.
func (m LiveMunicipality) knownTo(pole string) bool { return m.Public || m.Pole == pole }
