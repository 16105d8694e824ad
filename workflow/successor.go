package workflow

import (
	"context"
	"fmt"
	"time"
)

// passedOnBy words where the colleague's address comes from, as the anti-spam
// law asks.
var passedOnBy = map[Language]string{French: "Invitation transférée par %s, %s", English: "Invitation passed on by %s, %s"}

// passedOn drafts the colleague's invitation: the same pôle, text, campaign,
// term and language. The staff's note and their line to the first person stay
// with that person.
func (s *Service) passedOn(was Invitation, to Contact, reason string) (Invitation, error) {
	next := Invitation{
		ID: newID(), PoleSlug: was.PoleSlug, OrganisationID: was.OrganisationID,
		DeclarationID: was.DeclarationID, DeclarationVersion: was.DeclarationVersion,
		Contact: to, Language: was.Language, Source: fmt.Sprintf(passedOnBy[was.Language], was.Contact.Name, was.Contact.Function),
		Campaign: was.Campaign, MeetingOn: was.MeetingOn, Renews: was.Renews, RemindersOff: was.RemindersOff,
		TransferredFrom: was.ID, TransferReason: reason, Details: was.Details.passedOn(to),
		State: StatePrepared, Issue: 1, Version: 1, CreatedBy: was.CreatedBy, CreatedAt: s.now(), ExpiresAt: was.ExpiresAt,
	}
	err := s.mustGo(&next, ActionQueue, PartyStaff) // still the invitation of those who invited
	return next, err
}

// passedOn keeps what was answered of the organisation, so that nothing is
// asked twice. Who signs, whether that person read the text and what her
// function allows are hers to say.
func (d Details) passedOn(to Contact) Details {
	d.Signatory, d.Named, d.Read = Signatory{Name: to.Name, Function: to.Function}, false, false
	d.Authorised = d.Authorised && !d.Resolution.IsZero()
	if d.Second.Email == to.Email { // each signs from a mailbox of their own
		d.Second = Cosignatory{}
	}
	return d
}

// successorOf is who an invitation was passed on to: name and function, never
// the address. Zero when it was not.
func (s *Service) successorOf(ctx context.Context, r Reader, inv Invitation) (Contact, error) {
	if inv.TransferredTo == "" {
		return Contact{}, nil
	}
	next, err := r.Invitation(ctx, inv.TransferredTo)
	return Contact{Name: next.Contact.Name, Function: next.Contact.Function}, err
}

// whyDead is deadSeat, and tells to whom an invitation was passed on, in Args
// "name" and "function".
func (s *Service) whyDead(ctx context.Context, r Reader, inv Invitation, seats []SeatRecord, seat Seat, link Link, readErr error) error {
	dead := s.deadSeat(inv, seats, seat, link, readErr)
	if KeyOf(dead) != "link."+string(StateTransferred) {
		return dead
	}
	next, err := s.successorOf(ctx, r, inv)
	if err != nil {
		return err
	}
	return &Error{Kind: Gone, Key: KeyOf(dead), Args: map[string]string{"pole": inv.PoleSlug, "name": next.Name, "function": next.Function}}
}

// TransferEvidence is a person who was invited before the one who signed, and
// passed the invitation on.
type TransferEvidence struct {
	Invitation string    `json:"invitation"`
	Name       string    `json:"name"`
	Function   string    `json:"function"`
	Email      string    `json:"email"`
	InvitedAt  time.Time `json:"invited_at"`
	PassedAt   time.Time `json:"passed_at"`
	Reason     string    `json:"reason"` // in that person's words, or empty
}

// transfersOf lists who was invited before, the first one first.
func (s *Service) transfersOf(ctx context.Context, r Reader, inv Invitation) (list []TransferEvidence, err error) {
	chain, err := s.chainOf(ctx, r, inv)
	for i := 0; i+1 < len(chain); i++ {
		was, next := chain[i], chain[i+1]
		list = append(list, TransferEvidence{Invitation: was.ID, Name: was.Contact.Name, Function: was.Contact.Function, Email: was.Contact.Email,
			InvitedAt: was.CreatedAt, PassedAt: next.CreatedAt, Reason: next.TransferReason})
	}
	return list, err
}
