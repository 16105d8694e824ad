package workflow

import (
	"context"

	"jachete/workflow/journal"
)

// upgradeBatch bounds the certificates timestamped in one turn.
const upgradeBatch = 20

// timestampSeals has an authority state when each seal existed. A certificate
// is complete without it; one that no authority answered for waits for the
// next turn, and its level says so meanwhile.
func (s *Service) timestampSeals(ctx context.Context) error {
	if s.Upgrader == nil {
		return nil
	}
	numbers, err := s.Store.PlainCertificates(ctx, upgradeBatch)
	for _, number := range numbers {
		if err := s.upgrade(ctx, actorSystem, number, s.Upgrader.Timestamp); err != nil {
			return err // the others would meet the same authorities
		}
	}
	return err
}

// ArchiveCertificate gives a certificate the proof that outlives today's
// algorithms (PAdES B-LTA). Conflict (key "timestamp.none") when no authority is
// configured; Unavailable when none answers.
func (s *Service) ArchiveCertificate(ctx context.Context, a Actor, number string) (Certificate, error) {
	c, err := s.CertificateByNumber(ctx, a, number)
	if err != nil {
		return Certificate{}, err
	}
	if s.Upgrader == nil {
		return Certificate{}, refuse(Conflict, "timestamp.none")
	}
	if c.Level == "B-B" {
		if err := s.upgrade(ctx, a, c.Number, s.Upgrader.Timestamp); err != nil {
			return Certificate{}, err
		}
	}
	if err := s.upgrade(ctx, a, c.Number, s.Upgrader.Archive); err != nil {
		return Certificate{}, err
	}
	return s.certificate(ctx, c.Number)
}

// upgrade keeps the next revision of a certificate. Of several instances at
// once one keeps it; the others' work is dropped.
func (s *Service) upgrade(ctx context.Context, a Actor, number string, improve func(context.Context, Sealed) (Sealed, error)) error {
	c, err := s.certificate(ctx, number)
	if err != nil {
		return err
	}
	sealed, err := improve(ctx, c.Sealed)
	if err != nil {
		return err
	}
	sig, err := s.Store.Signature(ctx, c.SignatureID)
	if err != nil {
		return err
	}
	c.Revision, c.Sealed = c.Revision+1, sealed
	err = s.Store.Update(ctx, func(tx Tx) error {
		e := s.event(journal.SealedType, a, sig.PoleSlug, sig.InvitationID)
		e.Data = map[string]string{"number": number, "sha256": c.SHA256, "unsealed_sha256": c.UnsealedSHA256, "level": c.Level}
		tx.Record(e)
		return tx.AddCertificate(ctx, c)
	})
	if IsKind(err, Conflict) {
		return nil
	}
	return err
}
