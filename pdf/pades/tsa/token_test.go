package tsa

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"strings"
	"testing"
)

// TestEveryByteOfATokenCounts flips each byte in several ways, and cuts the
// token at each.
func TestEveryByteOfATokenCounts(t *testing.T) {
	t.Parallel()
	a := authority(t)
	token, err := a.Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	for i := range token.DER {
		for _, flip := range []byte{1 << (i % 8), 0x20, 0xFF} {
			der := bytes.Clone(token.DER)
			der[i] ^= flip
			if _, err := Parse(der); err == nil {
				t.Errorf("byte %d flipped by %02x: accepted", i, flip)
			}
		}
		if _, err := Parse(token.DER[:i]); err == nil {
			t.Errorf("cut at %d: accepted", i)
		}
	}
}

func TestWeakKeysAreRefused(t *testing.T) {
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	value, err := rsa.SignPKCS1v15(rand.Reader, weak, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	if err := verifyValue(weak.Public(), true, crypto.SHA256, digest[:], value); !errors.Is(err, ErrSignature) || !strings.Contains(err.Error(), "1024 bits") {
		t.Error(err)
	}
	short, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	value, err = ecdsa.SignASN1(rand.Reader, short, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	if err := verifyValue(short.Public(), false, crypto.SHA256, digest[:], value); !errors.Is(err, ErrSignature) || !strings.Contains(err.Error(), "P-224") {
		t.Error(err)
	}
}

func FuzzParseToken(f *testing.F) {
	a := authority(f)
	token, err := a.Timestamp(f.Context(), digest)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(token.DER)
	f.Add(token.DER[:len(token.DER)/2])
	f.Add([]byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, der []byte) {
		token, err := Parse(der)
		if err != nil {
			return
		}
		if !bytes.Equal(token.DER, der) || len(token.Certificates) == 0 || len(token.Digest) != token.Hash.Size() {
			t.Errorf("%x: %+v", der, token)
		}
	})
}

func FuzzAnswers(f *testing.F) {
	a := authority(f)
	q, err := newQuestion(digest)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(a.answer(q.der))
	f.Add(refuse(badRequest))
	f.Fuzz(func(t *testing.T, der []byte) {
		token, err := q.read(der)
		if err == nil && !token.Covers(digest[:]) {
			t.Errorf("%x", der)
		}
	})
}

func BenchmarkTimestamp(b *testing.B) {
	a := authority(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Timestamp(b.Context(), digest); err != nil {
			b.Fatal(err)
		}
	}
}
