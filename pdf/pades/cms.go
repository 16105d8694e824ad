package pades

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"io"
	"math/big"
)

// The structures of RFC 5652, 5, with what PAdES leaves of them.
type (
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version      int
		Digests      []pkix.AlgorithmIdentifier `asn1:"set"`
		Encapsulated encapsulated
		Certificates asn1.RawValue
		Signers      []signerInfo `asn1:"set"`
	}
	encapsulated struct{ Type asn1.ObjectIdentifier } // detached: no content
	signerInfo   struct {
		Version    int
		Signer     issuerAndSerial
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
		Unsigned   asn1.RawValue `asn1:"optional,tag:1"`
	}
	issuerAndSerial struct {
		Issuer asn1.RawValue
		Serial *big.Int
	}
	attribute struct {
		Type   asn1.ObjectIdentifier
		Values []asn1.RawValue `asn1:"set"`
	}
	// signingCertificateV2 of RFC 5035 with SHA-256, which is the default and
	// therefore not written.
	signingCertificateV2 struct{ Certs []certID }
	certID               struct{ Hash []byte }
)

// sign makes the CMS for a file with this digest.
func sign(random io.Reader, key Key, digest [sha256.Size]byte) ([]byte, error) {
	attributes, err := signedAttributes(key.Chain[0], digest)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(attributes)
	signature, err := key.Signer.Sign(random, hash[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("pades: sign: %w", err)
	}
	return encode(key.Chain, attributes, signature, nil)
}

// encode puts attributes, signature, chain and, if there is one, the timestamp
// token together. The same parts always give the same bytes.
func encode(chain []*x509.Certificate, attributes, signature, token []byte) ([]byte, error) {
	leaf := chain[0]
	unsigned, err := unsignedAttributes(token)
	if err != nil {
		return nil, err
	}
	var certificates []byte
	for _, c := range chain {
		certificates = append(certificates, c.Raw...)
	}
	// In SignerInfo the set carries tag [0]; it is hashed with its own tag.
	implicit := append([]byte{0xA0}, attributes[1:]...)
	der, err := asn1.Marshal(contentInfo{oidSignedData, signedData{
		Version:      1,
		Digests:      []pkix.AlgorithmIdentifier{sha256Algorithm},
		Encapsulated: encapsulated{oidData},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: certificates},
		Signers: []signerInfo{{
			Version:    1,
			Signer:     issuerAndSerial{asn1.RawValue{FullBytes: leaf.RawIssuer}, leaf.SerialNumber},
			Digest:     sha256Algorithm,
			Attributes: asn1.RawValue{FullBytes: implicit},
			Algorithm:  algorithm(leaf),
			Signature:  signature,
			Unsigned:   unsigned,
		}},
	}})
	if err != nil {
		return nil, fmt.Errorf("pades: encode: %w", err)
	}
	return der, nil
}

// signedAttributes is the DER SET that is signed; DER sorts a set by its bytes.
func signedAttributes(leaf *x509.Certificate, digest [sha256.Size]byte) ([]byte, error) {
	hash := sha256.Sum256(leaf.Raw)
	var set []attribute
	for _, a := range []struct {
		id    asn1.ObjectIdentifier
		value any
	}{
		{oidContentType, oidData},
		{oidMessageDigest, digest[:]},
		{oidSigningCertV2, signingCertificateV2{[]certID{{hash[:]}}}},
	} {
		der, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, fmt.Errorf("pades: attribute %v: %w", a.id, err)
		}
		set = append(set, attribute{a.id, []asn1.RawValue{{FullBytes: der}}})
	}
	der, err := asn1.MarshalWithParams(set, "set")
	if err != nil {
		return nil, fmt.Errorf("pades: attributes: %w", err)
	}
	return der, nil
}

// unsignedAttributes holds the token of the signature, or nothing.
func unsignedAttributes(token []byte) (asn1.RawValue, error) {
	if token == nil {
		return asn1.RawValue{}, nil
	}
	der, err := asn1.Marshal(attribute{oidTimestampToken, []asn1.RawValue{{FullBytes: token}}})
	if err != nil {
		return asn1.RawValue{}, fmt.Errorf("pades: timestamp attribute: %w", err)
	}
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 1, IsCompound: true, Bytes: der}, nil
}

func algorithm(leaf *x509.Certificate) pkix.AlgorithmIdentifier {
	if _, ok := leaf.PublicKey.(*rsa.PublicKey); ok {
		return rsaAlgorithm
	}
	return ecdsaAlgorithm
}
