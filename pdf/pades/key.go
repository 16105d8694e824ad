package pades

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Key seals: a private key, which may live in a device, and its certificate
// chain, leaf first. The root may be the last one.
type Key struct {
	Signer crypto.Signer
	Chain  []*x509.Certificate
}

// MinRSA is the least length of an RSA key, in bits (ETSI TS 119 312).
const MinRSA = 3072

// Check refuses a key that must not seal at this time. Several faults are
// joined in one error: no key or chain, key and certificate that do not belong
// together, RSA under [MinRSA], any curve but P-256, Ed25519 (common readers
// refuse it), a certificate of the chain expired or not yet valid, a leaf not
// allowed to sign, a chain out of order.
func (k Key) Check(at time.Time) error {
	if k.Signer == nil || len(k.Chain) == 0 {
		return errors.New("pades: no key or no certificate")
	}
	leaf := k.Chain[0]
	errs := []error{strength(leaf.PublicKey), matches(k.Signer, leaf)}
	if leaf.KeyUsage != 0 && leaf.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		errs = append(errs, errors.New("pades: the certificate does not allow signing"))
	}
	for i, c := range k.Chain {
		errs = append(errs, validAt(c, at))
		if i > 0 {
			errs = append(errs, issued(k.Chain[i-1], c))
		}
	}
	return errors.Join(errs...)
}

func strength(public crypto.PublicKey) error {
	switch p := public.(type) {
	case *rsa.PublicKey:
		if p.N.BitLen() < MinRSA {
			return fmt.Errorf("pades: RSA key of %d bits, at least %d wanted", p.N.BitLen(), MinRSA)
		}
		return nil
	case *ecdsa.PublicKey:
		if p.Curve != elliptic.P256() {
			return fmt.Errorf("pades: curve %s, P-256 wanted", p.Curve.Params().Name)
		}
		return nil
	}
	return fmt.Errorf("pades: %T cannot seal, P-256 or RSA wanted", public)
}

func matches(signer crypto.Signer, leaf *x509.Certificate) error {
	public, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok || !public.Equal(leaf.PublicKey) {
		return errors.New("pades: key and certificate do not belong together")
	}
	return nil
}

func validAt(c *x509.Certificate, at time.Time) error {
	if at.Before(c.NotBefore) {
		return fmt.Errorf("pades: certificate %q is valid only from %s", c.Subject.CommonName, c.NotBefore.Format(time.RFC3339))
	}
	if at.After(c.NotAfter) {
		return fmt.Errorf("pades: certificate %q expired on %s", c.Subject.CommonName, c.NotAfter.Format(time.RFC3339))
	}
	return nil
}

func issued(child, parent *x509.Certificate) error {
	if err := child.CheckSignatureFrom(parent); err != nil {
		return fmt.Errorf("pades: %q is not issued by %q: %w", child.Subject.CommonName, parent.Subject.CommonName, err)
	}
	return nil
}

// Size is the room a signature of this key needs in a [Dictionary], in bytes:
// the chain, the longest signature value, and what stands around them.
func (k Key) Size() int {
	size := 512 + len(k.Chain[0].RawIssuer)
	for _, c := range k.Chain {
		size += len(c.Raw)
	}
	if p, ok := k.Chain[0].PublicKey.(*rsa.PublicKey); ok {
		return size + p.Size()
	}
	return size + 72 // two integers of 33 bytes in a sequence
}

// Name is the common name of the leaf, which readers show as the signer.
func (k Key) Name() string { return k.Chain[0].Subject.CommonName }

// Root is the last certificate of the chain: what a verifier must trust.
func (k Key) Root() *x509.Certificate { return k.Chain[len(k.Chain)-1] }

// Expires is the first moment at which a certificate of the chain ends.
func (k Key) Expires() time.Time {
	return slices.MinFunc(k.Chain, func(a, b *x509.Certificate) int { return a.NotAfter.Compare(b.NotAfter) }).NotAfter
}
