package tsa

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var (
	now    = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	digest = sha256.Sum256([]byte("Rivière-Exemple"))
)

func noon() time.Time { return now }

func authority(t testing.TB) *Authority {
	t.Helper()
	a, err := NewAuthority(rand.Reader, noon, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// serve gives the address of a handler.
func serve(t testing.TB, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func client(t testing.TB, a *Authority, addresses ...string) *Client {
	t.Helper()
	c, err := NewClient(addresses, a.Roots(), noon)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAuthorityStampsDirectlyAndOverHTTP(t *testing.T) {
	a := authority(t)
	for name, stamper := range map[string]interface {
		Room() int
		Timestamp(context.Context, [sha256.Size]byte) (*Token, error)
	}{"direct": a, "HTTP": client(t, a, serve(t, a))} {
		for range 20 { // ECDSA values have several lengths
			token, err := stamper.Timestamp(t.Context(), digest)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !token.Covers(digest[:]) || !token.Time.Equal(now) {
				t.Errorf("%s: digest %x, time %s", name, token.Digest, token.Time)
			}
			chain, err := token.Verify(a.Roots(), now)
			if err != nil || len(chain) != 2 {
				t.Errorf("%s: chain of %d, %v", name, len(chain), err)
			}
			if len(token.DER) > stamper.Room() {
				t.Errorf("%s: token of %d bytes, room %d", name, len(token.DER), stamper.Room())
			}
		}
	}
}

func TestAuthorityServes30Years(t *testing.T) {
	a := authority(t)
	later := now.AddDate(29, 0, 0)
	if a.List.NextUpdate.Before(later) || a.Expires().Before(later) || a.Chain[1].NotAfter.Before(a.Expires()) {
		t.Errorf("list until %s, certificate until %s", a.List.NextUpdate, a.Expires())
	}
	if err := a.List.CheckSignatureFrom(a.Chain[1]); err != nil || len(a.List.RevokedCertificateEntries) > 0 {
		t.Errorf("list: %v, %d entries", err, len(a.List.RevokedCertificateEntries))
	}
}

// TestAuthorityIsNoThirdParty: its certificates say whose word it is, in the
// sizes that X.520 has for names.
func TestAuthorityIsNoThirdParty(t *testing.T) {
	for _, c := range authority(t).Chain {
		name, organisation := c.Subject.CommonName, c.Subject.Organization[0]
		if !strings.Contains(name, "du service lui-même") || organisation != "Service d’essai" || utf8.RuneCountInString(name) > 64 {
			t.Errorf("%q of %q", name, organisation)
		}
	}
}

func TestAuthorityIsKeptInAFile(t *testing.T) {
	a := authority(t)
	file, err := a.PEM()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseAuthority(file, noon)
	if err != nil {
		t.Fatal(err)
	}
	token, err := again.Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := token.Verify(a.Roots(), now); err != nil {
		t.Error(err)
	}
}

func TestAuthorityFilesRefused(t *testing.T) {
	a, other := authority(t), authority(t)
	good, _ := a.PEM()
	mixed := *a
	mixed.Signer = other.Signer
	wrongKey, _ := mixed.PEM()
	mixed = *a
	mixed.List = other.List
	wrongList, _ := mixed.PEM()
	expired := func() time.Time { return now.AddDate(31, 0, 0) }
	for name, c := range map[string]struct {
		file  []byte
		clock func() time.Time
	}{
		"empty":              {nil, noon},
		"no list":            {good[:bytes.Index(good, []byte("-----BEGIN X509 CRL"))], noon},
		"another's key":      {wrongKey, noon},
		"another's list":     {wrongList, noon},
		"expired":            {good, expired},
		"broken certificate": {bytes.Replace(good, []byte("CERTIFICATE-----\nM"), []byte("CERTIFICATE-----\nA"), 1), noon},
	} {
		if _, err := ParseAuthority(c.file, c.clock); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestAuthorityRefuses(t *testing.T) {
	a := authority(t)
	sha1 := request{Version: 1, Imprint: sha256Imprint(digest[:20]), CertReq: true}
	sha1.Imprint.Algorithm.Algorithm = []int{1, 3, 14, 3, 2, 26}
	for name, der := range map[string][]byte{
		"nothing":        nil,
		"trailing bytes": append(mustMarshal(request{Version: 1, Imprint: sha256Imprint(digest[:])}), 0),
		"version 2":      mustMarshal(request{Version: 2, Imprint: sha256Imprint(digest[:])}),
		"short imprint":  mustMarshal(request{Version: 1, Imprint: sha256Imprint(digest[:31])}),
		"SHA-1":          mustMarshal(sha1),
		"another policy": mustMarshal(request{Version: 1, Imprint: sha256Imprint(digest[:]), Policy: []int{1, 2, 3}}),
	} {
		if _, err := (question{digest: digest}).read(a.answer(der)); !errors.Is(err, ErrAnswer) || !strings.Contains(err.Error(), "status 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAuthorityOnlyAnswersQuestions(t *testing.T) {
	address := serve(t, authority(t))
	for want, r := range map[int]*http.Request{
		http.StatusMethodNotAllowed:      httptest.NewRequest(http.MethodGet, address, nil),
		http.StatusUnsupportedMediaType:  httptest.NewRequest(http.MethodPost, address, nil),
		http.StatusRequestEntityTooLarge: questionOf(address, make([]byte, maxQuestion+1)),
	} {
		w := httptest.NewRecorder()
		authority(t).ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", r.Method, w.Code, want)
		}
	}
}

func questionOf(address string, body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/timestamp-query")
	return r
}

// openssl calls the program, which fails the test when it is missing.
func openssl(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "openssl", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpensslVerifiesOurAnswer(t *testing.T) {
	a := authority(t)
	q, err := newQuestion(digest)
	if err != nil {
		t.Fatal(err)
	}
	file, _ := a.PEM()
	got := openssl(t, "ts", "-verify", "-in", write(t, "answer", a.answer(q.der)), "-queryfile", write(t, "question", q.der),
		"-attime", strconv.FormatInt(now.Unix(), 10), "-CAfile", write(t, "root.pem", file))
	if !strings.Contains(got, "Verification: OK") {
		t.Error(got)
	}
}

// TestWeAcceptOpenssl reads the answers of another maker's authority, for each
// kind of key and digest it can have.
func TestWeAcceptOpenssl(t *testing.T) {
	for _, kind := range []struct{ key, digest string }{
		{"ec:prime256v1", "sha256"}, {"ec:secp384r1", "sha384"}, {"rsa:3072", "sha256"}, {"rsa:2048", "sha512"},
	} {
		t.Run(kind.key, func(t *testing.T) {
			a := opensslAuthority(t, kind.key, kind.digest)
			token, err := a.client.Timestamp(t.Context(), digest)
			if err != nil {
				t.Fatal(err)
			}
			if time.Since(token.Time).Abs() > time.Minute {
				t.Errorf("time %s", token.Time)
			}
		})
	}
}
