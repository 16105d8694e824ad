package workflow

import (
	"context"
	"time"
)

// signingSessionLife is how long a browser may sign after opening the link;
// the link opens another session when it is over.
const signingSessionLife = 2 * time.Hour

// LinkPage is what the page behind a mailed link shows before anything is
// exchanged. It holds nothing that the mail does not.
type LinkPage struct {
	Invitation   Invitation
	Organisation Organisation
	Pole         Pole
	Renews       Commitment // the one that signing would replace; zero for none
}

// PeekLink reads a link and changes nothing: mail scanners fetch links.
// NotFound when it was never ours; Gone with key link.expired, link.replaced,
// link.revoked, link.declined, link.transferred or link.signed when it no
// longer opens, with the pôle to ask in LinkPage.
func (s *Service) PeekLink(ctx context.Context, token string, v Visit) (LinkPage, error) {
	return s.peek(ctx, LinkSign, token, v)
}

func (s *Service) peek(ctx context.Context, p LinkPurpose, token string, v Visit) (LinkPage, error) {
	link, readErr := s.readLink(ctx, p, token, v)
	if readErr != nil && !IsKind(readErr, Gone) {
		return LinkPage{}, readErr
	}
	view, err := s.Store.InvitationView(ctx, link.Subject)
	if IsKind(err, NotFound) {
		return LinkPage{}, refuse(NotFound, "link.unknown")
	} else if err != nil {
		return LinkPage{}, err
	}
	page := LinkPage{Invitation: view.Invitation, Organisation: view.Organisation, Pole: view.Pole}
	if view.Renews != "" {
		if page.Renews, err = s.Store.Commitment(ctx, view.Renews); err != nil {
			return page, err
		}
	}
	return page, s.whyDead(ctx, s.Store, view.Invitation, link, readErr)
}

// readLink checks a link's signature, within the limits of its visitor:
// strangers who try links are slowed sooner.
func (s *Service) readLink(ctx context.Context, p LinkPurpose, token string, v Visit) (Link, error) {
	link, readErr := s.links.Read(p, token)
	bound := limitLink
	if IsKind(readErr, NotFound) {
		bound = limitUnknown
	}
	err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, bound, clientKey(v.IP)) })
	if err != nil {
		return Link{}, err
	}
	return link, readErr
}

// deadLink says why a link no longer opens, or nil. The refusal names the pôle
// to ask, in Args.
func (s *Service) deadLink(inv Invitation, link Link, readErr error) error {
	dead := func(reason string) error {
		return &Error{Kind: Gone, Key: "link." + reason, Args: map[string]string{"pole": inv.PoleSlug}}
	}
	switch state := inv.StateAt(s.now()); {
	case state == StateSigned, state == StateRevoked, state == StateDeclined, state == StateTransferred, state == StateReplaced:
		return dead(string(state))
	case link.Issue != inv.Issue:
		return dead("replaced")
	case state == StateExpired || readErr != nil:
		return dead("expired")
	}
	return nil
}

// OpenLink exchanges a link for a session and marks the invitation as
// consulted by a person. Errors as PeekLink; a signed invitation's live link
// still opens a session, to see the certificate after the code.
func (s *Service) OpenLink(ctx context.Context, token string, v Visit) (secret string, err error) {
	return s.openLink(ctx, LinkSign, token, v)
}

func (s *Service) openLink(ctx context.Context, p LinkPurpose, token string, v Visit) (secret string, err error) {
	link, err := s.readLink(ctx, p, token, v)
	if err != nil {
		return "", err
	}
	secret, hash := newSecret()
	err = retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			return s.exchange(ctx, tx, link, SigningSession{Hash: hash, Ceremony: p == LinkCeremony}, v)
		})
	})
	return secret, err
}

func (s *Service) exchange(ctx context.Context, tx Tx, link Link, session SigningSession, v Visit) error {
	was, err := tx.Invitation(ctx, link.Subject)
	if IsKind(err, NotFound) {
		return refuse(NotFound, "link.unknown")
	} else if err != nil {
		return err
	}
	if err := s.whyDead(ctx, tx, was, link, nil); err != nil {
		return err
	}
	now, inv := s.now(), was
	if next, ok := was.State.Next(ActionConsult, PartySignatory); ok {
		inv.State, inv.ConsultedAt = next, now
		if inv.Details.complete() { // all was answered by way of an earlier link
			inv.State, _ = next.Next(ActionComplete, PartySignatory)
		}
		if err := tx.MoveInvitation(ctx, was, inv); err != nil {
			return err
		}
	}
	session.InvitationID, session.Issue, session.CreatedAt, session.ExpiresAt = inv.ID, inv.Issue, now, now.Add(signingSessionLife)
	e := s.event("link.opened", actorSignatory, inv.PoleSlug, inv.ID)
	if session.Ceremony {
		e.Type = "ceremony.link-opened"
		session.ExpiresAt = now.Add(ceremonySession)
	}
	e.Personal = v.personal()
	tx.Record(e)
	return tx.AddSigningSession(ctx, session)
}

// personal gives what the journal keeps of a visit as commitments.
func (v Visit) personal() map[string]string {
	return map[string]string{"ip": v.IP, "user_agent": clip(v.UserAgent)}
}

// clip bounds what a browser says of itself.
func clip(s string) string {
	const most = 512
	if len(s) > most {
		s = s[:most]
	}
	return s
}
