package issue

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// ParseSigner reads a private key from PEM: PKCS #8, PKCS #1 or SEC 1.
func ParseSigner(key []byte) (crypto.Signer, error) {
	block, _ := pem.Decode(key)
	if block == nil {
		return nil, errors.New("issue: the key file holds no PEM block")
	}
	private, err := parsePrivate(block.Bytes)
	if err != nil {
		return nil, err
	}
	signer, ok := private.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("issue: %T cannot sign", private)
	}
	return signer, nil
}

func parsePrivate(der []byte) (any, error) {
	private, err := x509.ParsePKCS8PrivateKey(der)
	if err == nil {
		return private, nil
	}
	if rsa, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return rsa, nil
	}
	if ec, err := x509.ParseECPrivateKey(der); err == nil {
		return ec, nil
	}
	return nil, fmt.Errorf("issue: key file: %w", err)
}

// SignerPEM writes a private key (PKCS #8). A key in a device cannot be
// written: error.
func SignerPEM(signer crypto.Signer) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(signer)
	if err != nil {
		return nil, fmt.Errorf("issue: write key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// ListPEM writes a revocation list.
func ListPEM(list *x509.RevocationList) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: list.Raw})
}

// ParseList reads a revocation list, PEM or DER.
func ParseList(file []byte) (*x509.RevocationList, error) {
	if block, _ := pem.Decode(file); block != nil {
		if block.Type != "X509 CRL" {
			return nil, errors.New("issue: the file holds no revocation list")
		}
		file = block.Bytes
	}
	list, err := x509.ParseRevocationList(file)
	if err != nil {
		return nil, fmt.Errorf("issue: revocation list: %w", err)
	}
	return list, nil
}
