package issue

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"slices"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func root(t *testing.T) Issuer {
	t.Helper()
	r, err := Root(rand.Reader, x509.Certificate{Subject: pkix.Name{CommonName: "Racine"}, NotBefore: now, NotAfter: now.AddDate(30, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRootIssuesOnlyLeaves(t *testing.T) {
	r := root(t)
	if c := r.Certificate; !c.IsCA || !c.MaxPathLenZero || c.KeyUsage != x509.KeyUsageCertSign|x509.KeyUsageCRLSign {
		t.Errorf("CA %v, length zero %v, usage %b", c.IsCA, c.MaxPathLenZero, c.KeyUsage)
	}
	_, leaf, err := r.Leaf(rand.Reader, x509.Certificate{NotBefore: now, NotAfter: now.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	if err := leaf.CheckSignatureFrom(r.Certificate); err != nil || leaf.IsCA {
		t.Errorf("%v, CA %v", err, leaf.IsCA)
	}
}

func TestListNamesTheRevoked(t *testing.T) {
	r := root(t)
	entry := x509.RevocationListEntry{SerialNumber: big.NewInt(7), RevocationTime: now}
	list, err := r.List(rand.Reader, now, now.AddDate(30, 0, 0), entry)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseList(ListPEM(list))
	if err != nil {
		t.Fatal(err)
	}
	if err := again.CheckSignatureFrom(r.Certificate); err != nil {
		t.Error(err)
	}
	if got := again.RevokedCertificateEntries; len(got) != 1 || got[0].SerialNumber.Int64() != 7 {
		t.Errorf("%+v", got)
	}
}

func TestListFilesRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"empty":         nil,
		"a certificate": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root(t).Certificate.Raw}),
		"no DER":        []byte("X509"),
	} {
		if _, err := ParseList(file); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSerialNumbersHaveOneLength(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		n, err := Serial(rand.Reader)
		if err != nil || n.Sign() != 1 || n.BitLen() != 127 || seen[n.String()] {
			t.Fatalf("%v: %d bits, %v", n, n.BitLen(), err)
		}
		seen[n.String()] = true
	}
}

// TestWhatStrictReadersLookFor holds certificates and lists to RFC 5280: keys
// are named, critical is what must be, a list is of everything its issuer
// revoked.
func TestWhatStrictReadersLookFor(t *testing.T) {
	r := root(t)
	_, leaf, err := r.Leaf(rand.Reader, x509.Certificate{NotBefore: now, NotAfter: now.AddDate(1, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature})
	if err != nil {
		t.Fatal(err)
	}
	list, err := r.List(rand.Reader, now, now.AddDate(30, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	id := r.Certificate.SubjectKeyId
	if len(id) != 20 || len(leaf.SubjectKeyId) != 20 || bytes.Equal(id, leaf.SubjectKeyId) || !bytes.Equal(leaf.AuthorityKeyId, id) || !bytes.Equal(list.AuthorityKeyId, id) {
		t.Errorf("names of keys: root %x, leaf %x of %x, list of %x", id, leaf.SubjectKeyId, leaf.AuthorityKeyId, list.AuthorityKeyId)
	}
	for _, e := range slices.Concat(r.Certificate.Extensions, leaf.Extensions) {
		if want := slices.Contains([]string{"2.5.29.15", "2.5.29.19"}, e.Id.String()); e.Critical != want { // usage, constraints
			t.Errorf("extension %v: critical %v", e.Id, e.Critical)
		}
	}
	if leaf.Version != 3 || !leaf.BasicConstraintsValid || list.Number == nil || list.Number.Sign() <= 0 {
		t.Errorf("version %d, list number %v", leaf.Version, list.Number)
	}
	for _, e := range list.Extensions {
		if e.Critical { // such as one that narrows what the list is about
			t.Errorf("list: extension %v", e.Id)
		}
	}
	if later := []byte("\x18\x0f20561122120000Z"); !bytes.Contains(list.Raw, later) || !bytes.Contains(r.Certificate.Raw, later) {
		t.Error("a date after 2049 is no GeneralizedTime (RFC 5280, 4.1.2.5)")
	}
}
