package pades_test

import (
	"crypto"
	"crypto/rand"
	"errors"
	"io"
	"testing"

	"jachete/pdf/pades"
)

// device is a key that cannot be read, as in PKCS #11.
type device struct{ inside crypto.Signer }

func (d device) Public() crypto.PublicKey { return d.inside.Public() }

func (d device) Sign(random io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	return d.inside.Sign(random, digest, o)
}

func TestKeysInADevice(t *testing.T) {
	w := newWorld(t)
	w.key.Signer, w.authority.Signer = device{w.key.Signer}, device{w.authority.Signer}
	if err := w.key.Check(w.now); err != nil {
		t.Fatal(err)
	}
	if got := w.level(t, w.seal(t, w.sealing(), stream)); got != pades.LevelT {
		t.Error(got)
	}
	if _, _, err := w.key.PEM(); err == nil {
		t.Error("a key in a device was written")
	}
}

// TestRotation: a new leaf and, years later, a new root. What was sealed before
// stays valid with the chain that it carries.
func TestRotation(t *testing.T) {
	w := newWorld(t)
	old := w.seal(t, w.sealing(), stream)
	oldKey := w.key
	w.now = noon.AddDate(1, 0, 0)
	var err error
	if w.key, err = pades.Rotate(rand.Reader, w.now, "Service d’essai", w.rootKey, w.key.Root()); err != nil {
		t.Fatal(err)
	}
	if err := w.key.Check(w.now); err != nil || w.key.Chain[0].Equal(oldKey.Chain[0]) || !w.key.Root().Equal(oldKey.Root()) {
		t.Errorf("%v", err)
	}
	young := w.seal(t, w.sealing(), stream)
	if r, err := w.archiver().LongTerm(t.Context(), young.File); err != nil || !errors.Is(r.Missing, pades.ErrEvidence) || r.Level != pades.LevelT {
		t.Errorf("a list older than the leaf: %s, %v, %v", r.Level, r.Missing, err)
	}
	if w.list, err = pades.MakeCRL(rand.Reader, w.now, w.rootKey, w.key.Root()); err != nil {
		t.Fatal(err)
	}
	for _, file := range [][]byte{old.File, young.File} {
		r, err := w.archiver().Archive(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, r); got != pades.LevelLTA {
			t.Error(got)
		}
	}
	if err := pades.Verify(old.File, oldKey.Chain); err != nil {
		t.Error(err)
	}
	if _, err := pades.Rotate(rand.Reader, w.now, "", w.rootKey, w.authority.Chain[1]); err == nil {
		t.Error("another root's key was taken")
	}
}

// TestALeafDoesNotOutliveItsRoot: some readers want dates nested.
func TestALeafDoesNotOutliveItsRoot(t *testing.T) {
	w := newWorld(t)
	late, err := pades.Rotate(rand.Reader, noon.AddDate(25, 0, 0), "Service d’essai", w.rootKey, w.key.Root())
	if err != nil {
		t.Fatal(err)
	}
	if late.Chain[0].NotAfter.After(w.key.Root().NotAfter) {
		t.Errorf("leaf until %s, root until %s", late.Chain[0].NotAfter, w.key.Root().NotAfter)
	}
}
