package pades

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"fmt"

	"jachete/pdf/pades/tsa"
)

// message is what a CMS of ours is made of, beside its signed attributes.
type message struct {
	certificates []byte // DER, one after the other
	signature    []byte
	token        []byte // DER, nil without timestamp
}

// readMessage takes the CMS at the start of a gap apart. Error: [ErrAltered].
func readMessage(contents []byte) (m message, err error) {
	der := make([]byte, hex.DecodedLen(len(contents)))
	if _, err := hex.Decode(der, contents); err != nil {
		return m, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	var info contentInfo
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return m, fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if len(info.Content.Signers) != 1 {
		return m, fmt.Errorf("%w: number of signers", ErrAltered)
	}
	signer := info.Content.Signers[0]
	m = message{certificates: info.Content.Certificates.Bytes, signature: signer.Signature}
	m.token, err = readToken(signer.Unsigned.Bytes)
	return m, err
}

// readToken gives the token in the unsigned attributes, where we write nothing
// else.
func readToken(attributes []byte) ([]byte, error) {
	if len(attributes) == 0 {
		return nil, nil
	}
	var a attribute
	rest, err := asn1.Unmarshal(attributes, &a)
	if err != nil || len(rest) > 0 || !a.Type.Equal(oidTimestampToken) || len(a.Values) != 1 {
		return nil, fmt.Errorf("%w: unsigned attributes", ErrAltered)
	}
	return bytes.Clone(a.Values[0].FullBytes), nil
}

// stamp is the digest that a timestamp of the signature is about (RFC 3161, A).
func (m message) stamp() [sha256.Size]byte { return sha256.Sum256(m.signature) }

// chain parses the certificates, leaf first.
func (m message) chain() ([]*x509.Certificate, error) {
	chain, err := x509.ParseCertificates(m.certificates)
	if err != nil || len(chain) == 0 {
		return nil, fmt.Errorf("%w: certificates: %w", ErrAltered, err)
	}
	return chain, nil
}

// checkTimestamp wants the token, if there is one, to be about the signature.
func (m message) checkTimestamp() error {
	if m.token == nil {
		return nil
	}
	token, err := tsa.Parse(m.token)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAltered, err)
	}
	if stamp := m.stamp(); !token.Covers(stamp[:]) {
		return fmt.Errorf("%w: timestamp of something else", ErrAltered)
	}
	return nil
}
