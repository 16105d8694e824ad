package workflow

import (
	"context"
	"crypto/hmac"
	"strings"
)

// codeCheck is what a typed code is held against.
type codeCheck struct {
	subject string         // what the code opens
	browser string         // hash of the secret of the browser that asked for it
	pole    string         // whose journal
	record  string         // notes a wrong code
	count   func(Tx) error // counts a try of what it opens, or refuses
}

// checkCode gives the live code that was typed. The try is committed before
// anything is compared. Invalid on field "code" when it does not match (key
// "code.wrong"), is not six digits ("code.shape") or none is live
// ("code.none"); other errors are those of count.
func (s *Service) checkCode(ctx context.Context, typed string, c codeCheck) (code Code, err error) {
	typed = trimCode(typed)
	if len(typed) != codeDigits || strings.Trim(typed, "0123456789") != "" {
		return Code{}, wrongCode("code.shape")
	}
	err = s.Store.Update(ctx, func(tx Tx) error {
		if err := c.count(tx); err != nil {
			return err
		}
		code, err = tx.TryCode(ctx, c.subject, c.browser, CodeTries, s.now())
		if IsKind(err, NotFound) {
			return wrongCode("code.none")
		}
		return err
	})
	if err != nil {
		return Code{}, err
	}
	if !hmac.Equal(code.HMAC, s.mac("code", c.subject, c.browser, typed)) {
		return Code{}, s.noteWrong(ctx, c)
	}
	return code, nil
}

// noteWrong journals a wrong code, and refuses it.
func (s *Service) noteWrong(ctx context.Context, c codeCheck) error {
	err := s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("code.failed", actorSignatory, c.pole, c.record))
		return nil
	})
	if err != nil {
		return err
	}
	return wrongCode("code.wrong")
}

// useCode spends a code that was checked; Invalid as checkCode when it was used
// this instant, in another tab.
func (s *Service) useCode(ctx context.Context, tx Tx, code Code) error {
	err := tx.UseCode(ctx, code.ID, s.now())
	if IsKind(err, Conflict) {
		return wrongCode("code.none")
	}
	return err
}

func wrongCode(key string) error {
	return &Error{Kind: Invalid, Key: "error.invalid", Fields: []FieldError{{Field: "code", Key: key}}}
}

// trimCode drops the spaces and dashes people and mail programs put into codes.
func trimCode(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '-' || '\u2010' <= r && r <= '\u2015' {
			return -1
		}
		return r
	}, strings.Trim(s, " \t\r\n"))
}
