package pades

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"time"

	"jachete/pdf/pades/issue"
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
// rootKey, PEM, signs later leaves and lists, and may be kept offline.
func Generate(random io.Reader, now time.Time, organisation string) (key Key, rootKey []byte, err error) {
	root, err := issue.Root(random, x509.Certificate{
		Subject:   pkix.Name{Organization: []string{organisation}, CommonName: organisation + " – racine"},
		NotBefore: now.Add(-skew),
		NotAfter:  now.AddDate(rootYears, 0, 0),
	})
	if err != nil {
		return Key{}, nil, err
	}
	if key, err = makeLeaf(random, now, organisation, root); err != nil {
		return Key{}, nil, err
	}
	rootKey, err = issue.SignerPEM(root.Signer)
	return key, rootKey, err
}

func makeLeaf(random io.Reader, now time.Time, organisation string, root issue.Issuer) (Key, error) {
	end := now.AddDate(leafYears, 0, 0)
	if end.After(root.Certificate.NotAfter) { // or readers that want nested dates refuse it
		end = root.Certificate.NotAfter
	}
	signer, leaf, err := root.Leaf(random, x509.Certificate{
		Subject:            pkix.Name{Organization: []string{organisation}, CommonName: organisation + " – sceau"},
		NotBefore:          now.Add(-skew),
		NotAfter:           end,
		KeyUsage:           x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		UnknownExtKeyUsage: []asn1.ObjectIdentifier{oidDocumentSigns},
	})
	return Key{signer, []*x509.Certificate{leaf, root.Certificate}}, err
}

// Rotate makes a new leaf under the root that [Generate] made. Certificates
// sealed with the old one stay valid: they carry their own chain. A revocation
// list has to be made again with [MakeCRL]: readers want one that is younger
// than the leaf.
func Rotate(random io.Reader, now time.Time, organisation string, rootKey []byte, root *x509.Certificate) (Key, error) {
	issuer, err := rootIssuer(rootKey, root)
	if err != nil {
		return Key{}, err
	}
	return makeLeaf(random, now, organisation, issuer)
}

// MakeCRL publishes which leaves the root has revoked, none of them if no entry
// is given. The list holds as long as the root: what is sealed today can be
// judged then without asking anyone.
func MakeCRL(random io.Reader, now time.Time, rootKey []byte, root *x509.Certificate, revoked ...x509.RevocationListEntry) (*x509.RevocationList, error) {
	issuer, err := rootIssuer(rootKey, root)
	if err != nil {
		return nil, err
	}
	return issuer.List(random, now, root.NotAfter, revoked...)
}

func rootIssuer(rootKey []byte, root *x509.Certificate) (issue.Issuer, error) {
	signer, err := issue.ParseSigner(rootKey)
	if err != nil {
		return issue.Issuer{}, fmt.Errorf("pades: the root's key: %w", err)
	}
	return issue.Issuer{Signer: signer, Certificate: root}, matches(signer, root)
}
