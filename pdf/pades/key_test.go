package pades

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func generated(t testing.TB) Key {
	t.Helper()
	key, _, err := Generate(rand.Reader, now, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// selfSigned is a key that certifies itself, valid for a year around now.
func selfSigned(t testing.TB, signer crypto.Signer, change func(*x509.Certificate)) Key {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Essai"},
		NotBefore: now.AddDate(0, -6, 0), NotAfter: now.AddDate(0, 6, 0),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return Key{signer, []*x509.Certificate{c}}
}

func ecKey(t testing.TB, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	k, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// rsa3072 takes a second to make; one is enough.
var rsa3072 = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 3072)
	if err != nil {
		panic(err)
	}
	return k
})

func TestGenerate(t *testing.T) {
	key, rootKey, err := Generate(rand.Reader, now, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Check(now); err != nil {
		t.Error(err)
	}
	leaf, root := key.Chain[0], key.Root()
	if !root.IsCA || !root.MaxPathLenZero || root.NotAfter.Before(now.AddDate(20, 0, 0)) {
		t.Errorf("root: CA %v, path length zero %v, until %s", root.IsCA, root.MaxPathLenZero, root.NotAfter)
	}
	if leaf.IsCA || leaf.KeyUsage != x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment {
		t.Errorf("leaf: CA %v, usage %b", leaf.IsCA, leaf.KeyUsage)
	}
	if len(leaf.UnknownExtKeyUsage) != 1 || leaf.UnknownExtKeyUsage[0].String() != "1.3.6.1.5.5.7.3.36" {
		t.Errorf("extended usage %v", leaf.UnknownExtKeyUsage)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: pool, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err != nil {
		t.Error(err)
	}
	if _, err := ParsePEM(rootKey, ChainPEM([]*x509.Certificate{root})); err != nil {
		t.Errorf("the root's key: %v", err)
	}
}

func TestCheckRefuses(t *testing.T) {
	weak, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good, other := generated(t), generated(t)
	for want, key := range map[string]Key{
		"2048 bits":                  selfSigned(t, weak, nil),
		"cannot seal":                selfSigned(t, edwards, nil),
		"P-256 wanted":               selfSigned(t, ecKey(t, elliptic.P384()), nil),
		"expired":                    selfSigned(t, ecKey(t, elliptic.P256()), func(c *x509.Certificate) { c.NotAfter = now.AddDate(0, 0, -1) }),
		"valid only from":            selfSigned(t, ecKey(t, elliptic.P256()), func(c *x509.Certificate) { c.NotBefore = now.AddDate(0, 0, 1) }),
		"does not allow signing":     selfSigned(t, ecKey(t, elliptic.P256()), func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement }),
		"do not belong together":     {good.Signer, other.Chain},
		"is not issued by":           {good.Signer, []*x509.Certificate{good.Chain[0], other.Chain[1]}},
		"no key or no certificate":   {},
		"no key or no certificate\n": {Signer: good.Signer},
	} {
		if err := key.Check(now); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestCheckAccepts(t *testing.T) {
	for name, key := range map[string]Key{
		"P-256":    selfSigned(t, ecKey(t, elliptic.P256()), nil),
		"RSA-3072": selfSigned(t, rsa3072(), nil),
		"made":     generated(t),
	} {
		if err := key.Check(now); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPEMRoundTrip(t *testing.T) {
	for _, key := range []Key{generated(t), selfSigned(t, rsa3072(), nil)} {
		private, chain, err := key.PEM()
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParsePEM(private, chain)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.Check(now); err != nil {
			t.Error(err)
		}
		if !slices.EqualFunc(again.Chain, key.Chain, (*x509.Certificate).Equal) {
			t.Error("another chain")
		}
	}
}

func TestPEMFaults(t *testing.T) {
	private, chain, _ := generated(t).PEM()
	for name, files := range map[string][2][]byte{
		"no key":             {nil, chain},
		"no chain":           {private, nil},
		"swapped":            {chain, private},
		"broken key":         {bytes.Replace(private, []byte("M"), []byte("A"), 1), chain},
		"broken certificate": {private, bytes.Replace(chain, []byte("M"), []byte("A"), 1)},
	} {
		if _, err := ParsePEM(files[0], files[1]); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestParseP12(t *testing.T) {
	key := generated(t)
	file, err := pkcs12.Modern.Encode(key.Signer, key.Chain[0], key.Chain[1:], "secret")
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseP12(file, "secret")
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Check(now); err != nil || len(again.Chain) != 2 {
		t.Errorf("%d certificates, %v", len(again.Chain), err)
	}
	if _, err := ParseP12(file, "wrong"); err == nil {
		t.Error("accepted with the wrong password")
	}
}
