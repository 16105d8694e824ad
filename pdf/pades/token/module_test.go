//go:build pkcs11 && cgo

package token_test

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/miekg/pkcs11"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/pdf/pades/token"
	"jachete/workflow"
)

var content = workflow.CertificateContent{
	Number: "ESJ-2026-7KQ4-M2XD", VerifyURL: "https://example.org/v/ESJ-2026-7KQ4-M2XD",
	DeclarationTitle: "Essai", DeclarationText: "# Essai\n\nTout va.\n",
	Organisation: workflow.Snapshot{Name: "Ville de Rivière-Exemple"},
	Signatory:    workflow.Signatory{Name: "Camille Exemple", Function: "essai"},
	SignedAt:     noon, MailboxConfirmedAt: noon,
	Steps: []workflow.CertificateStep{{Kind: workflow.StepSigned, At: noon}},
}

// Another program reads what the token sealed.
func TestATokenSeals(t *testing.T) {
	for name, key := range map[string]crypto.Signer{"P-256": newEC(t), "RSA-3072": newRSA(t, 3072)} {
		t.Run(name, func(t *testing.T) {
			k := openKey(t, newDevice(t).hold(t, "sceau", key), key.Public())
			sealer, err := pdf.New(k, nil, noon)
			if err != nil {
				t.Fatal(err)
			}
			sealed, err := sealer.Seal(t.Context(), content, noon)
			if err != nil {
				t.Fatal(err)
			}
			if err := pades.Verify(sealed.PDF, k.Chain); err != nil {
				t.Error(err)
			}
			path := filepath.Join(t.TempDir(), "c.pdf")
			if err := os.WriteFile(path, sealed.PDF, 0o600); err != nil {
				t.Fatal(err)
			}
			report := run(t, "pdfsig", "-nocert", path)
			for _, said := range []string{"Signature is Valid.", "Sceau d’essai", "Total document signed"} {
				if !strings.Contains(report, said) {
					t.Errorf("pdfsig does not say %q:\n%s", said, report)
				}
			}
		})
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	d, key := newDevice(t), newEC(t)
	u := d.hold(t, "sceau", key)
	change := func(change func(*token.URI)) token.URI { v := u; change(&v); return v }
	if err := wantRefusal(t, u, "0000", key.Public(), "PIN"); !errors.Is(err, token.ErrPIN) {
		t.Error(err)
	}
	if err := wantRefusal(t, u, pin, newEC(t).Public(), "do not belong together"); !errors.Is(err, token.ErrKey) {
		t.Error(err)
	}
	long := newRSA(t, 3072)
	wantRefusal(t, u, pin, long.Public(), "token: ") // a key of another kind
	longer := d.hold(t, "long", newRSA(t, 3072))
	if err := wantRefusal(t, longer, pin, long.Public(), "do not belong together"); !errors.Is(err, token.ErrKey) {
		t.Error(err)
	}
	wantRefusal(t, change(func(u *token.URI) { u.Token = "Absent" }), pin, key.Public(), "0 tokens answer to token=Absent")
	wantRefusal(t, change(func(u *token.URI) { u.Serial = "00" }), pin, key.Public(), "0 tokens answer")
	wantRefusal(t, change(func(u *token.URI) { u.Object = "absent" }), pin, key.Public(), "object=absent;id=0a: 0 private keys")
	wantRefusal(t, change(func(u *token.URI) { u.ID = "\x0b" }), pin, key.Public(), "0 private keys")
	wantRefusal(t, change(func(u *token.URI) { u.Module = "/usr/lib/absent.so" }), pin, key.Public(), "absent.so cannot be loaded")
	d.hold(t, "autre", newEC(t)) // with the same id
	wantRefusal(t, change(func(u *token.URI) { u.Object = "" }), pin, key.Public(), "2 private keys")
}

// A key under the least strength signs, and is refused like one in a file.
func TestAWeakKeyIsRefused(t *testing.T) {
	key := newRSA(t, 2048)
	k := openKey(t, newDevice(t).hold(t, "sceau", key), key.Public())
	if _, err := pdf.New(k, nil, noon); err == nil || !strings.Contains(err.Error(), "2048 bits") {
		t.Error(err)
	}
}

// Nothing is half signed while the token is away, and nobody restarts anything
// when it is back.
func TestALostTokenIsFoundAgain(t *testing.T) {
	d, key := newDevice(t), newEC(t)
	k := openKey(t, d.hold(t, "sceau", key), key.Public())
	sealer, err := pdf.New(k, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	seals := func(want bool) {
		t.Helper()
		sealed, err := sealer.Seal(t.Context(), content, noon)
		if (err == nil) != want || (len(sealed.PDF) > 0) != want {
			t.Errorf("%d bytes, %v", len(sealed.PDF), err)
		}
		if err != nil && !workflow.IsKind(err, workflow.Unavailable) {
			t.Errorf("the refusal is not temporary: %v", err)
		}
	}
	seals(true)
	loseSessions(t, d)
	seals(true)
	away := d.folder + ".away"
	if err := os.Rename(d.folder, away); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(d.folder, 0o700); err != nil {
		t.Fatal(err)
	}
	loseSessions(t, d)
	seals(false)
	seals(false)
	if err := os.Remove(d.folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(away, d.folder); err != nil {
		t.Fatal(err)
	}
	seals(true)
}

// loseSessions ends every session, as pulling the device does.
func loseSessions(t *testing.T, d device) {
	t.Helper()
	ctx := pkcs11.New(d.module)
	defer ctx.Destroy()
	if err := ctx.Finalize(); err != nil {
		t.Fatal(err)
	}
}

// Tokens of natural persons ask for the PIN before each signature.
func TestAKeyMayAskForThePINEachTime(t *testing.T) {
	d := newDevice(t)
	public := d.generate(t, "sceau")
	k := openKey(t, d.uri(t, "sceau"), public)
	sealer, err := pdf.New(k, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := sealer.Seal(t.Context(), content, noon); err != nil {
			t.Error(err)
		}
	}
}

// Run with -race.
func TestATokenSignsForManyAtOnce(t *testing.T) {
	d, key := newDevice(t), newEC(t)
	k := openKey(t, d.hold(t, "sceau", key), key.Public())
	digest := sha256.Sum256([]byte("ce qu’on signe"))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if _, err := k.Signer.Sign(rand.Reader, digest[:], crypto.SHA256); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
