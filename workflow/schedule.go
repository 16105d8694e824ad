package workflow

import (
	"context"
	"errors"
	"time"

	"jachete/workflow/journal"
)

// sweepBatch bounds one pass, so that no transaction is long.
const sweepBatch = 200

// Tick does what time asks for: ends invitations past their term, publishes
// texts whose day has come, reminds those who have not answered, asks every year
// whether commitments hold, has seals timestamped, goes on with batches that a
// worker left, ends requests that nobody answered, takes the snapshot of the day,
// makes a checkpoint when the journal has grown, forgets people, drops what has
// expired. Several instances may tick at once.
func (s *Service) Tick(ctx context.Context) error {
	return errors.Join(s.expire(ctx), s.publishDue(ctx), s.remind(ctx), s.askFollowUps(ctx), s.timestampSeals(ctx), s.WorkBatches(ctx), s.lapseRequests(ctx),
		s.takeSnapshot(ctx), s.checkpoint(ctx), s.forgetDue(ctx), s.Store.Update(ctx, func(tx Tx) error { return tx.Purge(ctx, s.now()) }))
}

func (s *Service) expire(ctx context.Context) error {
	ids, err := s.Store.ExpiredInvitations(ctx, s.now(), sweepBatch)
	for _, id := range ids {
		if err := retryMoved(func() error { return s.expireOne(ctx, id) }); err != nil {
			return err
		}
	}
	return err
}

func (s *Service) expireOne(ctx context.Context, id string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		was, err := tx.Invitation(ctx, id)
		if err != nil || was.StateAt(s.now()) != StateExpired || was.State == StateExpired {
			return err
		}
		inv := was
		inv.State, inv.RemindAt = StateExpired, time.Time{}
		inv.noteEnd(inv.ExpiresAt)
		if err := s.cancelMails(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(s.event("invitation.expired", actorSystem, inv.PoleSlug, id))
		return tx.MoveInvitation(ctx, was, inv)
	})
}

// checkpoint signs the journal's size and root when entries came since the
// last one.
func (s *Service) checkpoint(ctx context.Context) error {
	err := s.signCheckpoint(ctx, s.Keys.Checkpoint)
	if IsKind(err, Conflict) {
		return nil // another instance was quicker
	}
	return err
}

// signCheckpoint does so with these keys. Conflict when another instance made
// one of the same size.
func (s *Service) signCheckpoint(ctx context.Context, secrets ...string) error {
	last, err := s.Store.LastCheckpoint(ctx)
	if err != nil && !IsKind(err, NotFound) {
		return err
	}
	tree := last.Tree()
	if err := s.growTree(ctx, tree); err != nil || tree.Size == last.Size {
		return err
	}
	c, err := journal.Sign(tree, s.now(), secrets...)
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error { return tx.AddCheckpoint(ctx, c) })
}

func (s *Service) growTree(ctx context.Context, tree *journal.Tree) error {
	return s.eachEntry(ctx, tree.Size+1, func(e journal.Entry) error { tree.Add(e.Hash); return nil })
}

// eachEntry reads the journal in pages, from a sequence number on.
func (s *Service) eachEntry(ctx context.Context, from int64, each func(journal.Entry) error) error {
	const page = 1000
	for {
		entries, err := s.Store.JournalEntries(ctx, from, page)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := each(e); err != nil {
				return err
			}
		}
		if len(entries) < page {
			return nil
		}
		from += page
	}
}
