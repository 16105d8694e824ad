package workflow

import (
	"context"
	"time"
)

// Verification is what a number proves. Its record holds personal values too;
// a public page shows only those that the commitment names.
type Verification struct {
	Commitment Commitment
	ReplacedBy Commitment // zero when none does
	Pole       Pole
	Record     Certificate // the latest revision, without its file; zero on paper
	Awaited    bool        // an authority will state the time of the seal
	Embargo    time.Time   // until then nothing else is told but the number; zero when all is public
}

// VerifyNumber tells what a number of the register stands for, for ever: of a
// certificate, or of what was signed on paper. NotFound when it was never given;
// Limited after too many from one address.
func (s *Service) VerifyNumber(ctx context.Context, number string, visit Visit) (Verification, error) {
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, limitNumber, clientKey(visit.IP)) }); err != nil {
		return Verification{}, err
	}
	canonical, ok := ParseNumber(number)
	if !ok {
		return Verification{}, refuse(NotFound, "certificate.not-found")
	}
	c, err := s.Store.CommitmentByNumber(ctx, canonical)
	if err != nil {
		return Verification{}, err
	}
	if until := c.EmbargoAt(s.now()); !until.IsZero() {
		return Verification{Commitment: Commitment{Number: canonical}, Embargo: until}, nil
	}
	if c.Mode == ModePaper {
		return s.verifyPaper(ctx, c)
	}
	c, after, err := s.publicly(ctx, c)
	if err != nil {
		return Verification{}, err
	}
	records, err := s.Store.CertificateRecords(ctx, canonical)
	if err != nil {
		return Verification{}, err
	}
	pole, err := s.Store.Pole(ctx, c.PoleSlug)
	return Verification{Commitment: c, ReplacedBy: after, Pole: pole, Record: records[len(records)-1], Awaited: s.Upgrader != nil}, err
}

// verifyPaper tells what the number of a paper entry stands for. One that was
// taken out was a mistake, or has left the register: its number says so and
// names nobody, only the entry that takes its place.
func (s *Service) verifyPaper(ctx context.Context, c Commitment) (v Verification, err error) {
	after, err := s.Store.Replacement(ctx, c.ID)
	if err != nil && !IsKind(err, NotFound) {
		return v, err
	}
	if after.EmbargoAt(s.now()).IsZero() && !after.PublishedAt.IsZero() {
		v.ReplacedBy = after
	}
	if c.PublishedAt.IsZero() {
		v.Commitment = Commitment{Number: c.Number, Mode: c.Mode, Status: c.Status, StatusOn: c.StatusOn}
		return v, nil
	}
	if v.Commitment, _, err = s.publicly(ctx, c); err != nil {
		return v, err
	}
	v.Pole, err = s.Store.Pole(ctx, c.PoleSlug)
	return v, err
}

// numberPapers gives numbers to entries of before they had any.
func (s *Service) numberPapers(ctx context.Context, tx Tx) error {
	ids, err := tx.UnnumberedPapers(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		number, err := NewNumber(s.random, s.now().In(Zone).Year())
		if err != nil {
			return err
		}
		e := s.event("paper.numbered", actorSystem, "", Commitment{ID: id}.record())
		e.Data["number"] = number
		tx.Record(e)
		if err := tx.NumberPaper(ctx, id, number); err != nil {
			return err
		}
	}
	return nil
}
