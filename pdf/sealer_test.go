package pdf

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"jachete/pdf/pades"
	"jachete/workflow"
)

func TestSameContentSameBytesBeforeTheSeal(t *testing.T) {
	t.Parallel()
	s, _ := testSealer(t)
	other := sample()
	other.Organisation.Name = "ᑯᐯᒃ" // leaves its traces in pooled compressors
	first, err := s.Seal(t.Context(), sample(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		if _, err := s.Seal(t.Context(), other, noon); err != nil {
			t.Fatal(err)
		}
		again, err := s.Seal(t.Context(), sample(), noon.Add(time.Duration(i)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if again.UnsealedSHA256 != first.UnsealedSHA256 {
			t.Fatalf("run %d: other bytes before the seal", i)
		}
		if again.SHA256 == first.SHA256 {
			t.Fatal("another time, but the same sealed bytes")
		}
	}
}

func TestWhatIsSealedIsTold(t *testing.T) {
	sealed := seal(t, sample())
	if sealed.SHA256 != sum(sealed.PDF) || sealed.Level != "B-B" || !sealed.SealedAt.Equal(noon.Add(3*time.Second)) {
		t.Errorf("%+v", sealed)
	}
}

func TestEveryFieldChangesTheBytes(t *testing.T) {
	base, err := render(sample())
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*workflow.CertificateContent){
		"number":     func(c *workflow.CertificateContent) { c.Number += "X" },
		"address":    func(c *workflow.CertificateContent) { c.VerifyURL += "X" },
		"text":       func(c *workflow.CertificateContent) { c.DeclarationText += "X" },
		"text hash":  func(c *workflow.CertificateContent) { c.DeclarationSHA256 += "0" },
		"version":    func(c *workflow.CertificateContent) { c.DeclarationVersion = "1.1" },
		"name":       func(c *workflow.CertificateContent) { c.Organisation.Name += "X" },
		"function":   func(c *workflow.CertificateContent) { c.Signatory.Function += "X" },
		"resolution": func(c *workflow.CertificateContent) { c.Resolution = workflow.Resolution{} },
		"mailbox":    func(c *workflow.CertificateContent) { c.Mailbox = "d…@example.org" },
		"consent":    func(c *workflow.CertificateContent) { c.Consent += "X" },
		"step":       func(c *workflow.CertificateContent) { c.Steps = c.Steps[1:] },
		"time":       func(c *workflow.CertificateContent) { c.SignedAt = c.SignedAt.Add(24 * time.Hour) },
	} {
		c := sample()
		change(&c)
		file, err := render(c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if bytes.Equal(unsealed(t, file), unsealed(t, base)) {
			t.Errorf("%s does not show in the file", name)
		}
	}
}

// Run with -race: the faces, the seal and the compressors are shared.
func TestManyAtOnce(t *testing.T) {
	s, key := testSealer(t)
	want := seal(t, sample()).UnsealedSHA256
	var wg sync.WaitGroup
	for range 24 {
		wg.Go(func() {
			sealed, err := s.Seal(t.Context(), sample(), noon)
			if err != nil || sealed.UnsealedSHA256 != want || pades.Verify(sealed.PDF, key.Chain) != nil {
				t.Errorf("%v %s", err, sealed.UnsealedSHA256)
			}
		})
	}
	wg.Wait()
}

func TestWaitingForATurnHonoursTheContext(t *testing.T) {
	s, _ := testSealer(t)
	synctest.Test(t, func(t *testing.T) {
		s := &Sealer{sealing: s.sealing, turns: make(chan struct{}, atOnce)}
		for range atOnce {
			s.turns <- struct{}{}
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := s.Seal(ctx, sample(), noon); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a fifth certificate: %v", err)
		}
		<-s.turns
		if _, err := s.Seal(t.Context(), sample(), noon); err != nil {
			t.Errorf("a turn is free: %v", err)
		}
		if len(s.turns) != atOnce-1 {
			t.Errorf("%d turns taken after the work", len(s.turns))
		}
	})
}

func TestEndedContextSealsNothing(t *testing.T) {
	s, _ := testSealer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // a free turn and an ended context: select takes either
		if _, err := s.Seal(ctx, sample(), noon); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}

// away is a key in a device that does not answer.
type away struct{ crypto.Signer }

func (away) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) {
	return nil, errors.New("device removed")
}

func TestAKeyThatDoesNotAnswerSealsNothing(t *testing.T) {
	s, key := testSealer(t)
	key.Signer = away{key.Signer}
	gone, err := New(key, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := gone.Seal(t.Context(), sample(), noon)
	if !workflow.IsKind(err, workflow.Unavailable) || sealed.PDF != nil {
		t.Errorf("%d bytes, %v", len(sealed.PDF), err)
	}
	if _, err := s.Seal(t.Context(), sample(), noon); err != nil {
		t.Error(err)
	}
}

func TestNeverSealsWithAnExpiredCertificate(t *testing.T) {
	s, key := testSealer(t)
	late := key.Expires().Add(time.Second)
	if _, err := s.Seal(t.Context(), sample(), late); !workflow.IsKind(err, workflow.Unavailable) || !strings.Contains(err.Error(), "expired") {
		t.Error(err)
	}
	if _, err := New(key, nil, late); err == nil {
		t.Error("a sealer with an expired key")
	}
}

// TestNoBadKeyStarts: what a key must be is for pades to say; here it is asked.
func TestNoBadKeyStarts(t *testing.T) {
	good, other := testKey(t), testKey(t)
	weak, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: noon.AddDate(0, -1, 0), NotAfter: noon.AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, weak.Public(), weak)
	if err != nil {
		t.Fatal(err)
	}
	short, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		key pades.Key
		at  time.Time
	}{
		"RSA of 2048 bits": {pades.Key{Signer: weak, Chain: []*x509.Certificate{short}}, noon},
		"expired":          {good, noon.AddDate(11, 0, 0)},
		"not yet valid":    {good, noon.AddDate(0, -2, 0)},
		"mismatched":       {pades.Key{Signer: good.Signer, Chain: other.Chain}, noon},
	} {
		if _, err := New(c.key, nil, c.at); err == nil {
			t.Errorf("%s: started", name)
		}
	}
	if _, err := New(good, nil, noon); err != nil {
		t.Error(err)
	}
}

func TestProbe(t *testing.T) {
	s, _ := testSealer(t)
	if err := s.Probe(t.Context(), noon); err != nil {
		t.Error(err)
	}
	other, _, err := pades.Generate(rand.Reader, noon, "Autre")
	if err != nil {
		t.Fatal(err)
	}
	s.sealing.Key.Signer = other.Signer // as if the key file had been swapped
	if err := s.Probe(t.Context(), noon); err == nil {
		t.Error("the probe passes with a key that is not the certificate's")
	}
}

func TestIncompleteContentIsRefused(t *testing.T) {
	s, _ := testSealer(t)
	for _, change := range []func(*workflow.CertificateContent){
		func(c *workflow.CertificateContent) { c.Number = "" },
		func(c *workflow.CertificateContent) { c.VerifyURL = "" },
		func(c *workflow.CertificateContent) { c.VerifyURL = "https://exämple.org" },
		func(c *workflow.CertificateContent) { c.VerifyURL = strings.Repeat("x", 5000) },
		func(c *workflow.CertificateContent) { c.SignedAt = time.Time{} },
		func(c *workflow.CertificateContent) { c.DeclarationTitle = " " },
		func(c *workflow.CertificateContent) { c.DeclarationTitle = " — L’économie sociale, j’achète!" },
	} {
		c := sample()
		change(&c)
		if _, err := s.Seal(t.Context(), c, noon); err == nil {
			t.Errorf("accepted %+v", c.VerifyURL[:min(20, len(c.VerifyURL))])
		}
	}
}

// TestEveryFlippedByteIsFound covers every byte of a certificate.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	s, key := testSealer(t)
	sealed, err := s.Seal(t.Context(), sample(), noon)
	if err != nil {
		t.Fatal(err)
	}
	if err := pades.Verify(sealed.PDF, key.Chain); err != nil {
		t.Fatal(err)
	}
	file := bytes.Clone(sealed.PDF)
	for i := range file {
		bit := byte(1) << (i % 8)
		file[i] ^= bit
		if pades.Verify(file, key.Chain) == nil {
			t.Errorf("bit flipped in byte %d of %d: still valid", i, len(file))
		}
		file[i] ^= bit
	}
	for name, altered := range map[string][]byte{
		"appended": append(bytes.Clone(file), '\n'),
		"update":   append(bytes.Clone(file), "1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"...),
		"cut":      file[:len(file)-1],
		"empty":    nil,
	} {
		if pades.Verify(altered, key.Chain) == nil {
			t.Errorf("%s: still valid", name)
		}
	}
}
