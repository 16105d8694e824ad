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
	Seat         Seat       // for whom the link is
}

// Signatory is who is asked to sign.
func (p LinkPage) Signatory() Signatory {
	if p.Seat == SeatFirst {
		return Signatory{Name: p.Invitation.Contact.Name, Function: p.Invitation.Contact.Function}
	}
	return p.Invitation.Details.signatory(p.Seat)
}

// Mailbox is where the code would go.
func (p LinkPage) Mailbox() string { return p.Invitation.mailbox(p.Seat) }

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
	id, seat := seatOf(p, link)
	view, err := s.Store.InvitationView(ctx, id)
	if IsKind(err, NotFound) {
		return LinkPage{}, refuse(NotFound, "link.unknown")
	} else if err != nil {
		return LinkPage{}, err
	}
	seats, err := s.Store.Seats(ctx, id)
	if err != nil {
		return LinkPage{}, err
	}
	page := LinkPage{Invitation: view.Invitation, Organisation: view.Organisation, Pole: view.Pole, Seat: seat}
	if view.Renews != "" {
		if page.Renews, err = s.Store.Commitment(ctx, view.Renews); err != nil {
			return page, err
		}
	}
	return page, s.whyDead(ctx, s.Store, view.Invitation, seats, seat, link, readErr)
}

// seatOf gives whose link it is: the invitation, and the seat.
func seatOf(p LinkPurpose, link Link) (invitationID string, seat Seat) {
	if p == LinkCosign {
		return readCosignSubject(link.Subject)
	}
	return link.Subject, SeatFirst
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

// deadSeat says why the link of a seat no longer opens, or nil. The refusal names
// the pôle to ask, in Args. A link whose declaration is being changed is
// "link.paused": another follows.
func (s *Service) deadSeat(inv Invitation, seats []SeatRecord, seat Seat, link Link, readErr error) error {
	live := seatRecords(seats).live(inv, seat)
	dead := func(reason string) error {
		return &Error{Kind: Gone, Key: "link." + reason, Args: map[string]string{"pole": inv.PoleSlug}}
	}
	switch state := inv.StateAt(s.now()); {
	case state == StateSigned, state == StateRevoked, state == StateDeclined, state == StateTransferred, state == StateReplaced:
		return dead(string(state))
	case live == 0:
		return dead("paused")
	case link.Issue != live:
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
			id, seat := seatOf(p, link)
			return s.exchange(ctx, tx, id, link, SigningSession{Hash: hash, Seat: seat, Ceremony: p == LinkCeremony}, v)
		})
	})
	return secret, err
}

func (s *Service) exchange(ctx context.Context, tx Tx, id string, link Link, session SigningSession, v Visit) error {
	was, err := tx.Invitation(ctx, id)
	if IsKind(err, NotFound) {
		return refuse(NotFound, "link.unknown")
	} else if err != nil {
		return err
	}
	seats, err := tx.Seats(ctx, id)
	if err != nil {
		return err
	}
	if err := s.whyDead(ctx, tx, was, seats, session.Seat, link, nil); err != nil {
		return err
	}
	now, inv := s.now(), was
	if err := s.consult(ctx, tx, was, seats, session.Seat); err != nil {
		return err
	}
	session.InvitationID, session.Issue, session.CreatedAt, session.ExpiresAt = inv.ID, link.Issue, now, now.Add(signingSessionLife)
	e := s.event("link.opened", actorSignatory, inv.PoleSlug, inv.ID)
	if session.Ceremony {
		e.Type = "ceremony.link-opened"
		session.ExpiresAt = now.Add(ceremonySession)
	}
	e.Personal = v.personal()
	tx.Record(e)
	return tx.AddSigningSession(ctx, session)
}

// consult notes that a person has opened the link of a seat. Who had answered
// everything before the link was replaced is not asked again.
func (s *Service) consult(ctx context.Context, tx Tx, was Invitation, seats []SeatRecord, seat Seat) error {
	if seat != SeatFirst {
		return s.consultSeat(ctx, tx, was, seatRecords(seats).at(was, seat))
	}
	next, ok := was.State.Next(ActionConsult, PartySignatory)
	if !ok {
		return nil
	}
	inv := was
	inv.State, inv.ConsultedAt = next, s.now()
	if inv.Details.complete() {
		if err := s.mustGo(&inv, ActionComplete, PartySignatory); err != nil {
			return err
		}
		if _, err := s.askNext(ctx, tx, inv, seats); err != nil {
			return err
		}
	}
	return tx.MoveInvitation(ctx, was, inv)
}

func (s *Service) consultSeat(ctx context.Context, tx Tx, inv Invitation, seat SeatRecord) error {
	if !seat.ConsultedAt.IsZero() {
		return nil
	}
	seat.ConsultedAt = s.now()
	if err := tx.SetSeat(ctx, seat); err != nil {
		return err
	}
	return tx.MoveInvitation(ctx, inv, inv)
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
