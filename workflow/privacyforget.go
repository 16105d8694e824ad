package workflow

import (
	"context"
	"time"
)

// erased is the event of an erasure. It holds nothing of the person.
func (s *eraser) erased(tx Tx, pole, record string) {
	tx.Record(s.event("privacy.erased", s.actor, pole, record))
}

// invitations forgets the person in each that was not signed.
func (s *eraser) invitations(ctx context.Context) error {
	for _, target := range s.report.Invitations {
		err := retryMoved(func() error {
			return s.Store.Update(ctx, func(tx Tx) error { return s.invitation(ctx, tx, target.ID) })
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// invitation ends one that is open, as staff or time would, and forgets it. It
// may have been signed meanwhile: it stays then, and is told next time.
func (s *eraser) invitation(ctx context.Context, tx Tx, id string) error {
	was, err := tx.Invitation(ctx, id)
	if err != nil || was.State == StateSigned || was.Contact.Email != s.mailbox {
		return err
	}
	ended := was
	switch {
	case was.StateAt(s.now()).Open():
		if err := s.mustGo(&ended, ActionRevoke, PartyStaff); err != nil {
			return err
		}
		tx.Record(s.event("invitation.revoke", s.actor, was.PoleSlug, id))
	case was.State.Open():
		ended.State, ended.RemindAt = StateExpired, time.Time{}
		ended.noteEnd(was.ExpiresAt)
		tx.Record(s.event("invitation.expired", actorSystem, was.PoleSlug, id))
	}
	s.erased(tx, was.PoleSlug, id)
	return s.forget(ctx, tx, was, ended)
}

// seats takes the person out of ended invitations that were to be signed beside
// somebody else. Who signs is asked again if staff open one anew.
func (s *eraser) seats(ctx context.Context) error {
	for _, id := range s.report.Seats {
		err := retryMoved(func() error {
			return s.Store.Update(ctx, func(tx Tx) error { return s.leaveSeats(ctx, tx, id) })
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *eraser) leaveSeats(ctx context.Context, tx Tx, id string) error {
	was, err := tx.Invitation(ctx, id)
	if err != nil || was.State == StateSigned || was.StateAt(s.now()).Open() {
		return err
	}
	inv := was
	for seat, who := range was.Details.Cosignatories() {
		if who.Email != s.mailbox {
			continue
		}
		if seat == SeatSecond {
			inv.Details.Second, inv.Details.Named = Cosignatory{}, false
		} else {
			inv.Details.Countersigner = Cosignatory{}
		}
		if err := tx.DropSeat(ctx, id, seat); err != nil {
			return err
		}
	}
	s.erased(tx, was.PoleSlug, id)
	return tx.MoveInvitation(ctx, was, inv)
}

// requests closes those that are open, as taken back, and forgets who asked.
func (s *eraser) requests(ctx context.Context) error {
	for _, r := range s.held.requests {
		err := s.Store.Update(ctx, func(tx Tx) error {
			if r.Open() {
				if err := s.endRequest(ctx, tx, s.actor, r, RequestWithdrawn, ""); err != nil {
					return err
				}
			}
			s.erased(tx, r.PoleSlug, r.record())
			return tx.ForgetRequest(ctx, r.ID)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *eraser) mails(ctx context.Context) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		told := map[string]bool{}
		for _, d := range s.looseMails() {
			if err := s.forgetMail(ctx, tx, d); err != nil {
				return err
			}
			if !told[d.record()] {
				s.erased(tx, d.PoleSlug, d.record())
			}
			told[d.record()] = true
		}
		return nil
	})
}

func (s *eraser) lines(ctx context.Context) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		for _, line := range s.held.lines {
			if err := tx.ForgetBatchLine(ctx, line.Batch, line.Line); err != nil {
				return err
			}
			s.erased(tx, "", Batch{ID: line.Batch}.record())
		}
		return nil
	})
}

// followUps forgets whom the yearly questions went or are to go to.
func (s *eraser) followUps(ctx context.Context) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		for _, f := range s.held.followUps {
			c, err := tx.Commitment(ctx, f.CommitmentID)
			if err != nil {
				return err
			}
			sig, err := tx.Signature(ctx, c.SignatureID)
			if err != nil {
				return err
			}
			s.erased(tx, c.PoleSlug, sig.InvitationID)
		}
		return tx.ForgetFollowUps(ctx, s.mailbox)
	})
}

// journal forgets what other records told of the mailbox: a corrected address, a
// search.
func (s *eraser) journal(ctx context.Context) error {
	var stays []string
	for _, k := range s.report.Kept {
		if k.Reason == KeptSeat {
			stays = append(stays, k.Record)
		}
	}
	return s.Store.Update(ctx, func(tx Tx) error { return tx.ForgetMailbox(ctx, s.mailbox, stays...) })
}
