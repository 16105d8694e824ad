package workflow

import (
	"context"
	"errors"
	"slices"
	"time"
)

const (
	// ceremonyLife is how long a link shown in the room opens anything.
	ceremonyLife = 15 * time.Minute

	// ceremonySession is how long a browser that was opened in the room may
	// sign: tablets pass from hand to hand.
	ceremonySession = 30 * time.Minute
)

// Guest is an invited person whom staff let sign on the spot.
type Guest struct {
	InvitationView
	LinkURL string // opens the declaration until then; never the mailed one
	Until   time.Time
}

// Guests lists the invitations of a campaign that can be signed or were, by
// name of organisation. NotFound when it is unknown or in another pôle.
func (s *Service) Guests(ctx context.Context, a Actor, pole, slug string) ([]InvitationView, error) {
	if _, err := s.permittedCampaign(ctx, s.Store, a, PermitWrite, pole, slug); err != nil {
		return nil, err
	}
	list, _, err := s.Invitations(ctx, a, InvitationFilter{Pole: pole, Campaign: slug, States: append(slices.Clone(open), StateSigned)})
	list = slices.DeleteFunc(list, func(v InvitationView) bool { return v.State == StateExpired })
	slices.SortStableFunc(list, func(a, b InvitationView) int {
		return slices.Compare(CollationKey(a.Organisation.Name), CollationKey(b.Organisation.Name))
	})
	return list, err
}

// ShowGuest makes the link for one guest of a campaign, and the journal keeps
// who showed it. The code still goes to the guest's own mailbox. NotFound when
// the invitation is unknown, in another pôle or not of that campaign; Conflict
// (key "guest.closed") when it cannot be signed now.
func (s *Service) ShowGuest(ctx context.Context, a Actor, pole, slug, id string) (Guest, error) {
	var g Guest
	err := s.Store.Update(ctx, func(tx Tx) (err error) {
		if _, err = s.permittedCampaign(ctx, tx, a, PermitWrite, pole, slug); err != nil {
			return err
		}
		if g.InvitationView, err = s.permitted(ctx, tx, a, PermitWrite, id); err != nil {
			return err
		}
		if g.PoleSlug != pole || g.Campaign != slug {
			return notFound()
		}
		if state := g.StateAt(s.now()); !slices.Contains(open, state) || state == StatePrepared {
			return refuse(Conflict, "guest.closed")
		}
		e := s.event("ceremony.link-shown", a, pole, id)
		e.Data["campaign"] = slug
		tx.Record(e)
		return nil
	})
	if err != nil {
		return Guest{}, err
	}
	return s.withCeremonyLink(g)
}

func (s *Service) withCeremonyLink(g Guest) (Guest, error) {
	now := s.now()
	g.Until = now.Add(ceremonyLife)
	token, err := s.links.Mint(LinkCeremony, Link{Subject: g.ID, Issue: g.Issue, Expires: g.Until}, now)
	g.LinkURL = s.linkURL("i", "c", token)
	return g, err
}

// PeekCeremonyLink is PeekLink for a link shown in the room. One that is only
// too old is Gone with key "link.ceremony".
func (s *Service) PeekCeremonyLink(ctx context.Context, token string, v Visit) (LinkPage, error) {
	page, err := s.peek(ctx, LinkCeremony, token, v)
	var dead *Error
	if KeyOf(err) == "link.expired" && page.Invitation.StateAt(s.now()).Open() && errors.As(err, &dead) {
		dead.Key = "link.ceremony"
	}
	return page, err
}

// OpenCeremonyLink is OpenLink for a link shown in the room: the session is
// shorter, and the journal and the evidence say how it was opened.
func (s *Service) OpenCeremonyLink(ctx context.Context, token string, v Visit) (secret string, err error) {
	return s.openLink(ctx, LinkCeremony, token, v)
}

// EndSigning ends a browser's signing session in the store: its secret opens
// nothing any more. A session that is over already is no fault.
func (s *Service) EndSigning(ctx context.Context, secret string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		session, err := tx.SigningSession(ctx, hashSecret(secret))
		if IsKind(err, NotFound) {
			return nil
		} else if err != nil {
			return err
		}
		session.ExpiresAt = s.now()
		return tx.SetSigningSession(ctx, session)
	})
}
