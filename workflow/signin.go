package workflow

import (
	"context"
	"crypto/hmac"
	"strings"
	"time"
)

// staffSessionLife is how long a browser stays signed in.
const staffSessionLife = 12 * time.Hour

// Browser makes the secret that ties a sign-in code to the browser that asks.
func (s *Service) Browser() string {
	secret, _ := newSecret()
	return secret
}

// StartSignIn mails a sign-in code if the address is a member of staff's, and
// answers the same, as quickly, if it is not: the sending goes on behind. The
// page can therefore not tell whether the relay took the mail. Invalid on field
// "email"; Limited.
func (s *Service) StartSignIn(ctx context.Context, email, browser string, v Visit) error {
	address, problem := CleanEmail(email)
	if problem != nil {
		problem.Field = "email"
		return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{*problem}}
	}
	letters := newLetters(signInCodeSize)
	var known Staff
	var code Code
	err := s.Store.Update(ctx, func(tx Tx) error {
		if err := s.takeSignIn(ctx, tx, limitSignInMail, address, v); err != nil {
			return err
		}
		staff, err := tx.StaffByEmail(ctx, address)
		if IsKind(err, NotFound) || err == nil && staff.Disabled {
			return nil
		} else if err != nil {
			return err
		}
		known, code = staff, s.codeOf("staff:"+staff.ID, hashSecret(browser), letters)
		if err := tx.VoidCodes(ctx, code.Subject, s.now()); err != nil {
			return err
		}
		tx.Record(s.event("sign-in.asked", Actor{Kind: ActorStaff, Staff: staff}, "", code.Subject))
		return tx.AddCode(ctx, code)
	})
	if err == nil && known.ID != "" {
		go s.mailSignIn(context.WithoutCancel(ctx), known, code, letters)
	}
	return err
}

func (s *Service) mailSignIn(ctx context.Context, staff Staff, code Code, letters string) {
	defer func() { _ = recover() }() // a fault of a mail must not end the process
	_ = s.mailCode(ctx, CodeMail{Purpose: PurposeSignIn, To: staff.Email, Language: French, Code: letters, Life: CodeLife}, code, Invitation{})
}

// takeSignIn spends the limits of an account and of an address together.
func (s *Service) takeSignIn(ctx context.Context, tx Tx, account limit, email string, v Visit) error {
	if err := s.take(ctx, tx, account, email); err != nil {
		return err
	}
	return s.take(ctx, tx, limitSignInIP, clientKey(v.IP))
}

// FinishSignIn exchanges the mailed code for a session. Invalid on field
// "code", the same for every reason; Limited.
func (s *Service) FinishSignIn(ctx context.Context, email, browser, typed string, v Visit) (secret string, err error) {
	address, problem := CleanEmail(email)
	if problem != nil {
		return "", wrongCode("sign-in.wrong")
	}
	staff, code, err := s.trySignIn(ctx, address, browser, v)
	if err != nil {
		return "", err
	}
	typed = strings.ToUpper(trimCode(typed))
	if !hmac.Equal(code.HMAC, s.mac("code", code.Subject, hashSecret(browser), misread.Replace(typed))) {
		return "", s.noteFailedSignIn(ctx, code.Subject, v)
	}
	return s.openStaffSession(ctx, staff, code, v)
}

func (s *Service) trySignIn(ctx context.Context, address, browser string, v Visit) (staff Staff, code Code, err error) {
	var refusal error
	err = s.Store.Update(ctx, func(tx Tx) error {
		if err := s.takeSignIn(ctx, tx, limitSignIn, address, v); err != nil {
			return err
		}
		staff, err = tx.StaffByEmail(ctx, address)
		if IsKind(err, NotFound) || err == nil && staff.Disabled {
			refusal = wrongCode("sign-in.wrong") // the limit is spent all the same
			return nil
		} else if err != nil {
			return err
		}
		code, err = tx.TryCode(ctx, "staff:"+staff.ID, hashSecret(browser), CodeTries, s.now())
		if IsKind(err, NotFound) {
			refusal = wrongCode("sign-in.wrong")
			return nil
		}
		return err
	})
	if err == nil {
		err = refusal
	}
	return staff, code, err
}

func (s *Service) noteFailedSignIn(ctx context.Context, record string, v Visit) error {
	err := s.Store.Update(ctx, func(tx Tx) error {
		e := s.event("sign-in.failed", actorPublic, "", record)
		e.Personal = v.personal()
		tx.Record(e)
		return nil
	})
	if err != nil {
		return err
	}
	return wrongCode("sign-in.wrong")
}

func (s *Service) openStaffSession(ctx context.Context, staff Staff, code Code, v Visit) (string, error) {
	secret, hash := newSecret()
	now := s.now()
	return secret, s.Store.Update(ctx, func(tx Tx) error {
		if err := tx.UseCode(ctx, code.ID, now); err != nil {
			return wrongCode("sign-in.wrong")
		}
		e := s.event("sign-in.done", Actor{Kind: ActorStaff, Staff: staff}, "", code.Subject)
		e.Personal = v.personal()
		tx.Record(e)
		return tx.AddStaffSession(ctx, StaffSession{Hash: hash, StaffID: staff.ID,
			SecondFactor: !staff.needsSecondFactor(), CreatedAt: now, ExpiresAt: now.Add(staffSessionLife),
			Browser: coarseBrowser(v.UserAgent), SeenAt: now})
	})
}

// needsSecondFactor tells whose sessions start half open: administrators, and
// whoever enrolled one.
func (s Staff) needsSecondFactor() bool { return s.Role == RoleAdmin || s.TOTPSealed != nil }

// SignedIn is a signed-in browser. While SecondFactor is false it may do
// nothing but pass or enrol it.
type SignedIn struct {
	Staff        Staff
	SecondFactor bool
	Enrolled     bool // has an authenticator already
}

// Actor gives the capacity of the session: none before the second factor.
func (v SignedIn) Actor() Actor {
	if !v.SecondFactor {
		return Actor{}
	}
	return StaffActor(v.Staff)
}

// StaffSession reads a browser's session. Unauthenticated when it is over or
// the person was disabled since.
func (s *Service) StaffSession(ctx context.Context, secret string) (SignedIn, error) {
	session, staff, err := s.staffSession(ctx, secret)
	if err != nil {
		return SignedIn{}, err
	}
	s.touch(ctx, session)
	return SignedIn{Staff: staff, SecondFactor: session.SecondFactor, Enrolled: staff.TOTPSealed != nil}, nil
}

func (s *Service) staffSession(ctx context.Context, secret string) (StaffSession, Staff, error) {
	none := refuse(Unauthenticated, "session.none")
	session, err := s.Store.StaffSession(ctx, hashSecret(secret))
	if IsKind(err, NotFound) || err == nil && !s.now().Before(session.ExpiresAt) {
		return StaffSession{}, Staff{}, none
	} else if err != nil {
		return StaffSession{}, Staff{}, err
	}
	staff, err := s.Store.Staff(ctx, session.StaffID)
	if err == nil && staff.Disabled {
		return StaffSession{}, Staff{}, none
	}
	if staff.needsSecondFactor() && staff.TOTPSealed == nil {
		session.SecondFactor = false // became an administrator since
	}
	return session, staff, err
}

// SignOut ends the session in the store: its secret opens nothing any more.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	return s.Store.Update(ctx, func(tx Tx) error { return tx.EndStaffSession(ctx, hashSecret(secret)) })
}
