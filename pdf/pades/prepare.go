package pades

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"
)

// Prepared gives a sealing whose files hold all the evidence that can be had
// beforehand: for the key's own chain, and for the authority's, which a token
// of nothing tells. To be done at the start and again before the lists end; an
// authority's own may last a few days only. The error tells what could not be
// had; the sealing can be used nevertheless, for files of a lower level.
func (s Sealing) Prepared(ctx context.Context, source Source, now time.Time) (Sealing, error) {
	evidence, own := Gather(ctx, source, Used{s.Key.Chain, now})
	s.Evidence = evidence
	if s.Stamper == nil {
		return s, own
	}
	chain, its := whoStamps(ctx, s.Stamper, sha256.Sum256(nil))
	if its == nil {
		s.Evidence, its = s.Evidence.gather(ctx, source, []Used{chain})
	}
	return s, errors.Join(own, its)
}

// whoStamps learns an authority's chain: only a token tells.
func whoStamps(ctx context.Context, stamper Timestamper, digest [sha256.Size]byte) (Used, error) {
	token, err := stamper.Timestamp(ctx, digest)
	if err != nil {
		return Used{}, err
	}
	chain, err := token.Verify(stamper.Roots(), token.Time)
	return Used{chain, token.Time}, err
}
