//go:build pkcs11 && cgo

package token_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/pkcs11"

	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
	"jachete/pdf/pades/token"
)

const (
	label = "Sceaux d’essai"
	pin   = "7391"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// device is a SoftHSM token of the test's own.
type device struct {
	folder string // of its objects
	module string
}

// newDevice makes an empty token. SoftHSM reads the name of its configuration
// from the environment, at each initialisation.
func newDevice(t *testing.T) device {
	t.Helper()
	modules, _ := filepath.Glob("/usr/lib*/softhsm/libsofthsm2.so")
	if len(modules) == 0 {
		t.Fatal("SoftHSM is not installed: tools/install-test-deps")
	}
	d := device{folder: filepath.Join(t.TempDir(), "tokens"), module: modules[0]}
	configuration := filepath.Join(t.TempDir(), "softhsm2.conf")
	if err := os.Mkdir(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(configuration, []byte("directories.tokendir = "+d.folder+"\nlog.level = ERROR\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SOFTHSM2_CONF", configuration)
	run(t, "softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "00000000")
	return d
}

// hold puts a key into the token and gives its address.
func (d device) hold(t *testing.T, object string, key crypto.Signer) token.URI {
	t.Helper()
	file, err := issue.SignerPEM(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "softhsm2-util", "--import", path, "--token", label, "--label", object, "--id", "0a", "--pin", pin, "--force")
	return d.uri(t, object)
}

// generate has the token make a P-256 key that asks for the PIN before each
// signature.
func (d device) generate(t *testing.T, object string) crypto.PublicKey {
	t.Helper()
	ctx := pkcs11.New(d.module)
	defer ctx.Destroy()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx.Finalize() // what an earlier test left
	must(ctx.Initialize())
	defer ctx.Finalize()
	slots, err := ctx.GetSlotList(true)
	must(err)
	session, err := ctx.OpenSession(slots[0], pkcs11.CKF_SERIAL_SESSION|pkcs11.CKF_RW_SESSION)
	must(err)
	must(ctx.Login(session, pkcs11.CKU_USER, pin))
	curve, err := asn1.Marshal(asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7})
	must(err)
	attribute := pkcs11.NewAttribute
	public, _, err := ctx.GenerateKeyPair(session, []*pkcs11.Mechanism{pkcs11.NewMechanism(pkcs11.CKM_EC_KEY_PAIR_GEN, nil)},
		[]*pkcs11.Attribute{attribute(pkcs11.CKA_EC_PARAMS, curve)},
		[]*pkcs11.Attribute{attribute(pkcs11.CKA_TOKEN, true), attribute(pkcs11.CKA_SIGN, true), attribute(pkcs11.CKA_LABEL, object),
			attribute(pkcs11.CKA_ID, []byte{10}), attribute(pkcs11.CKA_ALWAYS_AUTHENTICATE, true)})
	must(err)
	values, err := ctx.GetAttributeValue(session, public, []*pkcs11.Attribute{attribute(pkcs11.CKA_EC_POINT, nil)})
	must(err)
	var point []byte
	_, err = asn1.Unmarshal(values[0].Value, &point)
	must(err)
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	must(err)
	return key
}

func (d device) uri(t *testing.T, object string) token.URI {
	t.Helper()
	u, err := token.Parse("pkcs11:token=" + url.PathEscape(label) + ";object=" + object + ";id=%0a?module-path=" + d.module)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func newEC(t *testing.T) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func newRSA(t *testing.T, bits int) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// certify gives the chain of a seal for a public key.
func certify(t *testing.T, public crypto.PublicKey) []*x509.Certificate {
	t.Helper()
	root, err := issue.Root(rand.Reader, x509.Certificate{Subject: pkix.Name{CommonName: "Racine d’essai"}, NotBefore: noon, NotAfter: noon.AddDate(30, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	serial, err := issue.Serial(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: "Sceau d’essai"},
		NotBefore: noon, NotAfter: noon.AddDate(10, 0, 0), KeyUsage: x509.KeyUsageDigitalSignature}, root.Certificate, public, root.Signer)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return []*x509.Certificate{leaf, root.Certificate}
}

// openKey opens what must open.
func openKey(t *testing.T, u token.URI, public crypto.PublicKey) pades.Key {
	t.Helper()
	signer, err := token.Open(u, pin, public)
	if err != nil {
		t.Fatal(err)
	}
	return pades.Key{Signer: signer, Chain: certify(t, public)}
}

// wantRefusal opens what must not open, and names why.
func wantRefusal(t *testing.T, u token.URI, pin string, public crypto.PublicKey, why string) error {
	t.Helper()
	_, err := token.Open(u, pin, public)
	if err == nil || !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "\n") {
		t.Errorf("want %q, have %v", why, err)
	}
	return err
}
