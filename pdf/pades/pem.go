package pades

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"jachete/pdf/pades/issue"

	"software.sslmate.com/src/go-pkcs12"
)

// ParsePEM reads a private key (PKCS #8, PKCS #1 or SEC 1) and a chain, leaf
// first. The key is not validated, see [Key.Check].
func ParsePEM(key, chain []byte) (Key, error) {
	signer, err := issue.ParseSigner(key)
	if err != nil {
		return Key{}, err
	}
	certificates, err := ParseChain(chain)
	return Key{signer, certificates}, err
}

// ParseChain reads the certificates of a PEM file, in their order, at least
// one.
func ParseChain(chain []byte) ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	for block, rest := pem.Decode(chain); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("pades: certificate %d of the chain: %w", len(out)+1, err)
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil, errors.New("pades: no certificate in the chain file")
	}
	return out, nil
}

// ParseP12 reads a PKCS #12 file, as authorities deliver them.
func ParseP12(file []byte, password string) (Key, error) {
	private, leaf, others, err := pkcs12.DecodeChain(file, password)
	if err != nil {
		return Key{}, fmt.Errorf("pades: PKCS #12 file: %w", err)
	}
	signer, ok := private.(crypto.Signer)
	if !ok {
		return Key{}, fmt.Errorf("pades: %T cannot sign", private)
	}
	return Key{signer, ordered(leaf, others)}, nil
}

// ordered follows the issuers from the leaf; PKCS #12 keeps no order.
func ordered(leaf *x509.Certificate, others []*x509.Certificate) []*x509.Certificate {
	chain := []*x509.Certificate{leaf}
	for len(chain) <= len(others) {
		last := chain[len(chain)-1]
		next := issuer(last, others)
		if next == nil || bytes.Equal(last.RawSubject, last.RawIssuer) {
			break
		}
		chain = append(chain, next)
	}
	return chain
}

func issuer(of *x509.Certificate, among []*x509.Certificate) *x509.Certificate {
	for _, c := range among {
		if bytes.Equal(c.RawSubject, of.RawIssuer) {
			return c
		}
	}
	return nil
}

// PEM gives the private key (PKCS #8) and the chain, to be kept in files; the
// first one is a secret. A key in a device cannot be written: error.
func (k Key) PEM() (key, chain []byte, err error) {
	if key, err = issue.SignerPEM(k.Signer); err != nil {
		return nil, nil, err
	}
	return key, ChainPEM(k.Chain), nil
}

// ChainPEM writes certificates in their order.
func ChainPEM(chain []*x509.Certificate) []byte {
	var out []byte
	for _, c := range chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}
