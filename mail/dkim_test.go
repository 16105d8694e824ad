package mail

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"jachete/mail/mailtest"
)

func keyPEM(t testing.TB, key crypto.PrivateKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func TestDKIMSignatureVerifies(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rsaPublic, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	if err != nil {
		t.Fatal(err)
	}
	for record, key := range map[string]crypto.PrivateKey{
		"v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(rsaPublic):  rsaKey,
		"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public): private,
	} {
		signer, err := NewDKIM(keyPEM(t, key), "s2026", "jachete.example.org", testClock)
		if err != nil {
			t.Fatal(err)
		}
		relay := mailtest.Start(t, mailtest.Options{})
		c := dialTo(t, relay.URL(), func(o *SMTPOptions) { o.DKIM = signer })
		c.Send(context.Background(), sampleMessage(t, "x@example.org"))
		verify := func(raw []byte) error {
			found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{
				LookupTXT: func(string) ([]string, error) { return []string{record}, nil }})
			if err != nil {
				return err
			}
			if len(found) != 1 || found[0].Domain != "jachete.example.org" {
				t.Fatalf("signatures: %+v", found)
			}
			return found[0].Err
		}
		raw := relay.Received()[0].Raw
		if err := verify(raw); err != nil {
			t.Errorf("%.20s: %v", record, err)
		}
		if verify(bytes.Replace(raw, []byte("Bonjour"), []byte("Bonsoir"), 1)) == nil {
			t.Errorf("%.20s: an altered body verifies", record)
		}
		if verify(bytes.Replace(raw, []byte("\r\nFrom:"), []byte("\r\nFrom: <evil@example.org>\r\nFrom:"), 1)) == nil {
			t.Errorf("%.20s: a second From verifies", record)
		}
		if verify(bytes.Replace(raw, []byte("List-Unsubscribe: <https"), []byte("List-Unsubscribe: <http"), 1)) == nil &&
			bytes.Contains(raw, []byte("List-Unsubscribe: <https")) {
			t.Errorf("%.20s: an altered List-Unsubscribe verifies", record)
		}
	}
}

func TestDKIMRefusesWeakAndBrokenKeys(t *testing.T) {
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	for want, key := range map[string][]byte{"at least 2048": keyPEM(t, weak), "PEM": []byte("no key")} {
		if _, err := NewDKIM(key, "s", "example.org", testClock); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("NewDKIM = %v, want %q", err, want)
		}
	}
}
