//go:build !pkcs11 || !cgo

package token

import (
	"crypto"
	"errors"
)

var errAbsent = errors.New("this program is built without PKCS #11: build it with CGO_ENABLED=1 go build -tags pkcs11 ./cmd/jachete")

// Available tells why this program cannot load a PKCS #11 module, and how to
// get one that can.
func Available() error { return errAbsent }

// Open logs in to the token and finds the private key of a certificate; this
// build cannot, see [Available].
func Open(URI, string, crypto.PublicKey) (*Signer, error) { return nil, errAbsent }
