package workflow

import (
	"context"
	"strconv"
	"time"
)

const (
	// InvitationMemory is how long after its end an invitation that nobody signed
	// keeps who was invited and what they wrote.
	InvitationMemory = 90 * 24 * time.Hour
	// MailMemoryMonths is how long after its end a mail keeps whom it went to, what
	// it said and what the relay answered, unless it is one of ProofMails.
	MailMemoryMonths = 24
)

// KeyForgotten is the key of the Conflict about an invitation whose person is
// not known any more: nothing can be done with it.
const KeyForgotten = "invitation.forgotten"

// ProofMails go with their invitation: they are forgotten with it, or belong to
// the evidence of its signature as long as that is kept.
var ProofMails = []DeliveryKind{DeliveryInvitation, DeliveryReminder, DeliveryCosign, DeliveryCertificate, DeliveryPoleCopy}

// Forgotten counts what a purge took the person out of.
type Forgotten struct {
	Invitations int
	Mails       int // besides those of the invitations
}

// noteEnd keeps when the invitation ended, once.
func (i *Invitation) noteEnd(at time.Time) {
	switch {
	case i.State.Open() || i.State == StateSigned:
		i.EndedAt = time.Time{}
	case i.EndedAt.IsZero():
		i.EndedAt = at
	}
}

// forgotten is the invitation without anybody: what stays is named, so that what
// is added one day does not stay by mistake.
func (i Invitation) forgotten() Invitation {
	return Invitation{
		ID: i.ID, PoleSlug: i.PoleSlug, OrganisationID: i.OrganisationID, DeclarationID: i.DeclarationID, DeclarationVersion: i.DeclarationVersion,
		Language: i.Language, Campaign: i.Campaign, MeetingOn: i.MeetingOn, Renews: i.Renews, Refusal: Refusal{Reason: i.Refusal.Reason},
		TransferredFrom: i.TransferredFrom, TransferredTo: i.TransferredTo, Reminders: i.Reminders, RemindedAt: i.RemindedAt, RemindersOff: i.RemindersOff,
		State: i.State, Issue: i.Issue, Version: i.Version, CodeTries: i.CodeTries, CreatedBy: i.CreatedBy, CreatedAt: i.CreatedAt,
		ExpiresAt: i.ExpiresAt, EndedAt: i.EndedAt, SentAt: i.SentAt, ConsultedAt: i.ConsultedAt,
	}
}

// forgettable tells that it has ended unsigned and its person is still known.
func (i Invitation) forgettable() bool {
	return !i.State.Open() && i.State != StateSigned && !i.Forgotten()
}

// PurgeNow does now what Tick does about what is kept too long, all of it, and
// counts whom it forgot.
func (s *Service) PurgeNow(ctx context.Context, a Actor) (all Forgotten, err error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return all, err
	}
	for left := true; left; {
		ids, err := s.Store.ExpiredInvitations(ctx, s.now(), 1)
		if err == nil {
			err = s.expire(ctx)
		}
		if err != nil {
			return all, err
		}
		left = len(ids) > 0
	}
	for some := (Forgotten{1, 1}); some != (Forgotten{}); {
		if some, err = s.forgetSome(ctx); err != nil {
			return all, err
		}
		all.Invitations, all.Mails = all.Invitations+some.Invitations, all.Mails+some.Mails
	}
	if err := s.lapseRequests(ctx); err != nil {
		return all, err
	}
	return all, s.Store.Update(ctx, func(tx Tx) error { return tx.Purge(ctx, s.now()) })
}

// forgetDue gives retention its turn.
func (s *Service) forgetDue(ctx context.Context) error {
	_, err := s.forgetSome(ctx)
	return err
}

// forgetSome takes one batch, and is nothing to the database when none is due.
func (s *Service) forgetSome(ctx context.Context) (n Forgotten, err error) {
	now := s.now()
	ids, err := s.Store.ForgettableInvitations(ctx, now.Add(-InvitationMemory), sweepBatch)
	if err != nil {
		return n, err
	}
	mails, err := s.Store.OldMails(ctx, now.AddDate(0, -MailMemoryMonths, 0), sweepBatch)
	if err != nil || len(ids)+len(mails) == 0 {
		return n, err
	}
	return n, retryMoved(func() error {
		return s.Store.Update(ctx, func(tx Tx) error {
			n = Forgotten{Mails: len(mails)}
			for _, id := range ids {
				did, err := s.forgetInvitation(ctx, tx, id)
				if err != nil {
					return err
				}
				n.Invitations += did
			}
			return s.forgetOldMails(ctx, tx, mails, n)
		})
	})
}

func (s *Service) forgetOldMails(ctx context.Context, tx Tx, mails []Delivery, n Forgotten) error {
	for _, d := range mails {
		if err := s.forgetMail(ctx, tx, d); err != nil {
			return err
		}
	}
	e := s.event("privacy.purged", actorSystem, "", "privacy:schedule")
	e.Data["invitations"], e.Data["mails"] = strconv.Itoa(n.Invitations), strconv.Itoa(n.Mails)
	tx.Record(e)
	return nil
}
