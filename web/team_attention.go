package web

import (
	"time"

	"jachete/templates"
	"jachete/workflow"
)

// reasons are the names and values by which addresses of the list ask for what
// needs a hand. What came back is a state, and asked for as such.
var reasons = map[workflow.Attention][2]string{
	workflow.AttentionEnding:  {"fin", "7"},
	workflow.AttentionMeeting: {"seance", "passee"},
	workflow.AttentionSilent:  {"rappels", "epuises"},
}

// readReasons reads fin, seance and rappels; it is false for a value that is
// not one of ours.
func (q *teamQuery) readReasons(f map[string]string, now time.Time) bool {
	for _, reason := range workflow.Attentions {
		name := reasons[reason]
		switch typed := f[name[0]]; {
		case name[0] == "" || typed == "":
		case typed != name[1]:
			return false
		default:
			sort := q.Sort
			q.InvitationFilter = reason.Narrow(q.InvitationFilter, now)
			q.Sort = sort // an address names its order itself
			q.reasons = append(q.reasons, reason)
		}
	}
	return true
}

// needing is the list of what needs a hand for a reason.
func (q teamQuery) needing(reason workflow.Attention) teamQuery {
	switch reason {
	case workflow.AttentionUndelivered:
		q.State = workflow.StateUndelivered
	case workflow.AttentionEnding:
		q.sort = "echeance"
		fallthrough
	default:
		q.reasons = []workflow.Attention{reason}
	}
	return q
}

// reasonChips are the chips of what is asked for because it needs a hand.
func (q teamQuery) reasonChips(lang workflow.Language) (chips []templates.Chip) {
	for _, reason := range q.reasons {
		chips = append(chips, templates.Chip{Name: templates.Sentence(lang, "attention.filter", nil),
			Value: templates.Sentence(lang, "attention.filter-"+string(reason), nil), Without: q.without(reasons[reason][0])})
	}
	return chips
}

// hidden are the reasons as fields that a form carries along.
func (q teamQuery) hidden() (fields []templates.HiddenField) {
	for _, reason := range q.reasons {
		fields = append(fields, templates.HiddenField{Name: reasons[reason][0], Value: reasons[reason][1]})
	}
	return fields
}
