package pades

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
	"time"
)

// How long the certificates of [Generate] are valid. A leaf may be replaced
// under the same root; a verifier keeps the root.
const (
	rootYears = 30
	leafYears = 10
)

// skew lets a machine whose clock is a little late accept a fresh certificate.
const skew = time.Hour

// Generate makes what a first run needs: a P-256 root (CA, path length 0) and
// a leaf for sealing documents (RFC 9336), both named after the organisation.
// rootKey, PEM, signs later leaves and may be kept offline.
func Generate(random io.Reader, now time.Time, organisation string) (key Key, rootKey []byte, err error) {
	rootSigner, root, err := makeRoot(random, now, organisation)
	if err != nil {
		return Key{}, nil, err
	}
	signer, leaf, err := makeLeaf(random, now, organisation, rootSigner, root)
	if err != nil {
		return Key{}, nil, err
	}
	rootKey, err = privatePEM(rootSigner)
	return Key{signer, []*x509.Certificate{leaf, root}}, rootKey, err
}

func makeRoot(random io.Reader, now time.Time, organisation string) (crypto.Signer, *x509.Certificate, error) {
	template := &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{organisation}, CommonName: organisation + " – racine"},
		NotBefore:             now.Add(-skew),
		NotAfter:              now.AddDate(rootYears, 0, 0),
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLenZero:        true,
	}
	return certify(random, template, nil, nil)
}

func makeLeaf(random io.Reader, now time.Time, organisation string, by crypto.Signer, root *x509.Certificate) (crypto.Signer, *x509.Certificate, error) {
	template := &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{organisation}, CommonName: organisation + " – sceau"},
		NotBefore:             now.Add(-skew),
		NotAfter:              now.AddDate(leafYears, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		UnknownExtKeyUsage:    []asn1.ObjectIdentifier{oidDocumentSigns},
		BasicConstraintsValid: true,
	}
	return certify(random, template, by, root)
}

// certify makes a key and its certificate; without issuer it signs itself.
func certify(random io.Reader, template *x509.Certificate, by crypto.Signer, issuer *x509.Certificate) (crypto.Signer, *x509.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, nil, fmt.Errorf("pades: make key: %w", err)
	}
	if issuer == nil {
		by, issuer = key, template
	}
	if template.SerialNumber, err = serial(random); err != nil {
		return nil, nil, err
	}
	der, err := x509.CreateCertificate(random, template, issuer, key.Public(), by)
	if err != nil {
		return nil, nil, fmt.Errorf("pades: make certificate: %w", err)
	}
	certificate, err := x509.ParseCertificate(der)
	return key, certificate, err
}

// serial is 16 random bytes, positive (RFC 5280, 4.1.2.2).
func serial(random io.Reader) (*big.Int, error) {
	b := make([]byte, 16)
	if _, err := io.ReadFull(random, b); err != nil {
		return nil, fmt.Errorf("pades: serial number: %w", err)
	}
	b[0] = b[0]&0x7F | 0x40 // positive, and never shorter
	return new(big.Int).SetBytes(b), nil
}
