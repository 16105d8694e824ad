package workflow

import (
	"context"
	"time"
)

// PersonalPage is what the link of a certificate mail shows the person who
// signed.
type PersonalPage struct {
	MailedCertificate
	Commitment     Commitment // as it is, whatever the public may know
	ReplacedBy     Commitment // zero when none does, or while nothing may be said of it
	Embargo        time.Time  // until when nothing is public; zero when it is
	Looks          []Look     // at the evidence, latest first
	Corrections    []Correction
	ConfirmedUntil time.Time // until when this browser may act; zero when it may not
}

// Confirmed tells that the browser may act: a code was given in it.
func (p PersonalPage) Confirmed() bool { return !p.ConfirmedUntil.IsZero() }

// Publish gives the choices as they stand in the register.
func (p PersonalPage) Publish() Publish {
	named := p.Commitment.PublicName
	if p.Seat == SeatSecond {
		named = p.Commitment.PublicSecond.Name
	}
	return Publish{Signatory: named != "", Newsletter: p.Signature.Publish.Newsletter, Quote: p.Commitment.PublicQuote, Logo: p.Commitment.PublicLogo}
}

// PersonalPage reads the link of a certificate mail and changes nothing. secret
// is the browser's, from ConfirmManageCode, or empty. Errors as
// MailedCertificate; the link of an original, which whoever holds a file gets,
// is NotFound.
func (s *Service) PersonalPage(ctx context.Context, token, secret string, v Visit) (p PersonalPage, err error) {
	if p.MailedCertificate, err = s.MailedCertificate(ctx, token, v); err != nil {
		return PersonalPage{}, err
	}
	if p.Original {
		return PersonalPage{}, refuse(NotFound, "link.unknown")
	}
	if p.Commitment, err = s.Store.CommitmentByNumber(ctx, p.Certificate.Number); err != nil {
		return PersonalPage{}, err
	}
	p.Embargo = p.Commitment.EmbargoAt(s.now())
	if p.Commitment, p.ReplacedBy, err = s.publicly(ctx, p.Commitment); err != nil {
		return PersonalPage{}, err
	}
	if p.Looks, err = s.looks(ctx, p.Signature, p.Certificate.Number); err != nil {
		return PersonalPage{}, err
	}
	if p.Corrections, err = s.Store.Corrections(ctx, p.Signature.InvitationID); err != nil {
		return PersonalPage{}, err
	}
	p.ConfirmedUntil, err = s.confirmedUntil(ctx, p.MailedCertificate, secret)
	return p, err
}
