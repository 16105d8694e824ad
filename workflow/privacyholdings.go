package workflow

import (
	"context"
	"strings"
)

// holdings is what the service holds about a mailbox and whose it is.
type holdings struct {
	mailbox      string
	invitations  []Invitation // to it, or that it is to sign beside their contact
	signatures   []Signature  // that came from it or whose evidence names it
	numbers      map[string]string
	requests     []InvitationRequest
	mails        []Delivery
	followUps    []FollowUp
	suppressions []Suppression
	lines        []BatchLineOf
	poles        []Pole // whose director it is
	staff        Staff  // zero for nobody
	sessions     int    // of the account, that have not run out
}

// holdingsOf reads them for the operator. Invalid on field "email".
func (s *Service) holdingsOf(ctx context.Context, a Actor, email string) (h holdings, err error) {
	if a.Kind != ActorOperator {
		return h, refuse(Forbidden, "role.insufficient")
	}
	mailbox, problem := CleanEmail(email)
	if problem != nil {
		problem.Field = "email"
		return h, &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{*problem}}
	}
	h.mailbox = mailbox
	for _, read := range []func() error{
		func() (err error) { h.invitations, err = s.Store.InvitationsNaming(ctx, mailbox); return err },
		func() (err error) { h.signatures, err = s.Store.SignaturesNaming(ctx, mailbox); return err },
		func() (err error) { h.requests, err = s.Store.RequestsFrom(ctx, mailbox); return err },
		func() (err error) { h.mails, err = s.Store.MailsTo(ctx, mailbox); return err },
		func() (err error) { h.followUps, err = s.Store.FollowUpsNaming(ctx, mailbox); return err },
		func() (err error) { h.suppressions, err = s.Store.SuppressionsOf(ctx, mailbox); return err },
		func() error { return s.addLines(ctx, &h) },
		func() error { return s.addPoles(ctx, &h) },
		func() error { return s.addNumbers(ctx, &h) },
		func() error { return s.addAccount(ctx, &h) },
	} {
		if err := read(); err != nil {
			return h, err
		}
	}
	return h, nil
}

// addLines takes the lines of uploaded lists with a cell that is the mailbox.
func (s *Service) addLines(ctx context.Context, h *holdings) error {
	list, err := s.Store.BatchLinesNaming(ctx, h.mailbox)
	for _, line := range list {
		for _, cell := range line.Cells {
			if strings.EqualFold(strings.TrimSpace(cell), h.mailbox) {
				h.lines = append(h.lines, line)
				break
			}
		}
	}
	return err
}

func (s *Service) addPoles(ctx context.Context, h *holdings) error {
	poles, err := s.Store.Poles(ctx)
	for _, p := range poles {
		if strings.EqualFold(p.Director.Email, h.mailbox) {
			h.poles = append(h.poles, p)
		}
	}
	return err
}

func (s *Service) addNumbers(ctx context.Context, h *holdings) error {
	h.numbers = map[string]string{}
	for _, sig := range h.signatures {
		v, err := s.Store.InvitationView(ctx, sig.InvitationID)
		if err != nil {
			return err
		}
		h.numbers[sig.ID] = v.Number
	}
	return nil
}

func (s *Service) addAccount(ctx context.Context, h *holdings) (err error) {
	h.staff, err = s.Store.StaffByEmail(ctx, h.mailbox)
	if IsKind(err, NotFound) {
		return nil
	} else if err != nil {
		return err
	}
	sessions, err := s.Store.StaffSessions(ctx, h.staff.ID)
	for _, x := range sessions {
		if x.ExpiresAt.After(s.now()) {
			h.sessions++
		}
	}
	return err
}

// seatOf is where whoever has the mailbox signed.
func (s Signature) seatOf(mailbox string) (Seat, bool) {
	for _, act := range s.Acts {
		if strings.EqualFold(act.Evidence.Email, mailbox) {
			return act.Seat, true
		}
	}
	return SeatFirst, strings.EqualFold(s.Evidence.Email, mailbox)
}
