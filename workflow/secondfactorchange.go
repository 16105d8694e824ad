package workflow

import (
	"context"
)

// ReplacementKey offers the secret of another authenticator to a person who
// has one, with the address for its QR code. It stays the same until it is
// taken. Conflict (key "totp.none") for whoever has none to replace.
func (s *Service) ReplacementKey(ctx context.Context, secret string) (key, address string, err error) {
	_, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return "", "", err
	}
	if staff.TOTPSealed == nil {
		return "", "", refuse(Conflict, "totp.none")
	}
	key = s.replacementTOTP(staff)
	return key, otpauth(key, staff.Email), nil
}

// replacementTOTP is bound to the secret it replaces, and differs from what
// pendingTOTP would offer after a reset: having seen one is no help with the
// other.
func (s *Service) replacementTOTP(staff Staff) string {
	return base32NoPad.EncodeToString(s.mac("totp-replacement", staff.ID, string(staff.TOTPSealed))[:20])
}

// ReplaceSecondFactor puts another authenticator in the place of a person's
// own, with a code of each. All other browsers are signed out; this one gets a
// new secret. Invalid on "current" or "code"; Limited.
func (s *Service) ReplaceSecondFactor(ctx context.Context, secret, current, code string, v Visit) (string, error) {
	session, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return "", err
	}
	if !session.SecondFactor || staff.TOTPSealed == nil {
		return "", refuse(Conflict, "totp.none")
	}
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.take(ctx, tx, limitTOTP, staff.ID) }); err != nil {
		return "", err
	}
	old, err := s.totpKey(staff)
	if err != nil {
		return "", err
	}
	step, known := s.matchTOTP(old, trimCode(current))
	fresh := s.replacementTOTP(staff)
	later, taken := s.matchTOTP(fresh, trimCode(code))
	if !known {
		return "", s.refuseCurrent(ctx, staff, v)
	}
	if !taken {
		return "", wrongCode("totp.wrong")
	}
	return s.swapTOTP(ctx, session, staff, fresh, max(step, later))
}

// refuseCurrent notes a wrong code of the authenticator in use: somebody at an
// open browser may be guessing.
func (s *Service) refuseCurrent(ctx context.Context, staff Staff, v Visit) error {
	if err := s.noteFailedSignIn(ctx, staffRecord(staff.ID), v); !IsKind(err, Invalid) {
		return err
	}
	return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "current", Key: "totp.wrong"}}}
}

func (s *Service) swapTOTP(ctx context.Context, session StaffSession, staff Staff, key string, step int64) (string, error) {
	secret, hash := newSecret()
	return secret, s.Store.Update(ctx, func(tx Tx) error {
		if err := tx.HoldStaff(ctx); err != nil {
			return err
		}
		now, err := tx.Staff(ctx, staff.ID)
		if err != nil {
			return err
		}
		if string(now.TOTPSealed) != string(staff.TOTPSealed) {
			return refuse(Conflict, "totp.moved") // replaced or reset meanwhile
		}
		if ok, err := tx.TakeTOTPStep(ctx, staff.ID, step); err != nil {
			return err
		} else if !ok {
			return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "current", Key: "totp.used"}}}
		}
		if now.TOTPSealed, err = s.Keys.seal(key, staff.ID); err != nil {
			return err
		}
		tx.Record(s.event("second-factor.replaced", StaffActor(staff), "", staffRecord(staff.ID)))
		if err := tx.EndStaffSessions(ctx, staff.ID); err != nil {
			return err
		}
		session.Hash = hash
		if err := tx.AddStaffSession(ctx, session); err != nil {
			return err
		}
		return tx.SetStaff(ctx, now)
	})
}
