package workflow

import (
	"context"
	"errors"
	"time"

	"jachete/workflow/journal"
)

// RestoreCertificate puts a kept copy of a certificate back in the place of
// one that is damaged or gone, and gives its number. Only the very file that
// the journal recorded is taken: NotFound (key "certificate.not-issued") for
// any other. For the operator.
func (s *Service) RestoreCertificate(ctx context.Context, a Actor, file []byte) (string, error) {
	if err := a.Permit(PermitManage, ""); err != nil {
		return "", err
	}
	entry, revision, err := s.sealedEntry(ctx, fileSHA256(file))
	if err != nil {
		return "", err
	}
	number, _ := entry.Sealed()
	err = s.restoreFile(ctx, a, number, file)
	if IsKind(err, NotFound) {
		err = s.restoreRecord(ctx, a, entry, revision, file)
	}
	return number, err
}

// sealedEntry finds the entry that recorded a file, and which revision of its
// certificate that was.
func (s *Service) sealedEntry(ctx context.Context, sha256 string) (found journal.Entry, revision int, err error) {
	seen := map[string]int{}
	err = s.eachEntry(ctx, 1, func(e journal.Entry) error {
		number, sum := e.Sealed()
		if number == "" {
			return nil
		}
		if sum == sha256 {
			found, revision = e, seen[number]
			return errEnough
		}
		seen[number]++
		return nil
	})
	if err == nil {
		err = refuse(NotFound, "certificate.not-issued")
	} else if errors.Is(err, errEnough) {
		err = nil
	}
	return found, revision, err
}

// restoreRecord writes the row of a certificate anew, from the act it sealed.
func (s *Service) restoreRecord(ctx context.Context, a Actor, entry journal.Entry, revision int, file []byte) error {
	sig, err := s.Store.SignatureOfInvitation(ctx, entry.Record)
	if err != nil {
		return err
	}
	d, err := s.Store.Declaration(ctx, sig.DeclarationID, sig.DeclarationVersion)
	if err != nil {
		return err
	}
	pole, err := s.Store.Pole(ctx, sig.PoleSlug)
	if err != nil {
		return err
	}
	data := entry.Data()
	c := Certificate{Number: data["number"], Revision: revision, SignatureID: sig.ID,
		Content: s.contentOf(sig, d, pole, data["number"]),
		Sealed: Sealed{PDF: file, SHA256: data["sha256"], UnsealedSHA256: data["unsealed_sha256"], Level: data["level"],
			SealedAt: sig.SignedAt.Truncate(time.Second)}}
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("certificate.restored", a, "", "certificate:"+c.Number)
		e.Data = map[string]string{"number": c.Number, "sha256": c.SHA256}
		tx.Record(e)
		return tx.AddCertificate(ctx, c)
	})
}
