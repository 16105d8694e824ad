package workflow

import (
	"context"
	"errors"
	"fmt"

	"jachete/workflow/journal"
)

// JournalReport is the result of a verification that found no fault.
type JournalReport struct {
	Entries      int64
	Hash         string
	Checkpoints  int
	Certificates int // files read, when asked to go deep
}

// VerifyJournal recomputes the whole journal, and compares it with the stored
// checkpoints and with those kept elsewhere. When deep, it reads every stored
// certificate too, and compares it with the entry that recorded it. The error
// is a *journal.Fault when something is wrong.
func (s *Service) VerifyJournal(ctx context.Context, kept []string, deep bool) (JournalReport, error) {
	keys, err := s.Keys.checkpointKeys()
	if err != nil {
		return JournalReport{}, err
	}
	stored, err := s.Store.Checkpoints(ctx)
	if err != nil {
		return JournalReport{}, err
	}
	notes := append([]string(nil), kept...)
	for _, c := range stored {
		notes = append(notes, c.Note)
	}
	verifier, err := journal.NewVerifier(notes, keys...)
	if err != nil {
		return JournalReport{}, err
	}
	recorded := map[string]string{}
	err = s.eachEntry(ctx, 1, func(e journal.Entry) error {
		if number, sum := e.Sealed(); number != "" {
			recorded[sum] = number
		}
		return verifier.Entry(e)
	})
	if err != nil {
		return JournalReport{}, err
	}
	head, err := verifier.Done()
	report := JournalReport{Entries: head.Seq, Hash: head.Hash, Checkpoints: len(notes)}
	if err == nil && deep {
		report.Certificates, err = s.verifyFiles(ctx, recorded)
	}
	return report, err
}

// verifyFiles holds the stored certificates to what the journal recorded.
func (s *Service) verifyFiles(ctx context.Context, recorded map[string]string) (int, error) {
	refs, err := s.Store.CertificateNumbers(ctx)
	if err != nil {
		return 0, err
	}
	for _, ref := range refs {
		if recorded[ref.SHA256] != ref.Number {
			return 0, &journal.Fault{Kind: journal.FaultFile, Reason: "certificate " + ref.Number + " is not the one recorded"}
		}
		if _, err := s.Store.CertificateBySHA256(ctx, ref.SHA256); err != nil {
			return 0, &journal.Fault{Kind: journal.FaultFile, Reason: fmt.Sprintf("certificate %s: %v", ref.Number, err)}
		}
		delete(recorded, ref.SHA256)
	}
	for _, number := range recorded {
		return 0, &journal.Fault{Kind: journal.FaultFile, Reason: "certificate " + number + " is missing"}
	}
	return len(refs), nil
}

// LatestCheckpoint gives the public statement about the journal and the keys
// that check it and those before it, the one in use first. NotFound before the
// first.
func (s *Service) LatestCheckpoint(ctx context.Context) (journal.Checkpoint, []string, error) {
	c, err := s.Store.LastCheckpoint(ctx)
	if err != nil {
		return journal.Checkpoint{}, nil, err
	}
	keys, err := s.Keys.checkpointKeys()
	return c, keys, err
}

// IsFault gives the fault in an error, or nil.
func IsFault(err error) *journal.Fault {
	var f *journal.Fault
	errors.As(err, &f)
	return f
}
