package workflow

import (
	"context"
	"time"
)

// certificateSessionLife is how long a browser may act for a certificate after
// its code: long enough to read what one does.
const certificateSessionLife = 30 * time.Minute

// PurposeManage is the purpose of codes that let a browser act for a
// certificate: the mailed link alone could have been forwarded.
const PurposeManage CodePurpose = "manage"

// limitManageTries bounds how many codes may be tried for one certificate,
// whoever holds its link.
var limitManageTries = limit{"manage-tries", 10, 24 * time.Hour}

// CertificateSession is a browser that proved control of the mailbox a
// certificate was signed from, a while after the signature.
type CertificateSession struct {
	Hash        string // of the browser's secret
	SignatureID string
	CreatedAt   time.Time
	ExpiresAt   time.Time
}

func (c MailedCertificate) manageSubject() string {
	return "manage:" + certificateSubject(c.Signature.ID, c.Seat)
}

// browserHash is what is stored of a browser's secret: it is worth nothing at
// another person's seat.
func (c MailedCertificate) browserHash(secret string) string {
	if c.Seat == SeatFirst {
		return hashSecret(secret)
	}
	return hashSecret(secret + ":" + string(c.Seat))
}

// SendManageCode mails a code to the mailbox that the certificate behind the
// link was signed from, and waits for the relay. browser is a secret of the
// browser that asks, see Browser. Errors as PersonalPage, and as SendCode.
func (s *Service) SendManageCode(ctx context.Context, token, browser string, v Visit) error {
	p, err := s.PersonalPage(ctx, token, "", v)
	if err != nil {
		return err
	}
	view, err := s.Store.InvitationView(ctx, p.Signature.InvitationID)
	if err != nil {
		return err
	}
	digits := newDigits(codeDigits)
	code := s.codeOf(p.manageSubject(), hashSecret(browser), digits)
	inv := view.Invitation
	if err := s.Store.Update(ctx, func(tx Tx) error {
		return s.keepCode(ctx, tx, code, inv, p.Signature.Evidence.Email, v)
	}); err != nil {
		return err
	}
	return s.mailCode(ctx, CodeMail{Purpose: PurposeManage, To: p.Signature.Evidence.Email, Language: p.Signature.Language, Code: digits,
		Life: CodeLife, Organisation: p.Signature.Organisation.Name, Pole: p.Pole}, code, inv)
}

// ConfirmManageCode exchanges the mailed code for a session of the browser.
// The try is counted first. Invalid on field "code" as ConfirmCode; Limited
// (key "limit.manage-tries") after too many tries for one certificate; other
// errors as PersonalPage.
func (s *Service) ConfirmManageCode(ctx context.Context, token, browser, typed string, v Visit) (secret string, err error) {
	p, err := s.PersonalPage(ctx, token, "", v)
	if err != nil {
		return "", err
	}
	subject := p.manageSubject()
	code, err := s.checkCode(ctx, typed, codeCheck{subject: subject, browser: hashSecret(browser), pole: p.Signature.PoleSlug, record: p.Signature.InvitationID,
		count: func(tx Tx) error { return s.take(ctx, tx, limitManageTries, subject) }})
	if err != nil {
		return "", err
	}
	return s.openCertificateSession(ctx, p.MailedCertificate, code)
}

// openCertificateSession gives the browser another secret than the one it
// asked the code with.
func (s *Service) openCertificateSession(ctx context.Context, c MailedCertificate, code Code) (string, error) {
	sig := c.Signature
	secret, _ := newSecret()
	now, hash := s.now(), c.browserHash(secret)
	return secret, s.Store.Update(ctx, func(tx Tx) error {
		if err := s.useCode(ctx, tx, code); err != nil {
			return err
		}
		tx.Record(s.event("code.confirmed", actorSignatory, sig.PoleSlug, sig.InvitationID))
		return tx.AddCertificateSession(ctx, CertificateSession{Hash: hash, SignatureID: sig.ID, CreatedAt: now, ExpiresAt: now.Add(certificateSessionLife)})
	})
}

// confirmedUntil tells until when a browser may act for a certificate; zero
// when it may not.
func (s *Service) confirmedUntil(ctx context.Context, c MailedCertificate, secret string) (time.Time, error) {
	if secret == "" {
		return time.Time{}, nil
	}
	session, err := s.Store.CertificateSession(ctx, c.browserHash(secret))
	switch {
	case IsKind(err, NotFound), err == nil && (session.SignatureID != c.Signature.ID || !s.now().Before(session.ExpiresAt)):
		return time.Time{}, nil
	}
	return session.ExpiresAt, err
}

// managed is PersonalPage for a browser that may act: Unauthenticated (key
// "manage.unconfirmed") when it has not given a code, or too long ago.
func (s *Service) managed(ctx context.Context, token, secret string, v Visit) (PersonalPage, error) {
	p, err := s.PersonalPage(ctx, token, secret, v)
	if err == nil && !p.Confirmed() {
		err = refuse(Unauthenticated, "manage.unconfirmed")
	}
	return p, err
}
