package workflow

import (
	"context"
	"time"
)

// erased is the event of an erasure. It holds nothing of the person.
func (e *eraser) erased(tx Tx, pole, record string) {
	tx.Record(e.event("privacy.erased", e.actor, pole, record))
}

// invitations forgets the person in each that was not signed.
func (e *eraser) invitations(ctx context.Context) error {
	for _, target := range e.report.Invitations {
		err := retryMoved(func() error {
			return e.Store.Update(ctx, func(tx Tx) error { return e.invitation(ctx, tx, target.ID) })
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// invitation ends one that is open, as staff or time would, and forgets it. It
// may have been signed meanwhile: it stays then, and is told next time.
func (e *eraser) invitation(ctx context.Context, tx Tx, id string) error {
	was, err := tx.Invitation(ctx, id)
	if err != nil || was.State == StateSigned || was.Contact.Email != e.mailbox {
		return err
	}
	ended := was
	switch {
	case was.StateAt(e.now()).Open():
		if err := e.mustGo(&ended, ActionRevoke, PartyStaff); err != nil {
			return err
		}
		tx.Record(e.event("invitation."+string(ActionRevoke), e.actor, was.PoleSlug, id))
	case was.State.Open():
		ended.State, ended.RemindAt = StateExpired, time.Time{}
		ended.noteEnd(was.ExpiresAt)
		tx.Record(e.event("invitation.expired", actorSystem, was.PoleSlug, id))
	}
	e.erased(tx, was.PoleSlug, id)
	return e.forget(ctx, tx, was, ended)
}

// seats takes the person out of ended invitations that were to be signed beside
// somebody else. Who signs is asked again if staff open one anew.
func (e *eraser) seats(ctx context.Context) error {
	for _, id := range e.report.Seats {
		err := retryMoved(func() error {
			return e.Store.Update(ctx, func(tx Tx) error { return e.leaveSeats(ctx, tx, id) })
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) leaveSeats(ctx context.Context, tx Tx, id string) error {
	was, err := tx.Invitation(ctx, id)
	if err != nil || was.State == StateSigned || was.StateAt(e.now()).Open() {
		return err
	}
	inv := was
	for seat, who := range was.Details.Cosignatories() {
		if who.Email != e.mailbox {
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
	e.erased(tx, was.PoleSlug, id)
	return tx.MoveInvitation(ctx, was, inv)
}

// requests closes those that are open, as taken back, and forgets who asked.
func (e *eraser) requests(ctx context.Context) error {
	for _, r := range e.held.requests {
		err := e.Store.Update(ctx, func(tx Tx) error {
			if r.Open() {
				if err := e.endRequest(ctx, tx, e.actor, r, RequestWithdrawn, ""); err != nil {
					return err
				}
			}
			e.erased(tx, r.PoleSlug, r.record())
			if err := tx.ForgetRequest(ctx, r.ID); err != nil {
				return err
			}
			return tx.ForgetOpenings(ctx, OpeningFilter{Record: r.record()})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *eraser) mails(ctx context.Context) error {
	return e.Store.Update(ctx, func(tx Tx) error {
		told := map[string]bool{}
		for _, d := range e.looseMails() {
			if err := e.forgetMail(ctx, tx, d); err != nil {
				return err
			}
			if !told[d.record()] {
				e.erased(tx, d.PoleSlug, d.record())
			}
			told[d.record()] = true
		}
		return nil
	})
}

func (e *eraser) lines(ctx context.Context) error {
	return e.Store.Update(ctx, func(tx Tx) error {
		for _, line := range e.held.lines {
			if err := tx.ForgetBatchLine(ctx, line.Batch, line.Line); err != nil {
				return err
			}
			e.erased(tx, "", Batch{ID: line.Batch}.record())
		}
		return nil
	})
}

// followUps forgets whom the yearly questions went or are to go to.
func (e *eraser) followUps(ctx context.Context) error {
	return e.Store.Update(ctx, func(tx Tx) error {
		for _, f := range e.held.followUps {
			c, err := tx.Commitment(ctx, f.CommitmentID)
			if err != nil {
				return err
			}
			sig, err := tx.Signature(ctx, c.SignatureID)
			if err != nil {
				return err
			}
			e.erased(tx, c.PoleSlug, sig.InvitationID)
		}
		return tx.ForgetFollowUps(ctx, e.mailbox)
	})
}

// journal forgets what other records told of the mailbox: a corrected address, a
// search.
func (e *eraser) journal(ctx context.Context) error {
	var stays []string
	for _, k := range e.report.Kept {
		if k.Reason == KeptSeat {
			stays = append(stays, k.Record)
		}
	}
	return e.Store.Update(ctx, func(tx Tx) error { return tx.ForgetMailbox(ctx, e.mailbox, stays...) })
}
