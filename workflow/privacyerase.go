package workflow

import (
	"context"
	"slices"
)

// KeptReason is why something of a person is not erased.
type KeptReason string

// The reasons.
const (
	KeptSigned      KeptReason = "signed"      // the person signed: the evidence lasts as long as the commitment, and after
	KeptNamed       KeptReason = "named"       // somebody else signed, and the evidence names the mailbox
	KeptSeat        KeptReason = "seat"        // is to sign beside the contact of an open invitation
	KeptDirector    KeptReason = "director"    // countersigns for a pôle, which names the person in its profile
	KeptStaff       KeptReason = "staff"       // has an account
	KeptSuppression KeptReason = "suppression" // asked for no more, which only the address can prevent
)

// Kept is something of a person that an erasure leaves.
type Kept struct {
	Reason KeptReason
	Record string // number of a certificate, id of an invitation or an account, slug of a pôle
}

// ErasedInvitation is an invitation whose person an erasure forgets.
type ErasedInvitation struct {
	ID           string
	PoleSlug     string
	Organisation string
	State        State // before
	Revoked      bool  // it was open
}

// Erasure is what an erasure of a mailbox does, or would do.
type Erasure struct {
	Mailbox     string
	Done        bool // false when it was only asked what would be done
	Invitations []ErasedInvitation
	Seats       []string // ids of ended invitations that named the person beside the contact
	Requests    []string // ids
	Mails       int      // besides those of the invitations
	FollowUps   int
	Lines       int // of uploaded lists
	Kept        []Kept
}

// eraser is one erasure under way.
type eraser struct {
	*Service
	actor   Actor
	mailbox string
	held    holdings
	report  Erasure
}

// ErasePerson takes a mailbox and whose it is out of everything that needs
// neither: what is open is revoked or closed first. With do false it only tells.
// What stays is told with its reason. The journal keeps its chain, loses what
// its commitments open, and gets an entry "privacy.erased" in every record that
// was touched. Doing it again goes on where a failure stopped it. Invalid on
// field "email".
func (s *Service) ErasePerson(ctx context.Context, a Actor, email string, do bool) (Erasure, error) {
	held, err := s.holdingsOf(ctx, a, email)
	if err != nil {
		return Erasure{}, err
	}
	e := &eraser{Service: s, actor: a, mailbox: held.mailbox, held: held, report: Erasure{Mailbox: held.mailbox, Done: do}}
	e.keep()
	if err := e.plan(ctx); err != nil || !do {
		return e.report, err
	}
	for _, step := range []func(context.Context) error{e.invitations, e.seats, e.requests, e.mails, e.lines, e.followUps, e.journal} {
		if err := step(ctx); err != nil {
			return e.report, err
		}
	}
	return e.report, nil
}

// keep lists what stays.
func (s *eraser) keep() {
	add := func(reason KeptReason, record string) { s.report.Kept = append(s.report.Kept, Kept{reason, record}) }
	for _, sig := range s.held.signatures {
		reason := KeptNamed
		if _, signed := sig.seatOf(s.mailbox); signed {
			reason = KeptSigned
		}
		add(reason, s.held.numbers[sig.ID])
	}
	for _, inv := range s.held.invitations {
		if inv.StateAt(s.now()).Open() && inv.Contact.Email != s.mailbox {
			add(KeptSeat, inv.ID)
		}
	}
	for _, p := range s.held.poles {
		add(KeptDirector, p.Slug)
	}
	if s.held.staff.ID != "" {
		add(KeptStaff, s.held.staff.ID)
	}
	for _, sup := range s.held.suppressions {
		add(KeptSuppression, sup.PoleSlug)
	}
}

// plan lists what goes.
func (s *eraser) plan(ctx context.Context) error {
	for _, inv := range s.held.invitations {
		switch {
		case inv.State == StateSigned:
		case inv.Contact.Email == s.mailbox:
			v, err := s.Store.InvitationView(ctx, inv.ID)
			if err != nil {
				return err
			}
			s.report.Invitations = append(s.report.Invitations, ErasedInvitation{ID: inv.ID, PoleSlug: inv.PoleSlug,
				Organisation: v.Organisation.Name, State: inv.StateAt(s.now()), Revoked: inv.StateAt(s.now()).Open()})
		case !inv.StateAt(s.now()).Open():
			s.report.Seats = append(s.report.Seats, inv.ID)
		}
	}
	for _, r := range s.held.requests {
		s.report.Requests = append(s.report.Requests, r.ID)
	}
	s.report.Mails, s.report.Lines, s.report.FollowUps = len(s.looseMails()), len(s.held.lines), len(s.held.followUps)
	return nil
}

// looseMails are those that neither go with an invitation nor stay: as evidence,
// with an account, or because the person is to sign.
func (s *eraser) looseMails() []Delivery {
	stays := func(d Delivery) bool {
		i := slices.IndexFunc(s.held.invitations, func(inv Invitation) bool { return inv.ID == d.InvitationID })
		if i >= 0 && s.held.invitations[i].State != StateSigned {
			own := s.held.invitations[i].Contact.Email == s.mailbox
			return own || s.held.invitations[i].StateAt(s.now()).Open()
		}
		proves := slices.ContainsFunc(s.held.signatures, func(sig Signature) bool { return sig.InvitationID == d.InvitationID })
		return d.Kind == DeliveryWelcome || proves && slices.Contains(ProofMails, d.Kind)
	}
	return slices.DeleteFunc(slices.Clone(s.held.mails), stays)
}
