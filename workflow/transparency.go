package workflow

import (
	"context"
	"fmt"

	"jachete/workflow/journal"
)

// newHistory lets the journal's history read the store.
func newHistory(store Store) *journal.History {
	return &journal.History{Read: func(ctx context.Context, from int64, limit int) ([]string, error) {
		return store.JournalHashes(ctx, from, limit)
	}}
}

// Growth is the proof that the journal of the latest checkpoint continues the
// one of an older checkpoint.
type Growth struct {
	From   int64 // size of the older one
	Latest journal.Checkpoint
	Proof  []string // RFC 6962 §2.1.2, in hex
}

// JournalGrowth proves that nothing of the first entries changed since there
// were that many. NotFound before the first checkpoint, and when the latest one
// knows fewer entries.
func (s *Service) JournalGrowth(ctx context.Context, from int64) (Growth, error) {
	latest, err := s.Store.LastCheckpoint(ctx)
	if err != nil {
		return Growth{}, err
	}
	if from < 1 || from > latest.Size {
		return Growth{}, refuse(NotFound, "journal.no-such-size")
	}
	proof, err := s.history.Growth(ctx, from, latest.Size)
	return Growth{From: from, Latest: latest, Proof: proof}, err
}

// Inclusion shows that the register's line of a number is in the journal that
// the latest checkpoint signed.
type Inclusion struct {
	Number string
	Latest journal.Checkpoint
	Entry  journal.Entry // without its openings
	Proof  journal.Proof
}

// listingEvents are those by which a number enters the journal.
var listingEvents = map[string]bool{"commitment.published": true, "commitment.embargoed": true,
	"paper.entered": true, "paper.imported": true, "paper.numbered": true}

// JournalInclusion proves when the number of a certificate, or of an entry on
// paper, entered the journal. NotFound when it was never given, and exactly so
// while its commitment is under embargo; Conflict (key "journal.soon") until a
// checkpoint covers it; Limited as VerifyNumber.
func (s *Service) JournalInclusion(ctx context.Context, number string, visit Visit) (Inclusion, error) {
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, limitNumber, clientKey(visit.IP)) }); err != nil {
		return Inclusion{}, err
	}
	canonical, _ := ParseNumber(number)
	c, err := s.Store.CommitmentByNumber(ctx, canonical)
	if IsKind(err, NotFound) || err == nil && !c.EmbargoAt(s.now()).IsZero() {
		return Inclusion{}, refuse(NotFound, "certificate.not-found")
	} else if err != nil {
		return Inclusion{}, err
	}
	entry, err := s.listingOf(ctx, c)
	if err != nil {
		return Inclusion{}, err
	}
	latest, err := s.Store.LastCheckpoint(ctx)
	if IsKind(err, NotFound) || err == nil && latest.Size < entry.Seq {
		return Inclusion{}, refuse(Conflict, "journal.soon")
	} else if err != nil {
		return Inclusion{}, err
	}
	proof, err := s.history.Inclusion(ctx, entry.Seq, latest.Size)
	proof.Hash, entry.Openings = entry.Hash, nil
	return Inclusion{Number: canonical, Latest: latest, Entry: entry, Proof: proof}, err
}

// listingOf finds the entry by which a commitment entered the journal.
func (s *Service) listingOf(ctx context.Context, c Commitment) (journal.Entry, error) {
	record := c.record()
	if c.Mode == ModeElectronic {
		sig, err := s.Store.Signature(ctx, c.SignatureID)
		if err != nil {
			return journal.Entry{}, err
		}
		record = sig.InvitationID
	}
	entries, err := s.Store.JournalOf(ctx, record)
	if err != nil {
		return journal.Entry{}, err
	}
	for _, e := range entries {
		if listingEvents[e.Type] && e.Data()["number"] == c.Number {
			return e, nil
		}
	}
	return journal.Entry{}, fmt.Errorf("journal: no entry lists %s", c.Number)
}
