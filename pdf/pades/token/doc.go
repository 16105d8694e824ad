// Package token lets a key that never leaves its device seal: a smart card, a
// USB token or a hardware security module, through the PKCS #11 module of its
// maker (OASIS PKCS #11 v2.40).
//
// The released program is static, and a PKCS #11 module is a shared object: no
// static program can load one. So the part that loads it is compiled only with
// cgo and the build tag pkcs11; any other build says, with [Available], how to
// get it:
//
//	CGO_ENABLED=1 go build -tags pkcs11 ./cmd/jachete
//
// [Parse] reads which key is meant (RFC 7512) and [Open] logs in. The [Signer]
// it gives is a crypto.Signer for P-256 and RSA (PKCS #1 v1.5), with SHA-256,
// safe for concurrent use. Nothing of a token is believed: each signature is
// verified with the certificate's key before it is given out, so that a key of
// another certificate, or another token put in its place, never seals.
package token
