package tsa

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"time"
)

// ErrAuthority tells that a token's signer is not an authority we trust, or
// was none at the time.
var ErrAuthority = errors.New("tsa: authority")

// Verify judges the authority: its certificate is for timestamps and nothing
// else, says so critically (RFC 3161, 2.3), and led to one of the roots at the
// given moment. It returns the chain, signer first, root last. For a fresh
// token the moment is its own time. Revocation is not asked here. Error:
// [ErrAuthority].
func (t *Token) Verify(roots []*x509.Certificate, at time.Time) ([]*x509.Certificate, error) {
	leaf := t.Certificates[0]
	if err := checkUsage(leaf); err != nil {
		return nil, err
	}
	trusted, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range roots {
		trusted.AddCert(c)
	}
	for _, c := range t.Certificates[1:] {
		between.AddCert(c)
	}
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots: trusted, Intermediates: between, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAuthority, err)
	}
	return chains[0], nil
}

func checkUsage(c *x509.Certificate) error {
	if len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping || len(c.UnknownExtKeyUsage) > 0 {
		return fmt.Errorf("%w: the certificate %q is not for timestamps alone", ErrAuthority, c.Subject.CommonName)
	}
	for _, e := range c.Extensions {
		if e.Id.Equal(oidExtKeyUsage) && !e.Critical {
			return fmt.Errorf("%w: the certificate %q does not say critically that it is for timestamps", ErrAuthority, c.Subject.CommonName)
		}
	}
	if c.KeyUsage != 0 && c.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return fmt.Errorf("%w: the certificate %q may not sign", ErrAuthority, c.Subject.CommonName)
	}
	return nil
}

// Covers tells whether the token is about this digest, made with SHA-256.
func (t *Token) Covers(digest []byte) bool {
	return t.Hash.Size() == len(digest) && bytes.Equal(t.Digest, digest)
}
