package token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"time"
)

// Reasons why a token does not sign.
var (
	// ErrPIN tells that the token refused the PIN. It is not offered again
	// until the program is restarted: tokens lock themselves after a few.
	ErrPIN = errors.New("token: the PIN was refused; it is not tried again before a restart")
	// ErrKey tells that what the token signed does not verify with the
	// certificate's key.
	ErrKey = errors.New("token: key and certificate do not belong together")
	// ErrSlow tells that the token did not answer in time.
	ErrSlow = errors.New("token: no answer in time")
)

// patience is how long one signature may take, waiting for others included.
// A call into a module cannot be interrupted: one that hangs keeps the token's
// turn, and those who come later are refused in this time.
const patience = 10 * time.Second

// PKCS #11 mechanisms (v2.40, 2.3.6 and 2.1.6): both take what was hashed
// before.
const (
	mechanismECDSA = 0x1041
	mechanismRSA   = 0x0001
)

// session is a login to a token in which the key was found.
type session interface {
	sign(mechanism uint, data []byte) ([]byte, error)
	close()
}

// Signer is a private key in a token.
type Signer struct {
	public  crypto.PublicKey
	connect func() (session, error)
	turn    chan struct{} // a session signs one thing at a time

	session session // nil before the first, and after a failure
	refused error   // ErrPIN, once it came
}

var _ crypto.Signer = (*Signer)(nil)

func newSigner(public crypto.PublicKey, connect func() (session, error)) *Signer {
	return &Signer{public: public, connect: connect, turn: make(chan struct{}, 1)}
}

// Public is the certificate's key; every signature verifies with it.
func (s *Signer) Public() crypto.PublicKey { return s.public }

// Sign signs a SHA-256 digest: ECDSA in DER, RSA as PKCS #1 v1.5. After a
// failure it logs in anew, once, so that a token that was away is used again
// when it is back. Errors: [ErrPIN], [ErrKey], [ErrSlow], or the module's.
func (s *Signer) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if _, pss := opts.(*rsa.PSSOptions); pss || opts.HashFunc() != crypto.SHA256 || len(digest) != sha256.Size {
		return nil, errors.New("token: only SHA-256 is signed, and no PSS")
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case s.turn <- struct{}{}:
	case <-late.C:
		return nil, ErrSlow
	}
	done := make(chan answer, 1)
	go func() {
		defer func() { <-s.turn }()
		done <- s.answer(slices.Clone(digest))
	}()
	select {
	case a := <-done:
		return a.signature, a.err
	case <-late.C:
		return nil, ErrSlow
	}
}

type answer struct {
	signature []byte
	err       error
}

// answer needs the turn. It remembers a refused PIN, and outlives a panic: it
// runs in a goroutine of its own.
func (s *Signer) answer(digest []byte) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			a = answer{err: fmt.Errorf("token: panic: %v", r)}
		}
	}()
	if s.refused != nil {
		return answer{err: s.refused}
	}
	a.signature, a.err = s.signNow(digest)
	if errors.Is(a.err, ErrPIN) {
		s.refused = a.err
	}
	return a
}

func (s *Signer) signNow(digest []byte) (signature []byte, err error) {
	if s.session != nil {
		signature, err = s.ask(digest)
		if err == nil || errors.Is(err, ErrPIN) {
			return signature, err
		}
		s.leave()
	}
	session, err := s.connect()
	if err != nil {
		return nil, err
	}
	s.session = session
	if signature, err = s.ask(digest); err != nil {
		s.leave()
	}
	return signature, err
}

func (s *Signer) leave() {
	s.session.close()
	s.session = nil
}

// ask has the token sign, and verifies.
func (s *Signer) ask(digest []byte) ([]byte, error) {
	switch public := s.public.(type) {
	case *ecdsa.PublicKey:
		raw, err := s.session.sign(mechanismECDSA, digest)
		if err != nil {
			return nil, err
		}
		signature, err := encodeECDSA(raw)
		if err != nil || !ecdsa.VerifyASN1(public, digest, signature) {
			return nil, errors.Join(ErrKey, err)
		}
		return signature, nil
	case *rsa.PublicKey:
		signature, err := s.session.sign(mechanismRSA, append(slices.Clone(sha256Info), digest...))
		if err != nil {
			return nil, err
		}
		if rsa.VerifyPKCS1v15(public, crypto.SHA256, digest, signature) != nil {
			return nil, ErrKey
		}
		return signature, nil
	}
	return nil, fmt.Errorf("token: %T is not for tokens", s.public)
}

// sha256Info is what stands before a SHA-256 digest in a DigestInfo (RFC 8017,
// 9.2, note 1).
var sha256Info = []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}

// encodeECDSA writes the two halves r and s that tokens give as the sequence
// that X.509 and CMS want.
func encodeECDSA(raw []byte) ([]byte, error) {
	half := len(raw) / 2
	if half == 0 || len(raw)%2 != 0 {
		return nil, fmt.Errorf("token: an ECDSA signature of %d bytes", len(raw))
	}
	return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
}
