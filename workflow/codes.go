package workflow

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"time"
)

// sendTimeout bounds the wait for the relay while a person looks at the page.
const sendTimeout = 10 * time.Second

// newDigits makes a code of digits, uniform by rejection (crypto/rand.Int).
func newDigits(n int) string { return randomOf("0123456789", n) }

// newLetters makes a code of letters and digits that are not misread.
func newLetters(n int) string { return randomOf(crockford, n) }

func randomOf(alphabet string, n int) string {
	code := make([]byte, n)
	for i := range code {
		k, err := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		code[i] = alphabet[k.Int64()]
	}
	return string(code)
}

// codeOf stores a code: only its HMAC, bound to what it opens and to the
// browser that asked.
func (s *Service) codeOf(subject, browser, code string) Code {
	now := s.now()
	return Code{ID: newID(), Subject: subject, Browser: browser, HMAC: s.mac("code", subject, browser, code),
		SentAt: now, ExpiresAt: now.Add(CodeLife)}
}

// SendCode mails a one-time code to the contact of the invitation and waits
// for the relay. Conflict when a step is missing; Limited when codes were asked
// too often; Unavailable (key "code.not-sent") when the relay does not take
// it: the code is void then, and counts for nothing but the pause.
func (s *Service) SendCode(ctx context.Context, secret string, v Visit) error {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return err
	}
	if err := p.require(StepVerification); err != nil {
		return err
	}
	if p.Seat == SeatFirst && p.Invitation.CodeTries >= InvitationCodeTries {
		return refuse(Limited, "code.locked")
	}
	digits := newDigits(codeDigits)
	code := s.codeOf(p.codeSubject(), p.Session.Hash, digits)
	if err := s.Store.Update(ctx, func(tx Tx) error { return s.keepCode(ctx, tx, code, p.Invitation, p.Mailbox(), v) }); err != nil {
		return err
	}
	return s.mailCode(ctx, CodeMail{Purpose: PurposeSign, To: p.Mailbox(), Language: p.Invitation.Language,
		Code: digits, Life: CodeLife, Organisation: p.Organisation.Name, Pole: p.Pole}, code, p.Invitation)
}

// codeSubject names what a code of this browser's seat opens.
func (p *Signing) codeSubject() string {
	if p.Seat == SeatFirst {
		return "sign:" + p.Invitation.ID
	}
	return "sign:" + cosignSubject(p.Invitation.ID, p.Seat)
}

// keepCode counts it for the mailbox, whatever the code opens, and takes the
// place of what was sent before. inv is where the journal keeps it.
func (s *Service) keepCode(ctx context.Context, tx Tx, code Code, inv Invitation, mailbox string, v Visit) error {
	for _, l := range []limit{limitCodePause, limitCodeHour, limitCodeDay} {
		if err := s.take(ctx, tx, l, mailbox); err != nil {
			return err
		}
	}
	if err := tx.VoidCodes(ctx, code.Subject, s.now()); err != nil {
		return err
	}
	e := s.event("code.asked", actorSignatory, inv.PoleSlug, inv.ID)
	e.Personal = v.personal()
	tx.Record(e)
	return tx.AddCode(ctx, code)
}

// mailCode sends, and makes the code void when no relay took it. The clean-up
// outlives the request: a person who left must not leave a live code behind.
func (s *Service) mailCode(ctx context.Context, m CodeMail, code Code, inv Invitation) error {
	sending, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	answer, sendErr := s.Courier.SendCode(sending, m)
	after, stop := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer stop()
	err := s.Store.Update(after, func(tx Tx) error {
		kind := "code.sent"
		if sendErr != nil {
			kind = "code.refused"
			if err := s.forgetCode(after, tx, m.To, code); err != nil {
				return err
			}
		}
		e := s.event(kind, actorSystem, inv.PoleSlug, recordOf(code, inv))
		e.Data["answer"] = clip(answer)
		tx.Record(e)
		return nil
	})
	if sendErr != nil {
		return &Error{Kind: Unavailable, Key: "code.not-sent", RetryAfter: time.Minute, Err: sendErr}
	}
	return err
}

// forgetCode makes a code that never left useless, and gives its uses of the
// longer limits back: a relay that was down must not lock anybody out.
func (s *Service) forgetCode(ctx context.Context, tx Tx, mailbox string, code Code) error {
	for _, l := range []limit{limitCodeHour, limitCodeDay} {
		if err := tx.GiveBack(ctx, s.limitKey(l, mailbox), l.window, code.SentAt); err != nil {
			return err
		}
	}
	return tx.VoidCodes(ctx, code.Subject, s.now())
}

// recordOf is the journal record a code belongs to.
func recordOf(code Code, inv Invitation) string {
	if inv.ID != "" {
		return inv.ID
	}
	return code.Subject
}

// ConfirmCode compares what was typed with the code this browser asked for.
// The try is counted first, in one statement. Invalid on field "code" when it
// does not match (key "code.wrong"), is not six digits ("code.shape") or none
// is live ("code.none"); Limited (key "code.locked") after ten tries of one
// link.
func (s *Service) ConfirmCode(ctx context.Context, secret, typed string) error {
	p, err := s.Signing(ctx, secret)
	if err != nil {
		return err
	}
	if err := p.require(StepVerification); err != nil {
		return err
	}
	code, err := s.checkCode(ctx, typed, codeCheck{subject: p.codeSubject(), browser: p.Session.Hash, pole: p.Invitation.PoleSlug, record: p.Invitation.ID,
		count: func(tx Tx) error { return s.countLinkTry(ctx, tx, p) }})
	if err != nil {
		return err
	}
	return s.confirm(ctx, p, code)
}

// countLinkTry counts a try of the live link of a seat, or refuses when it has
// had all.
func (s *Service) countLinkTry(ctx context.Context, tx Tx, p Signing) error {
	count := func() (bool, error) { return tx.CountCodeTry(ctx, p.Invitation.ID, InvitationCodeTries) }
	if p.Seat != SeatFirst {
		key := s.limitKey(limitSeatTries, fmt.Sprintf("%s:%d", p.codeSubject(), p.Session.Issue))
		count = func() (bool, error) { return tx.Take(ctx, key, limitSeatTries.uses, limitSeatTries.window, s.now()) }
	}
	if ok, err := count(); err != nil || ok {
		return err
	}
	return refuse(Limited, "code.locked")
}

func (s *Service) confirm(ctx context.Context, p Signing, code Code) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		if err := s.useCode(ctx, tx, code); err != nil {
			return err
		}
		session := p.Session
		session.ConfirmedAt, session.CodeSentAt = s.now(), code.SentAt
		tx.Record(s.event("code.confirmed", actorSignatory, p.Invitation.PoleSlug, p.Invitation.ID))
		return tx.SetSigningSession(ctx, session)
	})
}
