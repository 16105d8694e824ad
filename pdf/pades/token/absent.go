//go:build !pkcs11 || !cgo

package token

import (
	"crypto"
	"errors"
)

// Built tells whether this program can load a PKCS #11 module.
const Built = false

// ErrAbsent tells how to get a program that can.
var ErrAbsent = errors.New("this program is built without PKCS #11: build it with CGO_ENABLED=1 go build -tags pkcs11 ./cmd/jachete")

// Open logs in to the token and finds the private key of a certificate. In
// this build it gives [ErrAbsent].
func Open(URI, string, crypto.PublicKey) (*Signer, error) { return nil, ErrAbsent }
