package pades

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrEvidence tells that certificates or revocation lists are missing, or that
// they speak against a signature.
var ErrEvidence = errors.New("pades: evidence")

// Evidence is what a judge needs who can ask nobody: certificates and
// revocation lists (EN 319 142-1, 5.4.2).
type Evidence struct {
	Certificates []*x509.Certificate
	Lists        []*x509.RevocationList
}

// Used is a chain, signer first and root last, and the moment it must be good
// at: for a signature the time of its first timestamp, for a timestamp the time
// of the next one or, for the last, now.
type Used struct {
	Chain []*x509.Certificate
	At    time.Time
}

// Source finds the revocation list of a certificate.
type Source interface {
	List(ctx context.Context, c, issuer *x509.Certificate) (*x509.RevocationList, error)
}

// Lists is a [Source] of lists at hand, those of one's own authorities. Of
// several of an issuer the last one counts.
type Lists []*x509.RevocationList

// List gives the list of this issuer. Error: [ErrEvidence].
func (l Lists) List(_ context.Context, _, issuer *x509.Certificate) (*x509.RevocationList, error) {
	for i := len(l) - 1; i >= 0; i-- {
		if l[i].CheckSignatureFrom(issuer) == nil {
			return l[i], nil
		}
	}
	return nil, fmt.Errorf("%w: no revocation list of %q", ErrEvidence, issuer.Subject.CommonName)
}

// Sources asks each source in order. The errors of all are joined if none has
// the list.
type Sources []Source

// List gives the first list found.
func (s Sources) List(ctx context.Context, c, issuer *x509.Certificate) (*x509.RevocationList, error) {
	var errs []error
	for _, source := range s {
		list, err := source.List(ctx, c, issuer)
		if err == nil {
			return list, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// Gather collects the evidence for chains, each thing once, and judges it with
// [Evidence.Complete]. Of a root no revocation is asked: who trusts it decides.
func Gather(ctx context.Context, source Source, chains ...Used) (Evidence, error) {
	return Evidence{}.gather(ctx, source, chains)
}

// gather keeps what there is.
func (e Evidence) gather(ctx context.Context, source Source, chains []Used) (Evidence, error) {
	e = Evidence{slices.Clone(e.Certificates), slices.Clone(e.Lists)}
	for _, u := range chains {
		for i, c := range u.Chain {
			e.addCertificate(c)
			if i+1 == len(u.Chain) || e.covers(c, u.Chain[i+1], u.At) == nil {
				continue
			}
			list, err := source.List(ctx, c, u.Chain[i+1])
			if err != nil {
				return e, err
			}
			e.addList(list)
		}
	}
	return e, e.Complete(chains...)
}

func (e *Evidence) addCertificate(c *x509.Certificate) {
	for _, old := range e.Certificates {
		if old.Equal(c) {
			return
		}
	}
	e.Certificates = append(e.Certificates, c)
}

func (e *Evidence) addList(l *x509.RevocationList) {
	for _, old := range e.Lists {
		if bytes.Equal(old.Raw, l.Raw) {
			return
		}
	}
	e.Lists = append(e.Lists, l)
}

// Complete tells whether the evidence holds every certificate of the chains,
// none expired at its moment, and for each but the roots a list that its issuer
// signed, that was not over then, is not older than the certificate, and does
// not say that it was revoked by then. Error: [ErrEvidence].
func (e Evidence) Complete(chains ...Used) error {
	for _, u := range chains {
		for i, c := range u.Chain {
			if !e.holds(c) {
				return fmt.Errorf("%w: without the certificate %q", ErrEvidence, c.Subject.CommonName)
			}
			if c.NotAfter.Before(u.At) {
				return fmt.Errorf("%w: the certificate %q had expired", ErrEvidence, c.Subject.CommonName)
			}
			if i+1 == len(u.Chain) {
				break
			}
			if err := e.covers(c, u.Chain[i+1], u.At); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e Evidence) holds(c *x509.Certificate) bool {
	for _, have := range e.Certificates {
		if have.Equal(c) {
			return true
		}
	}
	return false
}

// covers looks for a list that clears a certificate at a time. A list that says
// it was revoked by then outweighs every other.
func (e Evidence) covers(c, issuer *x509.Certificate, at time.Time) error {
	found := false
	for _, l := range e.Lists {
		if !bytes.Equal(l.RawIssuer, issuer.RawSubject) || l.CheckSignatureFrom(issuer) != nil {
			continue
		}
		if revokedBy(l, c, at) {
			return fmt.Errorf("%w: the certificate %q was revoked", ErrEvidence, c.Subject.CommonName)
		}
		found = found || !l.NextUpdate.Before(at) && !l.ThisUpdate.Before(c.NotBefore)
	}
	if !found {
		return fmt.Errorf("%w: no current revocation list for %q", ErrEvidence, c.Subject.CommonName)
	}
	return nil
}

func revokedBy(l *x509.RevocationList, c *x509.Certificate, at time.Time) bool {
	for _, entry := range l.RevokedCertificateEntries {
		if entry.SerialNumber.Cmp(c.SerialNumber) == 0 && !entry.RevocationTime.After(at) {
			return true
		}
	}
	return false
}
