package workflow

import "time"

// Attention is a reason why an invitation needs a hand today.
type Attention string

// The reasons.
const (
	AttentionUndelivered Attention = "undelivered" // the address is to be corrected
	AttentionMeeting     Attention = "meeting"     // the council met, and its resolution is still waited for
	AttentionEnding      Attention = "ending"      // the link dies within EndingSoon
	AttentionSilent      Attention = "silent"      // no answer Silence after the last reminder there will be
)

// Attentions lists the reasons, the most urgent first.
var Attentions = []Attention{AttentionUndelivered, AttentionMeeting, AttentionEnding, AttentionSilent}

const (
	// EndingSoon is how long before its term an invitation needs a hand.
	EndingSoon = 7 * 24 * time.Hour
	// Silence is how long after the last reminder no answer means that somebody
	// should call.
	Silence = 3 * 24 * time.Hour
)

// Narrow holds a list to the invitations that need a hand at now for that
// reason. The list of a reason and its number are always of this filter.
func (a Attention) Narrow(f InvitationFilter, now time.Time) InvitationFilter {
	switch a {
	case AttentionUndelivered:
		f.State = StateUndelivered
	case AttentionMeeting:
		f.MetBefore = CivilDate(now)
	case AttentionEnding:
		f.EndingBefore, f.Sort = now.Add(EndingSoon), SortDeadline
	case AttentionSilent:
		f.RemindedBefore, f.Unplanned = now.Add(-Silence), true
	}
	return f
}
