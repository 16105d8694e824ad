package workflow

import (
	"context"
	"encoding/hex"
	"strings"
	"time"
)

// seenEvery is how exactly the last use of a session is kept: a write for
// every page would cost more than it tells.
const seenEvery = 5 * time.Minute

// SignedBrowser is one of the browsers in which a person is signed in.
type SignedBrowser struct {
	Handle    string // names it in a form; opens nothing
	Here      bool   // the one that asks
	Browser   string // "Firefox, Windows"; empty when unknown
	CreatedAt time.Time
	SeenAt    time.Time // last use, to seenEvery
}

// Browsers lists where the person of a session is signed in, latest first.
func (s *Service) Browsers(ctx context.Context, secret string) ([]SignedBrowser, error) {
	here, _, err := s.staffSession(ctx, secret)
	if err != nil {
		return nil, err
	}
	sessions, err := s.Store.StaffSessions(ctx, here.StaffID)
	var list []SignedBrowser
	for _, session := range sessions {
		if s.now().Before(session.ExpiresAt) {
			list = append(list, SignedBrowser{Handle: s.sessionHandle(session.Hash), Here: session.Hash == here.Hash,
				Browser: session.Browser, CreatedAt: session.CreatedAt, SeenAt: session.lastUse()})
		}
	}
	return list, err
}

func (v StaffSession) lastUse() time.Time {
	if v.SeenAt.IsZero() {
		return v.CreatedAt
	}
	return v.SeenAt
}

// sessionHandle names a session without telling its hash.
func (s *Service) sessionHandle(hash string) string {
	return hex.EncodeToString(s.mac("session-handle", hash)[:8])
}

// EndBrowser signs another browser of the same person out. NotFound when there
// is none by that handle; Conflict (key "session.here") for the one that asks,
// which signs out as usual.
func (s *Service) EndBrowser(ctx context.Context, secret, handle string) error {
	here, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return err
	}
	if handle == s.sessionHandle(here.Hash) {
		return refuse(Conflict, "session.here")
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		sessions, err := tx.StaffSessions(ctx, staff.ID)
		for _, session := range sessions {
			if s.sessionHandle(session.Hash) == handle {
				tx.Record(s.event("session.ended", StaffActor(staff), "", staffRecord(staff.ID)))
				return tx.EndStaffSession(ctx, session.Hash)
			}
		}
		if err != nil {
			return err
		}
		return notFound()
	})
}

// EndOtherBrowsers signs the person out everywhere else.
func (s *Service) EndOtherBrowsers(ctx context.Context, secret string) error {
	here, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("session.others-ended", StaffActor(staff), "", staffRecord(staff.ID)))
		return tx.EndOtherStaffSessions(ctx, staff.ID, here.Hash)
	})
}

// touch keeps when a session was used, now and then. What goes wrong with it
// must not keep a person out.
func (s *Service) touch(ctx context.Context, session StaffSession) {
	if s.now().Sub(session.lastUse()) < seenEvery {
		return
	}
	_ = s.Store.Update(ctx, func(tx Tx) error { return tx.TouchStaffSession(ctx, session.Hash, s.now()) })
}

// Names in what browsers say of themselves, most particular first: almost all
// claim to be Safari, and Android claims to be Linux.
var (
	browserMarks = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	systemMarks = [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}}
)

// coarseBrowser is as much of a User-Agent as its owner recognises, and not
// enough to recognise its owner.
func coarseBrowser(userAgent string) string {
	var words []string
	for _, marks := range [][][2]string{browserMarks, systemMarks} {
		for _, mark := range marks {
			if strings.Contains(userAgent, mark[0]) {
				words = append(words, mark[1])
				break
			}
		}
	}
	return strings.Join(words, ", ")
}
