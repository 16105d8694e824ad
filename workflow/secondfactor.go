package workflow

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// base32NoPad is how authenticator programs read secrets.
var base32NoPad = base32.StdEncoding.WithPadding(base32.NoPadding)

// totpPeriod is RFC 6238's default time step.
const totpPeriod = 30 * time.Second

// EnrolSecondFactor offers an authenticator secret to a session whose person
// has none yet, with the address for its QR code. Nothing is kept until the
// first code proves that it was taken.
func (s *Service) EnrolSecondFactor(ctx context.Context, secret string) (key, address string, err error) {
	_, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return "", "", err
	}
	if staff.TOTPSealed != nil {
		return "", "", refuse(Conflict, "totp.enrolled")
	}
	key = s.pendingTOTP(staff)
	return key, otpauth(key, staff.Email), nil
}

// otpauth is the address authenticator programs read from a QR code.
func otpauth(key, account string) string {
	q := url.Values{"secret": {key}, "issuer": {"jachete"}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/jachete:" + account, RawQuery: q.Encode()}).String()
}

// pendingTOTP derives the secret offered to one person from the keys, so that
// showing the page twice offers the same one and nothing needs storing.
func (s *Service) pendingTOTP(staff Staff) string {
	return base32NoPad.EncodeToString(s.mac("totp-enrolment", staff.ID, fmt.Sprint(staff.TOTPStep))[:20])
}

// PassSecondFactor completes a session with a code of the authenticator, and
// enrols the authenticator when it is the first. The browser gets a new secret
// in place of the old one. Invalid on field "code"; Limited.
func (s *Service) PassSecondFactor(ctx context.Context, secret, typed string, v Visit) (string, error) {
	session, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return "", err
	}
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, limitTOTP, staff.ID) }); err != nil {
		return "", err
	}
	key, err := s.totpKey(staff)
	if err != nil {
		return "", err
	}
	step, ok := s.matchTOTP(key, trimCode(typed))
	if !ok {
		return "", s.refuseTOTP(ctx, staff, v)
	}
	return s.acceptTOTP(ctx, session, staff, key, step)
}

func (s *Service) totpKey(staff Staff) (string, error) {
	if staff.TOTPSealed == nil {
		return s.pendingTOTP(staff), nil
	}
	return s.Keys.open(staff.TOTPSealed, staff.ID)
}

// matchTOTP finds the step, within one of now, whose code was typed.
func (s *Service) matchTOTP(key, typed string) (step int64, ok bool) {
	now := s.now().Unix() / int64(totpPeriod/time.Second)
	for _, step := range []int64{now, now - 1, now + 1} {
		want, err := s.TOTP(key, step)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(strings.TrimSpace(typed))) == 1 {
			return step, true
		}
	}
	return 0, false
}

func (s *Service) refuseTOTP(ctx context.Context, staff Staff, v Visit) error {
	if err := s.noteFailedSignIn(ctx, "staff:"+staff.ID, v); !IsKind(err, Invalid) {
		return err
	}
	return wrongCode("totp.wrong")
}

// acceptTOTP gives the browser a new session in place of the half-open one.
func (s *Service) acceptTOTP(ctx context.Context, session StaffSession, staff Staff, key string, step int64) (string, error) {
	secret, hash := newSecret()
	return secret, s.Store.Update(ctx, func(tx Tx) error {
		if err := s.enrol(ctx, tx, staff.ID, key); err != nil {
			return err
		}
		if ok, err := tx.TakeTOTPStep(ctx, staff.ID, step); err != nil {
			return err
		} else if !ok {
			return wrongCode("totp.used")
		}
		tx.Record(s.event("second-factor.passed", StaffActor(staff), "", "staff:"+staff.ID))
		if err := tx.EndStaffSession(ctx, session.Hash); err != nil {
			return err
		}
		session.Hash, session.SecondFactor = hash, true
		return tx.AddStaffSession(ctx, session)
	})
}

// enrol keeps the authenticator of a person who has none yet.
func (s *Service) enrol(ctx context.Context, tx Tx, staffID, key string) error {
	if err := tx.HoldStaff(ctx); err != nil { // the whole row is written: somebody may be changing the role
		return err
	}
	staff, err := tx.Staff(ctx, staffID)
	if err != nil || staff.TOTPSealed != nil {
		return err
	}
	tx.Record(s.event("second-factor.enrolled", StaffActor(staff), "", staffRecord(staffID)))
	if staff.TOTPSealed, err = s.Keys.seal(key, staff.ID); err != nil {
		return err
	}
	return tx.SetStaff(ctx, staff)
}
