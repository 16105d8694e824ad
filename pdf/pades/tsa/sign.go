package tsa

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
)

var (
	sha256Algorithm = pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	ecdsaAlgorithm  = pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256}
)

// sign makes the token that holds a statement, with the signer's certificate if
// that was asked for.
func sign(signer crypto.Signer, by *x509.Certificate, statement []byte, certificate bool) ([]byte, error) {
	attributes, err := signedAttributes(by, statement)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(attributes)
	signature, err := signer.Sign(rand.Reader, hash[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("tsa: sign: %w", err)
	}
	var certificates asn1.RawValue
	if certificate {
		certificates = asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: by.Raw}
	}
	// In SignerInfo the set carries tag [0]; it is hashed with its own tag.
	implicit := append([]byte{0xA0}, attributes[1:]...)
	return asn1.Marshal(contentInfo{oidSignedData, signedData{
		Version:      3,
		Digests:      []pkix.AlgorithmIdentifier{sha256Algorithm},
		Encapsulated: encapsulated{oidTSTInfo, statement},
		Certificates: certificates,
		Signers: []signerInfo{{
			Version:    1,
			Signer:     issuerAndSerial{asn1.RawValue{FullBytes: by.RawIssuer}, by.SerialNumber},
			Digest:     sha256Algorithm,
			Attributes: asn1.RawValue{FullBytes: implicit},
			Algorithm:  ecdsaAlgorithm,
			Signature:  signature,
		}},
	}})
}

// signedAttributes is the DER SET that is signed.
func signedAttributes(by *x509.Certificate, statement []byte) ([]byte, error) {
	digest, hash := sha256.Sum256(statement), sha256.Sum256(by.Raw)
	var set []attribute
	for _, a := range []struct {
		id    asn1.ObjectIdentifier
		value any
	}{
		{oidContentType, oidTSTInfo},
		{oidMessageDigest, digest[:]},
		{oidSigningCertV2, signingCertificate{Certs: []certID{{Hash: hash[:]}}}},
	} {
		der, err := asn1.Marshal(a.value)
		if err != nil {
			return nil, fmt.Errorf("tsa: attribute %v: %w", a.id, err)
		}
		set = append(set, attribute{a.id, []asn1.RawValue{{FullBytes: der}}})
	}
	return asn1.MarshalWithParams(set, "set")
}
