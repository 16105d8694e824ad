package workflow

import (
	"context"
	"maps"
	"slices"
)

// MaxRefusal bounds what somebody says beside the reason, in characters.
const MaxRefusal = 500

// RefusalReason is why an organisation does not sign.
type RefusalReason string

// The reasons.
const (
	RefusedForNow     RefusalReason = "moment"     // not the right time
	RefusedCompetence RefusalReason = "competence" // not theirs to decide, or covered already
	RefusedByCouncil  RefusalReason = "council"    // the council said no
	RefusedText       RefusalReason = "text"       // they do not agree with it
	RefusedOtherwise  RefusalReason = "other"
)

// RefusalReasons lists what a form offers, in its order.
var RefusalReasons = []RefusalReason{RefusedForNow, RefusedCompetence, RefusedByCouncil, RefusedText, RefusedOtherwise}

// Refusal is why an invitation was declined. The words are for the staff of the
// pôle.
type Refusal struct {
	Reason RefusalReason
	Words  string
}

// DeclineForm is the page that declines. Confirmed is its box: a key pressed by
// accident declines nothing.
type DeclineForm struct {
	Refusal
	Confirmed bool
}

// Decline ends the invitation by a no of the organisation and tells the pôle,
// which may open it again. Its link says so from now on, and no code, session
// or reminder is left. Invalid names the fields "reason", "words" and
// "confirmed"; other errors as Signing, and Conflict (key "step.signed") once
// signed.
func (s *Service) Decline(ctx context.Context, secret string, form DeclineForm, v Visit) error {
	refusal, wrong := form.clean()
	return s.leave(ctx, secret, func(tx Tx, p Signing, inv *Invitation) error {
		if wrong != nil {
			return wrong
		}
		if err := s.mustGo(inv, ActionDecline, PartySignatory); err != nil {
			return err
		}
		inv.Refusal = refusal
		e := s.event("invitation.decline", actorSignatory, inv.PoleSlug, inv.ID)
		e.Data["reason"], e.Personal = string(refusal.Reason), v.personal()
		maps.Copy(e.Personal, given("words", refusal.Words))
		tx.Record(e)
		return s.tellPole(ctx, tx, DeliveryDeclined, p)
	})
}

func (d DeclineForm) clean() (Refusal, error) {
	var f fields
	var problem *FieldError
	if !slices.Contains(RefusalReasons, d.Reason) {
		f.add("reason", "decline.choose")
	}
	d.Words, problem = CleanText(d.Words, MaxRefusal)
	f.check("words", problem)
	if !d.Confirmed {
		f.add("confirmed", "decline.confirm")
	}
	return d.Refusal, f.err()
}
