package workflow

import (
	"context"
	"time"

	"jachete/workflow/journal"
)

// MaxNote bounds the internal note of an invitation, in characters.
const MaxNote = 2000

// Extend gives an open invitation another term; its link, already mailed, opens
// until then. Invalid (field "expires") when that is not between now and 400
// days from now; Conflict (key "invitation.cannot-extend") when the invitation
// is over: it is to be sent again.
func (s *Service) Extend(ctx context.Context, a Actor, id string, until time.Time) error {
	return s.editByStaff(ctx, a, id, ActionExtend, func(tx Tx, inv *Invitation, e *journal.Event) error {
		now := s.now()
		if !until.After(now) || until.After(now.Add(maxInvitationLife)) || until.After(inv.CreatedAt.Add(linkLife)) {
			return refuseField("expires", "deadline.invalid")
		}
		e.Data["was"], e.Data["until"] = UTCStamp(inv.ExpiresAt), UTCStamp(until)
		inv.ExpiresAt = until
		return s.planAgain(ctx, tx, inv)
	})
}

// SetNote writes the internal note of an invitation, in whatever state it is.
// The note is for the staff of the pôle: no mail, public page or journal holds
// its words. Invalid (field "note") says what is wrong with it.
func (s *Service) SetNote(ctx context.Context, a Actor, id, note string) error {
	clean, problem := CleanText(note, MaxNote)
	return s.editByStaff(ctx, a, id, ActionAnnotate, func(_ Tx, inv *Invitation, _ *journal.Event) error {
		if problem != nil {
			problem.Field = "note"
			return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{*problem}}
		}
		inv.Note = clean
		return nil
	})
}

// SetInvitationCampaign puts an open invitation into a campaign of its pôle, or
// into none when slug is empty. Invalid (field "campaign") when the pôle has no
// such campaign, or it takes no more invitations.
func (s *Service) SetInvitationCampaign(ctx context.Context, a Actor, id, slug string) error {
	return s.editByStaff(ctx, a, id, ActionAssign, func(tx Tx, inv *Invitation, e *journal.Event) error {
		if slug != "" {
			c, err := tx.Campaign(ctx, inv.PoleSlug, slug)
			switch {
			case IsKind(err, NotFound):
				return refuseField("campaign", "campaign.unknown")
			case err != nil:
				return err
			case c.Closed:
				return refuseField("campaign", "campaign.closed")
			}
		}
		e.Data["was"], e.Data["campaign"] = inv.Campaign, slug
		inv.Campaign = slug
		return s.planAgain(ctx, tx, inv)
	})
}

// CampaignChoices lists the campaigns of the actor's pôles, latest first; only
// those that take invitations when open.
func (s *Service) CampaignChoices(ctx context.Context, a Actor, open bool) ([]Campaign, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, err
	}
	all, err := s.Store.Campaigns(ctx, CampaignFilter{Poles: a.Poles()})
	var list []Campaign
	for _, c := range all {
		if !open || !c.Closed {
			list = append(list, c)
		}
	}
	return list, err
}

// editByStaff changes what the actor may change of an invitation, as far as the
// table of states allows, with its event. An edit that changes nothing writes
// nothing.
func (s *Service) editByStaff(ctx context.Context, a Actor, id string, action Action, edit func(Tx, *Invitation, *journal.Event) error) error {
	return retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			v, err := s.permitted(ctx, tx, a, PermitWrite, id)
			if err != nil {
				return err
			}
			inv, e := v.Invitation, s.event("invitation."+string(action), a, v.PoleSlug, id)
			if err := s.mustGo(&inv, action, PartyStaff); err != nil {
				return err
			}
			if err := edit(tx, &inv, &e); err != nil || inv == v.Invitation {
				return err
			}
			tx.Record(e)
			return tx.MoveInvitation(ctx, v.Invitation, inv)
		})
	})
}

func refuseField(field, key string) error {
	return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: field, Key: key}}}
}
