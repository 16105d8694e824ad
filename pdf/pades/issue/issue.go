// Package issue makes X.509 certificates and revocation lists (RFC 5280) for
// authorities of one's own: the root of the seal and the root of the embedded
// timestamp authority. All keys are P-256.
//
// A chain that should be judged decades later needs a revocation list whose
// next update lies beyond that: [List] takes the date, and a root that stays
// offline may publish one list for its whole life.
package issue

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"time"
)

// Issuer signs certificates and lists.
type Issuer struct {
	Signer      crypto.Signer
	Certificate *x509.Certificate
}

// Root makes a key and a certificate that signs itself: a CA whose only
// children are leaves. The template gives subject and dates.
func Root(random io.Reader, template x509.Certificate) (Issuer, error) {
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	template.BasicConstraintsValid, template.IsCA, template.MaxPathLenZero = true, true, true
	return certify(random, &template, nil)
}

// Leaf makes a key and a certificate of this issuer for it. The template gives
// subject, dates and usages.
func (i Issuer) Leaf(random io.Reader, template x509.Certificate) (crypto.Signer, *x509.Certificate, error) {
	template.BasicConstraintsValid = true
	leaf, err := certify(random, &template, &i)
	return leaf.Signer, leaf.Certificate, err
}

// certify makes a key and its certificate; without issuer it signs itself.
func certify(random io.Reader, template *x509.Certificate, by *Issuer) (Issuer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return Issuer{}, fmt.Errorf("issue: make key: %w", err)
	}
	if by == nil {
		by = &Issuer{key, template}
	}
	if template.SerialNumber, err = Serial(random); err != nil {
		return Issuer{}, err
	}
	if template.SubjectKeyId, err = keyID(key.Public()); err != nil {
		return Issuer{}, err
	}
	der, err := x509.CreateCertificate(random, template, by.Certificate, key.Public(), by.Signer)
	if err != nil {
		return Issuer{}, fmt.Errorf("issue: make certificate: %w", err)
	}
	certificate, err := x509.ParseCertificate(der)
	return Issuer{key, certificate}, err
}

// keyID names a key by the hash of its encoding (RFC 7093, 2, method 1), in
// leaves too (RFC 5280, 4.2.1.2).
func keyID(public crypto.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("issue: key: %w", err)
	}
	var info struct {
		Algorithm asn1.RawValue
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return nil, fmt.Errorf("issue: key: %w", err)
	}
	sum := sha256.Sum256(info.Key.Bytes)
	return sum[:20], nil
}

// List makes a revocation list with these entries, valid from now to next. Its
// number is the time, so that later lists have higher ones.
func (i Issuer) List(random io.Reader, now, next time.Time, revoked ...x509.RevocationListEntry) (*x509.RevocationList, error) {
	der, err := x509.CreateRevocationList(random, &x509.RevocationList{
		Number: big.NewInt(now.Unix()), ThisUpdate: now, NextUpdate: next, RevokedCertificateEntries: revoked,
	}, i.Certificate, i.Signer)
	if err != nil {
		return nil, fmt.Errorf("issue: make revocation list: %w", err)
	}
	return x509.ParseRevocationList(der)
}

// Serial is 16 random bytes, positive (RFC 5280, 4.1.2.2).
func Serial(random io.Reader) (*big.Int, error) {
	b := make([]byte, 16)
	if _, err := io.ReadFull(random, b); err != nil {
		return nil, fmt.Errorf("issue: serial number: %w", err)
	}
	b[0] = b[0]&0x7F | 0x40 // positive, and never shorter
	return new(big.Int).SetBytes(b), nil
}
