package workflow

import (
	"context"

	"jachete/workflow/journal"
)

// HandOverCheckpoints prepares the journal for another key, given as the secret
// one. An entry names both, and the checkpoint over it and all before carries
// both signatures: whoever trusts the key of today can pass on to the next. The
// caller then keeps the next key as the one that signs, and today's public key
// among the former.
func (s *Service) HandOverCheckpoints(ctx context.Context, a Actor, next string) error {
	if err := a.Permit(PermitManage, ""); err != nil {
		return err
	}
	to, err := journal.PublicKey(next)
	if err != nil {
		return err
	}
	from, err := journal.PublicKey(s.Keys.Checkpoint)
	if err != nil {
		return err
	}
	for range passages {
		err = s.Store.Update(ctx, func(tx Tx) error {
			e := s.event("checkpoint-key.changed", a, "", "journal")
			e.Data["from"], e.Data["to"] = from, to
			tx.Record(e)
			return nil
		})
		if err != nil {
			return err
		}
		if err = s.signCheckpoint(ctx, s.Keys.Checkpoint, next); !IsKind(err, Conflict) {
			return err
		}
	}
	return err
}

// passages are the tries of [Service.HandOverCheckpoints]: a server that makes
// its own checkpoint at the same moment, twice a minute, takes one of them.
const passages = 5
