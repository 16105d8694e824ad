package main

import (
	"crypto/rand"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
)

// timestamping is who states the time of seals.
type timestamping struct {
	stamper pades.Timestamper // nil: nobody
	own     *tsa.Authority    // the service's own, also when it is asked no more; nil if there never was one
	past    []*x509.Certificate
}

// timestamping reads the configured authorities, and the service's own.
func (k keyring) timestamping(s settings, clock func() time.Time) (t timestamping, err error) {
	if t.own, err = k.authority(clock, s.TSA == ownAuthority); err != nil {
		return t, wrap("keys: tsa.pem", err)
	}
	if s.TSACA != "" {
		if t.past, err = readChain(s.TSACA); err != nil {
			return t, wrap("JACHETE_TSA_CA", err)
		}
	}
	switch {
	case s.TSA == ownAuthority:
		t.stamper = t.own
	case len(s.authorities) > 0:
		t.stamper, err = tsa.NewClient(s.authorities, t.past, clock)
	}
	if t.own != nil {
		t.past = append(t.past, t.own.Roots()...)
	}
	return t, wrap("JACHETE_TSA", err)
}

// authority reads the service's own timestamp authority, and makes it if it is
// wanted. Nil when there is none.
func (k keyring) authority(clock func() time.Time, wanted bool) (*tsa.Authority, error) {
	if _, err := os.Stat(k.path("tsa.pem")); !wanted && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	text, err := k.secret("tsa.pem", func() (string, error) {
		a, err := tsa.NewAuthority(rand.Reader, clock, sealName)
		if err != nil {
			return "", err
		}
		file, err := a.PEM()
		return string(file), err
	})
	if err != nil {
		return nil, err
	}
	return tsa.ParseAuthority([]byte(text), clock)
}

// upgrader timestamps and archives seals; nil when nobody states the time. The
// revocation lists of our own roots are at hand, published gives the others.
func (a *app) upgrader(published pades.Source) (workflow.Upgrader, error) {
	if a.time.stamper == nil {
		return nil, nil
	}
	lists, err := a.keys.revocations()
	if err != nil {
		return nil, err
	}
	stamping := pdf.Stamping{Stamper: a.time.stamper, Past: a.time.past}
	if a.time.own != nil {
		lists = append(lists, a.time.own.List)
		stamping.Own = a.time.own.Roots()
	}
	return pdf.NewUpgrader(stamping, pades.Sources{lists, published}, a.clock), nil
}
