package pdf

import (
	"context"
	"crypto/rand"
	"time"

	"jachete/pdf/pades"
)

// Sign implements the signer of [workflow.Config], with the key of the seal and
// in the same turns. Errors: ctx's own while waiting, and Unavailable (key
// "seal.unavailable") when the key cannot sign at that time.
func (s *Sealer) Sign(ctx context.Context, content []byte, at time.Time) ([]byte, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-s.turns }()
	if err := s.sealing.Key.Check(at); err != nil {
		return nil, unable(err)
	}
	cms, err := pades.SignDetached(rand.Reader, s.sealing.Key, content)
	if err != nil {
		return nil, unable(err)
	}
	return cms, nil
}
