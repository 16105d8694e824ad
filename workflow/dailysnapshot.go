package workflow

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strconv"
	"time"
)

// SnapshotContentLife is how long the content of a snapshot is kept. Its hash
// and signature stay for ever: whoever kept the content can still prove it.
const SnapshotContentLife = 400 * 24 * time.Hour

// DailySnapshot is the public register as it was on one day, signed with the
// key of the seal. It names no person: a choice to be named may be taken back,
// a file that others copied cannot.
type DailySnapshot struct {
	Day       string // civil date in America/Toronto, unique
	TakenAt   time.Time
	Lines     int
	Size      int    // of the content, in bytes
	SHA256    string // of the content, hex
	Signature []byte // detached CMS of the content, DER
	Kept      bool   // the content is still there
}

// takeSnapshot makes the snapshot of the day where there is none. Of several
// instances at once, one adds its own.
func (s *Service) takeSnapshot(ctx context.Context) error {
	now := s.now()
	_, err := s.Store.DailySnapshot(ctx, CivilDate(now))
	if !IsKind(err, NotFound) {
		return err // nil when the day has one
	}
	shot, content, err := s.snapshotAt(ctx, now)
	if err != nil {
		return err
	}
	err = s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("snapshot.taken", actorSystem, "", "snapshot:"+shot.Day)
		e.Data["date"], e.Data["sha256"], e.Data["lines"] = shot.Day, shot.SHA256, strconv.Itoa(shot.Lines)
		tx.Record(e)
		return tx.AddDailySnapshot(ctx, shot, content)
	})
	if IsKind(err, Conflict) {
		return nil // another instance was quicker
	}
	return err
}

// snapshotAt makes and signs a snapshot; content is compressed.
func (s *Service) snapshotAt(ctx context.Context, now time.Time) (shot DailySnapshot, content []byte, err error) {
	text, lines, err := s.registerText(ctx, now)
	if err != nil {
		return shot, nil, err
	}
	signature, err := s.Signer(ctx, text, now)
	if err != nil {
		return shot, nil, err
	}
	sum := sha256.Sum256(text)
	shot = DailySnapshot{Day: CivilDate(now), TakenAt: now, Lines: lines, Size: len(text), SHA256: hex.EncodeToString(sum[:]), Signature: signature, Kept: true}
	content, err = compressed(text)
	return shot, content, err
}

// DailySnapshots lists every snapshot ever taken, latest first, without their
// signatures.
func (s *Service) DailySnapshots(ctx context.Context) ([]DailySnapshot, error) {
	return s.Store.DailySnapshots(ctx)
}

var dayShape = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// DailySnapshot gives the snapshot of a day, YYYY-MM-DD, without its content.
// NotFound when none was taken.
func (s *Service) DailySnapshot(ctx context.Context, day string) (DailySnapshot, error) {
	if !dayShape.MatchString(day) {
		return DailySnapshot{}, refuse(NotFound, "snapshot.not-found")
	}
	return s.Store.DailySnapshot(ctx, day)
}

// DailySnapshotContent gives the content of a day's snapshot, compressed with
// gzip. NotFound when none was taken; Gone after SnapshotContentLife.
func (s *Service) DailySnapshotContent(ctx context.Context, day string) (DailySnapshot, []byte, error) {
	shot, err := s.DailySnapshot(ctx, day)
	if err != nil {
		return shot, nil, err
	}
	content, err := s.Store.DailySnapshotContent(ctx, day)
	if IsKind(err, NotFound) {
		return shot, nil, refuse(Gone, "snapshot.gone")
	}
	return shot, content, err
}
