package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"jachete/workflow/journal"
)

// KeyDamaged is the key of the error about a stored file whose bytes changed.
// Such a file is never served.
const KeyDamaged = "certificate.damaged"

// scrubEvery is the least time between two readings of all files, on whichever
// instances: each file is read within a day.
const scrubEvery = 12 * time.Hour

// certificate reads the latest file of a number; one that is damaged is made
// anew first.
func (s *Service) certificate(ctx context.Context, number string) (Certificate, error) {
	return s.intact(ctx, func() (Certificate, error) { return s.Store.Certificate(ctx, number) })
}

// certificateOf is certificate for a signature.
func (s *Service) certificateOf(ctx context.Context, signatureID string) (Certificate, error) {
	return s.intact(ctx, func() (Certificate, error) { return s.Store.CertificateOfSignature(ctx, signatureID) })
}

// certificateWith is certificate for the file with that hash.
func (s *Service) certificateWith(ctx context.Context, sha256 string) (Certificate, error) {
	return s.intact(ctx, func() (Certificate, error) { return s.Store.CertificateBySHA256(ctx, sha256) })
}

func (s *Service) intact(ctx context.Context, read func() (Certificate, error)) (Certificate, error) {
	c, err := read()
	var damaged *Error
	if KeyOf(err) != KeyDamaged || !errors.As(err, &damaged) {
		return c, err
	}
	if cause := s.mend(ctx, damaged.Args["number"], damaged.Args["sha256"]); cause != nil {
		return c, errors.Join(err, cause)
	}
	return read()
}

// mend makes a damaged file anew and tells of it, whether that went well or
// not.
func (s *Service) mend(ctx context.Context, number, sha256 string) error {
	file, err := s.remake(ctx, number, sha256)
	if err == nil {
		err = s.restoreFile(ctx, actorSystem, number, file)
	}
	if err == nil {
		s.Alarm("certificate.restored", number, fmt.Errorf("a damaged file, sha256 %s, was made anew", sha256))
		return nil
	}
	s.Alarm(KeyDamaged, number, err)
	return errors.Join(err, s.noteDamage(ctx, number, sha256))
}

// remake follows the revisions from the content on, up to the one with that
// hash.
func (s *Service) remake(ctx context.Context, number, sha256 string) ([]byte, error) {
	records, err := s.Store.CertificateRecords(ctx, number)
	if err != nil {
		return nil, err
	}
	var file []byte
	for _, r := range records {
		if stored, err := s.Store.CertificateBySHA256(ctx, r.SHA256); err == nil {
			file = stored.PDF
		} else if file, err = s.Sealer.Remake(ctx, r.Content, file, r.Sealed); err != nil {
			return nil, fmt.Errorf("remake %s, revision %d: %w", number, r.Revision, err)
		}
		if r.SHA256 == sha256 {
			return file, nil
		}
	}
	return nil, refuse(NotFound, "certificate.not-found")
}

func (s *Service) restoreFile(ctx context.Context, a Actor, number string, file []byte) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("certificate.restored", a, "", "certificate:"+number)
		e.Data = map[string]string{"number": number, "sha256": fileSHA256(file)}
		tx.Record(e)
		return tx.RestoreFile(ctx, file)
	})
}

// noteDamage keeps in the journal that a file is damaged, once a day for each.
func (s *Service) noteDamage(ctx context.Context, number, sha256 string) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		first, err := tx.Take(ctx, "damaged:"+sha256, 1, 24*time.Hour, s.now())
		if err != nil || !first {
			return err
		}
		e := s.event("certificate.damaged", actorSystem, "", "certificate:"+number)
		e.Data = map[string]string{"number": number, "sha256": sha256}
		tx.Record(e)
		return nil
	})
}

func fileSHA256(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// ScrubReport says what a reading of every stored file found.
type ScrubReport struct {
	Files   int      // read and whole, those made anew included
	Damaged []string // numbers of certificates with a file that could not be made anew
}

// Scrub reads every certificate that the journal recorded and makes anew what
// is damaged. Of several instances one does it, twice a day at most; the others
// get an empty report.
func (s *Service) Scrub(ctx context.Context) (ScrubReport, error) {
	var mine bool
	err := s.Store.Update(ctx, func(tx Tx) (err error) {
		mine, err = tx.Take(ctx, "scrub", 1, scrubEvery, s.now())
		return err
	})
	if err != nil || !mine {
		return ScrubReport{}, err
	}
	recorded, err := s.recordedFiles(ctx)
	if err != nil {
		return ScrubReport{}, err
	}
	return s.scrub(ctx, recorded)
}

func (s *Service) scrub(ctx context.Context, recorded []CertificateRef) (r ScrubReport, err error) {
	for _, ref := range recorded {
		switch err := s.check(ctx, ref); {
		case err == nil:
			r.Files++
		case KeyOf(err) == KeyDamaged:
			r.Damaged = append(r.Damaged, ref.Number)
		default:
			return r, err
		}
	}
	return r, nil
}

// check reads one file; one that is gone counts as damaged.
func (s *Service) check(ctx context.Context, ref CertificateRef) error {
	_, err := s.certificateWith(ctx, ref.SHA256)
	if !IsKind(err, NotFound) {
		return err
	}
	gone := &Error{Kind: Internal, Key: KeyDamaged, Err: fmt.Errorf("the file of %s is gone", ref.Number)}
	s.Alarm(KeyDamaged, ref.Number, gone)
	return errors.Join(gone, s.noteDamage(ctx, ref.Number, ref.SHA256))
}

// recordedFiles lists the files that were sealed, as the journal tells.
func (s *Service) recordedFiles(ctx context.Context) (list []CertificateRef, err error) {
	return list, s.eachEntry(ctx, 1, func(e journal.Entry) error {
		if number, sum := e.Sealed(); number != "" {
			list = append(list, CertificateRef{Number: number, SHA256: sum})
		}
		return nil
	})
}
