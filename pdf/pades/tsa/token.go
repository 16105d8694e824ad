package tsa

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"time"
)

// MaxToken is the greatest size of an answer that is read, in bytes.
const MaxToken = 64 << 10

// Token is a timestamp token: an authority's signed statement that a digest
// existed at a time. Make it with [Parse].
type Token struct {
	DER    []byte
	Time   time.Time // UTC, with the fraction the authority gave
	Policy asn1.ObjectIdentifier
	Serial *big.Int
	Digest []byte      // what was stamped
	Hash   crypto.Hash // of Digest
	// Certificates are all that the token holds, the signer's own first.
	Certificates []*x509.Certificate

	nonce *big.Int
}

func indirect(value any) any { return reflect.ValueOf(value).Elem().Interface() }

// Parse reads a token, with its certificate inside as certReq asks for, and
// verifies that this certificate's key signed all of the statement. It does
// not ask who that is, see [Token.Verify]. Errors: [ErrMalformed],
// [ErrSignature].
func Parse(der []byte) (*Token, error) {
	if len(der) > MaxToken {
		return nil, fmt.Errorf("%w token: more than %d bytes", ErrMalformed, MaxToken)
	}
	var info contentInfo
	if err := decode(der, "token", &info, ""); err != nil {
		return nil, err
	}
	signed := &info.Content
	if err := checkShape(info.Type, signed); err != nil {
		return nil, err
	}
	t, err := readInfo(signed.Encapsulated.Content)
	if err != nil {
		return nil, err
	}
	t.DER = bytes.Clone(der)
	if t.Certificates, err = readCertificates(signed); err != nil {
		return nil, err
	}
	return t, verifySigner(signed, t.Certificates[0])
}

func checkShape(id asn1.ObjectIdentifier, signed *signedData) error {
	switch {
	case !id.Equal(oidSignedData) || signed.Version != 3: // RFC 5652, 5.1
		return fmt.Errorf("%w token: not signed data", ErrMalformed)
	case !signed.Encapsulated.Type.Equal(oidTSTInfo):
		return fmt.Errorf("%w token: holds %v, not a timestamp", ErrMalformed, signed.Encapsulated.Type)
	case len(signed.Signers) != 1: // RFC 3161, 2.4.2
		return fmt.Errorf("%w token: %d signers", ErrMalformed, len(signed.Signers))
	case signed.Signers[0].Version != 1:
		return fmt.Errorf("%w token: signer of version %d", ErrMalformed, signed.Signers[0].Version)
	case !constructed(signed.Certificates) || !constructed(signed.Lists) || !constructed(signed.Signers[0].Attributes):
		return fmt.Errorf("%w token: a set that is none", ErrMalformed)
	case len(signed.Digests) != 1 || !signed.Digests[0].Algorithm.Equal(signed.Signers[0].Digest.Algorithm) || !plain(signed.Digests[0]):
		return fmt.Errorf("%w token: digest algorithms", ErrMalformed)
	}
	return nil
}

// constructed tells that a value, if it is there, has others in it. The
// standard library asks only for the tag.
func constructed(v asn1.RawValue) bool { return len(v.FullBytes) == 0 || v.IsCompound }

// plain tells that an algorithm has no parameters.
func plain(a pkix.AlgorithmIdentifier) bool {
	return len(a.Parameters.FullBytes) == 0 || bytes.Equal(a.Parameters.FullBytes, asn1.NullBytes)
}

func readInfo(der []byte) (*Token, error) {
	var info tstInfo
	if err := decode(der, "statement", &info, ""); err != nil {
		return nil, err
	}
	at, err := readTime(info.Time)
	if err != nil {
		return nil, err
	}
	hash, ok := hashes[info.Imprint.Algorithm.Algorithm.String()]
	switch {
	case info.Version != 1:
		return nil, fmt.Errorf("%w statement: version %d", ErrMalformed, info.Version)
	case !ok || !plain(info.Imprint.Algorithm):
		return nil, fmt.Errorf("%w statement: imprint with algorithm %v", ErrMalformed, info.Imprint.Algorithm.Algorithm)
	case len(info.Imprint.Digest) != hash.Size():
		return nil, fmt.Errorf("%w statement: imprint of %d bytes", ErrMalformed, len(info.Imprint.Digest))
	}
	return &Token{Time: at, Policy: info.Policy, Serial: info.Serial, Digest: info.Imprint.Digest, Hash: hash, nonce: info.Nonce}, nil
}

// readTime reads a GeneralizedTime as RFC 3161, 2.4.2 wants it: UTC, with
// seconds, a fraction without zeros at its end.
func readTime(v asn1.RawValue) (time.Time, error) {
	text := string(v.Bytes)
	at, err := time.Parse("20060102150405Z", text)
	_, fraction, found := strings.Cut(strings.TrimSuffix(text, "Z"), ".")
	if v.Class != asn1.ClassUniversal || v.Tag != asn1.TagGeneralizedTime || v.IsCompound || err != nil ||
		strings.Contains(text, ",") || found && (fraction == "" || strings.HasSuffix(fraction, "0")) {
		return time.Time{}, fmt.Errorf("%w statement: time %q", ErrMalformed, text)
	}
	return at, nil
}

// readCertificates gives the certificates of a token, the signer's first.
func readCertificates(signed *signedData) ([]*x509.Certificate, error) {
	all, err := x509.ParseCertificates(signed.Certificates.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%w token: certificates: %w", ErrMalformed, err)
	}
	signer := signed.Signers[0].Signer
	for i, c := range all {
		if bytes.Equal(c.RawIssuer, signer.Issuer.FullBytes) && c.SerialNumber.Cmp(signer.Serial) == 0 {
			all[0], all[i] = all[i], all[0]
			return all, nil
		}
	}
	return nil, fmt.Errorf("%w token: the certificate of its signer is not in it", ErrMalformed)
}
