package tsa

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

// Object identifiers, with the text that assigns each.
var (
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}         // RFC 5652, 5.1
	oidTSTInfo       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}  // RFC 3161, 2.4.2
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}         // RFC 5652, 11.1
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}         // RFC 5652, 11.2
	oidSigningCert   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12} // RFC 2634, 5.4
	oidSigningCertV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47} // RFC 5035, 3
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}     // RFC 5754, 2.2
	oidSHA384        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}     // RFC 5754, 2.3
	oidSHA512        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}     // RFC 5754, 2.4
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}         // RFC 3370, 3.2
	oidRSASHA256     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}        // RFC 5754, 3.2
	oidRSASHA384     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12}
	oidRSASHA512     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 13}
	oidECDSASHA256   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2} // RFC 5758, 3.2
	oidECDSASHA384   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3}
	oidECDSASHA512   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 4}
	oidExtKeyUsage   = asn1.ObjectIdentifier{2, 5, 29, 37} // RFC 5280, 4.2.1.12
)

// The structures of RFC 3161, 2.4.
type (
	request struct {
		Version int
		Imprint imprint
		Policy  asn1.ObjectIdentifier `asn1:"optional"`
		Nonce   *big.Int              `asn1:"optional"`
		CertReq bool                  `asn1:"optional"`
	}
	imprint struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}
	response struct {
		Status status
		Token  asn1.RawValue `asn1:"optional"`
	}
	status struct {
		Code    int
		Text    []asn1.RawValue `asn1:"optional"` // UTF8String
		Failure asn1.BitString  `asn1:"optional"`
	}
	tstInfo struct {
		Version    int
		Policy     asn1.ObjectIdentifier
		Imprint    imprint
		Serial     *big.Int
		Time       asn1.RawValue // a GeneralizedTime that may have a fraction
		Accuracy   accuracy      `asn1:"optional"`
		Ordering   bool          `asn1:"optional"`
		Nonce      *big.Int      `asn1:"optional"`
		Authority  asn1.RawValue `asn1:"optional,tag:0"`
		Extensions asn1.RawValue `asn1:"optional,tag:1"`
	}
	accuracy struct {
		Raw     asn1.RawContent
		Seconds int `asn1:"optional"`
		Millis  int `asn1:"optional,tag:0"`
		Micros  int `asn1:"optional,tag:1"`
	}
)

// The structures of RFC 5652, 5.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version      int
		Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
		Encapsulated encapsulated
		Certificates asn1.RawValue `asn1:"optional,tag:0"`
		Lists        asn1.RawValue `asn1:"optional,tag:1"`
		Signers      []signerInfo  `asn1:"set"`
	}
	encapsulated struct {
		Type    asn1.ObjectIdentifier
		Content []byte `asn1:"explicit,tag:0"`
	}
	signerInfo struct {
		Version    int
		Signer     issuerAndSerial
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue `asn1:"tag:0"`
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
	}
	issuerAndSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values []asn1.RawValue `asn1:"set"`
	}
	// signingCertificate is that of RFC 2634 and, with an algorithm in certID,
	// that of RFC 5035.
	signingCertificate struct {
		Certs    []certID
		Policies asn1.RawValue `asn1:"optional"`
	}
	certID struct {
		Algorithm    pkix.AlgorithmIdentifier `asn1:"optional"` // SHA-256 if absent
		Hash         []byte
		IssuerSerial asn1.RawValue `asn1:"optional"`
	}
)

// ErrMalformed tells that bytes are not the strict DER (X.690, 10 and 11) of
// what they should be.
var ErrMalformed = errors.New("tsa: malformed")

// decode reads DER. The standard library lets some things pass, among them
// elements after the last known one and sets out of order: what does not encode
// back to the same bytes is refused.
func decode(der []byte, what string, value any, params string) error {
	rest, err := asn1.UnmarshalWithParams(der, value, params)
	if err != nil {
		return fmt.Errorf("%w %s: %w", ErrMalformed, what, err)
	}
	if len(rest) > 0 {
		return fmt.Errorf("%w %s: %d bytes after its end", ErrMalformed, what, len(rest))
	}
	again, err := asn1.MarshalWithParams(indirect(value), params)
	if err != nil || !bytes.Equal(again, der) {
		return fmt.Errorf("%w %s: not DER", ErrMalformed, what)
	}
	return nil
}
