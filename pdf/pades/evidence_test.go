package pades_test

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
)

func TestEvidenceJudges(t *testing.T) {
	w := newWorld(t)
	entry := x509.RevocationListEntry{SerialNumber: w.key.Chain[0].SerialNumber, RevocationTime: noon.AddDate(1, 0, 0)}
	revoked, err := pades.MakeCRL(rand.Reader, noon, w.rootKey, w.key.Root(), entry)
	if err != nil {
		t.Fatal(err)
	}
	early, err := pades.MakeCRL(rand.Reader, noon.AddDate(0, -1, 0), w.rootKey, w.key.Root())
	if err != nil {
		t.Fatal(err)
	}
	other, over := newWorld(t).list, shortList(t, w)
	whole := w.key.Chain
	for name, c := range map[string]struct {
		certificates []*x509.Certificate
		lists        pades.Lists
		at           time.Time
		want         string
	}{
		"whole":                   {whole, pades.Lists{w.list}, w.now, ""},
		"revoked later":           {whole, pades.Lists{revoked}, w.now, ""},
		"revoked":                 {whole, pades.Lists{revoked}, noon.AddDate(2, 0, 0), "was revoked"},
		"one list clears in vain": {whole, pades.Lists{w.list, revoked}, noon.AddDate(2, 0, 0), "was revoked"},
		"no leaf":                 {whole[1:], pades.Lists{w.list}, w.now, "without the certificate"},
		"no root":                 {whole[:1], pades.Lists{w.list}, w.now, "without the certificate"},
		"no list":                 {whole, nil, w.now, "no current revocation list"},
		"another root's list":     {whole, pades.Lists{other}, w.now, "no current revocation list"},
		"older than the leaf":     {whole, pades.Lists{early}, w.now, "no current revocation list"},
		"a list that is over":     {whole, pades.Lists{over}, noon.AddDate(0, 0, 2), "no current revocation list"},
		"expired":                 {whole, pades.Lists{w.list}, noon.AddDate(11, 0, 0), "had expired"},
	} {
		err := pades.Evidence{Certificates: c.certificates, Lists: c.lists}.Complete(pades.Used{Chain: whole, At: c.at})
		if c.want == "" && err != nil || c.want != "" && (!errors.Is(err, pades.ErrEvidence) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// shortList is one that holds for a day.
func shortList(t *testing.T, w *world) *x509.RevocationList {
	t.Helper()
	signer, err := issue.ParseSigner(w.rootKey)
	if err != nil {
		t.Fatal(err)
	}
	list, err := issue.Issuer{Signer: signer, Certificate: w.key.Root()}.List(rand.Reader, noon, noon.AddDate(0, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestARevokedAuthorityIsNoProof: its list says so when the file is archived.
func TestARevokedAuthorityIsNoProof(t *testing.T) {
	w := newWorld(t)
	file := w.seal(t, w.sealing(), stream).File
	root, err := issue.Root(rand.Reader, x509.Certificate{Subject: w.authority.Chain[1].Subject, NotBefore: noon, NotAfter: noon.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	forged, err := root.List(rand.Reader, noon, noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	a := w.archiver()
	a.Source = pades.Lists{w.list, forged}
	if _, err := a.Archive(t.Context(), file); !errors.Is(err, pades.ErrEvidence) {
		t.Errorf("a list by another key of the same name: %v", err)
	}
}

func TestMakeCRLNeedsItsRootsKey(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	for name, key := range map[string][]byte{"another's": other.rootKey, "none": nil} {
		if _, err := pades.MakeCRL(rand.Reader, noon, key, w.key.Root()); err == nil {
			t.Errorf("%s key: accepted", name)
		}
	}
	if w.list.NextUpdate.Before(noon.AddDate(29, 0, 0)) {
		t.Errorf("the list ends on %s", w.list.NextUpdate)
	}
}

// published is an issuer whose leaf says where its list is.
func published(t *testing.T, addresses ...string) (issue.Issuer, *x509.Certificate) {
	t.Helper()
	dates := x509.Certificate{Subject: pkix.Name{CommonName: "Racine"}, NotBefore: noon, NotAfter: noon.AddDate(1, 0, 0)}
	root, err := issue.Root(rand.Reader, dates)
	if err != nil {
		t.Fatal(err)
	}
	dates.CRLDistributionPoints = addresses
	_, leaf, err := root.Leaf(rand.Reader, dates)
	if err != nil {
		t.Fatal(err)
	}
	return root, leaf
}

func TestPublishedLists(t *testing.T) {
	var answer []byte
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(answer) }))
	defer s.Close()
	missing := httptest.NewServer(http.NotFoundHandler())
	defer missing.Close()
	root, leaf := published(t, "ldap://example.org", missing.URL, s.URL)
	list, err := root.List(rand.Reader, noon, noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	answer = list.Raw
	source := pades.Sources{pades.Lists{}, &pades.Published{}}
	got, err := source.List(t.Context(), leaf, root.Certificate)
	if err != nil || got.Number.Cmp(list.Number) != 0 {
		t.Fatalf("%v", err)
	}
	other, _ := published(t)
	otherList, _ := other.List(rand.Reader, noon, noon.AddDate(1, 0, 0))
	for want, body := range map[string][]byte{"verification": otherList.Raw, "malformed": []byte("<html>"), "more than": make([]byte, 3<<20)} {
		answer = body
		_, err := source.List(t.Context(), leaf, root.Certificate)
		for _, part := range []string{want, "no http or https", "status 404"} {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("no %q in %v", part, err)
			}
		}
	}
	if _, err := source.List(t.Context(), root.Certificate, root.Certificate); !errors.Is(err, pades.ErrEvidence) {
		t.Errorf("no address: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.List(ctx, leaf, root.Certificate); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
