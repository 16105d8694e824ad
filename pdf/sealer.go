package pdf

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"jachete/pdf/archive"
	"jachete/pdf/pades"
	"jachete/workflow"
)

// atOnce bounds the certificates being made at the same time. Each takes one
// core for a few milliseconds and about a megabyte.
const atOnce = 4

// level is what [Sealer] reaches without an authority for time.
const level = "B-B"

// Sealer implements workflow.Sealer.
type Sealer struct {
	sealing pades.Sealing
	turns   chan struct{}
}

var _ workflow.Sealer = (*Sealer)(nil)

// New makes a sealer. It refuses a key that must not seal now, see
// pades.Key.Check; a key that expires later is refused when it does. With a
// stamper, nil for none, seals keep the room that its timestamp takes later:
// sealing itself asks nobody.
func New(key pades.Key, stamper pades.Timestamper, now time.Time) (*Sealer, error) {
	if err := key.Check(now); err != nil {
		return nil, err
	}
	return &Sealer{sealing: pades.Sealing{Key: key, Stamper: stamper}, turns: make(chan struct{}, atOnce)}, nil
}

// Seal renders the certificate and seals it at the given time, which becomes
// the claimed time of the signature, to the second. Errors: ctx's own while
// waiting for a turn, typeset.MissingError wrapped, Unavailable (key
// "seal.unavailable") when the key cannot seal now, or an internal one.
func (s *Sealer) Seal(ctx context.Context, c workflow.CertificateContent, at time.Time) (workflow.Sealed, error) {
	if err := s.wait(ctx); err != nil {
		return workflow.Sealed{}, err
	}
	defer func() { <-s.turns }()
	return s.make(c, at.UTC().Truncate(time.Second))
}

// wait takes a turn; Seal gives it back.
func (s *Sealer) wait(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.turns <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Sealer) make(c workflow.CertificateContent, at time.Time) (workflow.Sealed, error) {
	if err := s.sealing.Key.Check(at); err != nil { // never with an expired certificate
		return workflow.Sealed{}, unable(err)
	}
	file, err := render(c)
	if err != nil {
		return workflow.Sealed{}, fmt.Errorf("pdf: certificate %s: %w", c.Number, err)
	}
	plain, err := file.Bytes()
	if err != nil {
		return workflow.Sealed{}, fmt.Errorf("pdf: certificate %s: %w", c.Number, err)
	}
	sealed, err := s.sealed(file, at)
	if err != nil {
		return workflow.Sealed{}, unable(fmt.Errorf("certificate %s: %w", c.Number, err))
	}
	grew, err := growth(plain, sealed)
	return workflow.Sealed{PDF: sealed, SHA256: sum(sealed), UnsealedSHA256: sum(plain), Level: level, SealedAt: at, Growth: grew}, err
}

// unable says that there is no seal now, and that there may be one later: the
// key's device is away, or its certificate has ended and is being replaced.
func unable(cause error) error {
	return &workflow.Error{Kind: workflow.Unavailable, Key: "seal.unavailable", RetryAfter: time.Minute, Err: fmt.Errorf("pdf: %w", cause)}
}

func (s *Sealer) sealed(file *archive.File, at time.Time) ([]byte, error) {
	extensions := func(func([]byte) int) string { return "/Extensions " + pades.Extensions }
	reserved, err := file.Reserve(s.sealing.Dictionary(at), extensions)
	if err != nil {
		return nil, err
	}
	return pades.Seal(rand.Reader, s.sealing.Key, reserved)
}

// Draft implements workflow.Sealer, in the same turns.
func (s *Sealer) Draft(ctx context.Context, c workflow.CertificateContent, at time.Time) ([]byte, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-s.turns }()
	return draft(c, at)
}

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// Probe makes and seals a certificate of fictional content and verifies it:
// fonts, key and chain work. For start-up and « doctor ».
func (s *Sealer) Probe(ctx context.Context, at time.Time) error {
	sealed, err := s.Seal(ctx, probe, at)
	if err != nil {
		return err
	}
	if err := pades.Verify(sealed.PDF, s.sealing.Key.Chain); err != nil {
		return fmt.Errorf("pdf: the probe does not verify: %w", err)
	}
	if sealed.SHA256 == sealed.UnsealedSHA256 {
		return errors.New("pdf: the probe has no seal")
	}
	return nil
}
