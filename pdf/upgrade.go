package pdf

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"jachete/pdf/pades"
	"jachete/workflow"
)

// Stamping is who states the time of seals.
type Stamping struct {
	Stamper pades.Timestamper
	Own     []*x509.Certificate // roots of the service's own authorities, if it has any
	Past    []*x509.Certificate // roots of authorities that stamped files before
}

// Upgrader implements workflow.Upgrader with timestamp authorities.
type Upgrader struct {
	archiver pades.Archiver
	own      []*x509.Certificate
}

var _ workflow.Upgrader = (*Upgrader)(nil)

// NewUpgrader makes an upgrader. source finds the revocation lists of the
// seal's chain and of the authorities'; it is asked about once a day for each.
func NewUpgrader(s Stamping, source pades.Source, clock workflow.Clock) *Upgrader {
	kept := &pades.Kept{Source: source, Clock: clock.Now}
	return &Upgrader{pades.Archiver{Stamper: s.Stamper, Roots: s.Past, Source: kept, Clock: clock.Now}, s.Own}
}

// Timestamp implements workflow.Upgrader: it brings a file to B-LT, or to B-T
// when an authority publishes no revocation list.
func (u *Upgrader) Timestamp(ctx context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return u.improved(ctx, s, u.archiver.LongTerm)
}

// Archive implements workflow.Upgrader: it brings a file to B-LTA.
func (u *Upgrader) Archive(ctx context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return u.improved(ctx, s, u.archiver.Archive)
}

func (u *Upgrader) improved(ctx context.Context, s workflow.Sealed, improve func(context.Context, []byte) (pades.Result, error)) (workflow.Sealed, error) {
	result, err := improve(ctx, s.PDF)
	if err != nil {
		return workflow.Sealed{}, &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable",
			RetryAfter: time.Minute, Err: fmt.Errorf("pdf: timestamp: %w", err)}
	}
	if s.Growth, err = growth(s.PDF, result.File); err != nil {
		return workflow.Sealed{}, err
	}
	s.PDF, s.SHA256, s.Level = result.File, sum(result.File), string(result.Level)
	return s, u.tellWhose(&s)
}

// tellWhose notes which authority the file owes its time to, and whether that
// is the service's own, which is no third party.
func (u *Upgrader) tellWhose(s *workflow.Sealed) error {
	token, err := pades.FirstTimestamp(s.PDF)
	if err != nil || token == nil {
		return err
	}
	_, foreign := token.Verify(u.own, token.Time)
	s.StampedAt, s.StampedBy = token.Time, token.Certificates[0].Subject.CommonName
	s.StampedOwn = len(u.own) > 0 && foreign == nil
	return nil
}

// SealRoot gives what readers of PDF files must trust to recognise the seals of
// a key, in PEM: its root, and those of the service's own timestamp authorities.
func SealRoot(key pades.Key, own ...*x509.Certificate) []byte {
	return pades.ChainPEM(append([]*x509.Certificate{key.Root()}, own...))
}
