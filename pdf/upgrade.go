package pdf

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"jachete/pdf/pades"
	"jachete/workflow"
)

// Upgrader implements workflow.Upgrader with timestamp authorities.
type Upgrader struct{ archiver pades.Archiver }

var _ workflow.Upgrader = (*Upgrader)(nil)

// NewUpgrader makes an upgrader. source finds the revocation lists of the
// seal's chain and of the authorities', and is asked about once a day for each;
// past are roots of authorities that stamped files before.
func NewUpgrader(stamper pades.Timestamper, source pades.Source, clock workflow.Clock, past ...*x509.Certificate) *Upgrader {
	kept := &pades.Kept{Source: source, Clock: clock.Now}
	return &Upgrader{pades.Archiver{Stamper: stamper, Roots: past, Source: kept, Clock: clock.Now}}
}

// Timestamp implements workflow.Upgrader: it brings a file to B-LT, or to B-T
// when an authority publishes no revocation list.
func (u *Upgrader) Timestamp(ctx context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return improved(ctx, s, u.archiver.LongTerm)
}

// Archive implements workflow.Upgrader: it brings a file to B-LTA.
func (u *Upgrader) Archive(ctx context.Context, s workflow.Sealed) (workflow.Sealed, error) {
	return improved(ctx, s, u.archiver.Archive)
}

func improved(ctx context.Context, s workflow.Sealed, improve func(context.Context, []byte) (pades.Result, error)) (workflow.Sealed, error) {
	result, err := improve(ctx, s.PDF)
	if err != nil {
		return workflow.Sealed{}, &workflow.Error{Kind: workflow.Unavailable, Key: "error.unavailable",
			RetryAfter: time.Minute, Err: fmt.Errorf("pdf: timestamp: %w", err)}
	}
	s.PDF, s.SHA256, s.Level = result.File, sum(result.File), string(result.Level)
	return s, nil
}

// SealRoot gives the certificate that readers of PDF files must trust to
// recognise the seals of a key, in PEM.
func SealRoot(key pades.Key) []byte { return pades.ChainPEM([]*x509.Certificate{key.Root()}) }
