package tsa

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha1" // names a certificate in RFC 2634, signs nothing
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
)

// ErrSignature tells that a token is not what the certificate in it signed, or
// was signed in a way that is not strong enough.
var ErrSignature = errors.New("tsa: signature")

// minRSA is the least length of an authority's RSA key, in bits. Public
// authorities still use it; the seal's own key has a higher bound.
const minRSA = 2048

var hashes = map[string]crypto.Hash{
	oidSHA256.String(): crypto.SHA256,
	oidSHA384.String(): crypto.SHA384,
	oidSHA512.String(): crypto.SHA512,
}

// schemes are the accepted signature algorithms; 0 takes the digest's.
var schemes = map[string]struct {
	rsa  bool
	hash crypto.Hash
}{
	oidRSA.String():         {true, 0},
	oidRSASHA256.String():   {true, crypto.SHA256},
	oidRSASHA384.String():   {true, crypto.SHA384},
	oidRSASHA512.String():   {true, crypto.SHA512},
	oidECDSASHA256.String(): {false, crypto.SHA256},
	oidECDSASHA384.String(): {false, crypto.SHA384},
	oidECDSASHA512.String(): {false, crypto.SHA512},
}

// verifySigner verifies a token's one signer: the attributes belong to the
// content and to this certificate, and its key signed them.
func verifySigner(signed *signedData, by *x509.Certificate) error {
	signer := &signed.Signers[0]
	digest, ok := hashes[signer.Digest.Algorithm.String()]
	if !ok || !plain(signer.Digest) {
		return fmt.Errorf("%w: digest algorithm %v", ErrSignature, signer.Digest.Algorithm)
	}
	scheme, ok := schemes[signer.Algorithm.Algorithm.String()]
	if !ok || !plain(signer.Algorithm) {
		return fmt.Errorf("%w: algorithm %v", ErrSignature, signer.Algorithm.Algorithm)
	}
	if scheme.hash == 0 {
		scheme.hash = digest
	}
	attributes := append([]byte{0x31}, signer.Attributes.FullBytes[1:]...) // hashed as the SET it is
	if err := checkAttributes(attributes, sum(digest, signed.Encapsulated.Content), by); err != nil {
		return err
	}
	return verifyValue(by.PublicKey, scheme.rsa, scheme.hash, sum(scheme.hash, attributes), signer.Signature)
}

func verifyValue(public crypto.PublicKey, isRSA bool, hash crypto.Hash, digest, signature []byte) error {
	switch p := public.(type) {
	case *ecdsa.PublicKey:
		if p.Curve == elliptic.P224() {
			return fmt.Errorf("%w: curve P-224", ErrSignature)
		}
		if !isRSA && ecdsa.VerifyASN1(p, digest, signature) {
			return nil
		}
	case *rsa.PublicKey:
		if p.N.BitLen() < minRSA {
			return fmt.Errorf("%w: RSA key of %d bits", ErrSignature, p.N.BitLen())
		}
		if isRSA && rsa.VerifyPKCS1v15(p, hash, digest, signature) == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: does not verify", ErrSignature)
}

// checkAttributes wants each of the three attributes once, with one value.
func checkAttributes(set, digest []byte, by *x509.Certificate) error {
	var list []attribute
	if err := decode(set, "signed attributes", &list, "set"); err != nil {
		return err
	}
	values := map[string]asn1.RawValue{}
	for _, a := range list {
		if _, twice := values[a.Type.String()]; twice || len(a.Values) != 1 {
			return fmt.Errorf("%w: attribute %v more than once", ErrSignature, a.Type)
		}
		values[a.Type.String()] = a.Values[0]
	}
	wantType, _ := asn1.Marshal(oidTSTInfo)
	wantDigest, _ := asn1.Marshal(digest)
	if !bytes.Equal(values[oidContentType.String()].FullBytes, wantType) {
		return fmt.Errorf("%w: content type", ErrSignature)
	}
	if !bytes.Equal(values[oidMessageDigest.String()].FullBytes, wantDigest) {
		return fmt.Errorf("%w: digest of the statement", ErrSignature)
	}
	return checkSigningCertificate(values, by)
}

// checkSigningCertificate wants the certificate named by its hash, in either
// attribute and in each that is there (RFC 5816, 2.2.1).
func checkSigningCertificate(values map[string]asn1.RawValue, by *x509.Certificate) error {
	found := false
	for _, id := range []asn1.ObjectIdentifier{oidSigningCert, oidSigningCertV2} {
		v, ok := values[id.String()]
		if !ok {
			continue
		}
		found = true
		var s signingCertificate
		if err := decode(v.FullBytes, "signing certificate", &s, ""); err != nil {
			return err
		}
		if len(s.Certs) == 0 || !names(s.Certs[0], id.Equal(oidSigningCertV2), by) {
			return fmt.Errorf("%w: names another certificate", ErrSignature)
		}
	}
	if !found {
		return fmt.Errorf("%w: names no certificate", ErrSignature)
	}
	return nil
}

func names(id certID, v2 bool, c *x509.Certificate) bool {
	if !v2 {
		hash := sha1.Sum(c.Raw)
		return len(id.Algorithm.Algorithm) == 0 && bytes.Equal(id.Hash, hash[:])
	}
	hash, ok := crypto.SHA256, true
	if len(id.Algorithm.Algorithm) > 0 {
		hash, ok = hashes[id.Algorithm.Algorithm.String()]
	}
	return ok && bytes.Equal(id.Hash, sum(hash, c.Raw))
}

func sum(hash crypto.Hash, data []byte) []byte {
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}
