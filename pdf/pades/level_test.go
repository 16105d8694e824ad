package pades_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

func TestLevels(t *testing.T) {
	for _, kind := range []section{table, stream} {
		w := newWorld(t)
		b := w.seal(t, pades.Sealing{Key: w.key}, kind)
		if got := w.level(t, b); got != pades.LevelB {
			t.Errorf("without authority: %s", got)
		}
		timed := w.seal(t, w.sealing(), kind)
		if got := w.level(t, timed); got != pades.LevelT || timed.Missing != nil {
			t.Errorf("with authority: %s, %v", got, timed.Missing)
		}
		long, err := w.archiver().LongTerm(t.Context(), timed.File)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, long); got != pades.LevelLT {
			t.Errorf("with evidence: %s", got)
		}
		if !bytes.HasPrefix(long.File, timed.File) {
			t.Error("the old file is not the beginning of the new one")
		}
		archived, err := w.archiver().Archive(t.Context(), long.File)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, archived); got != pades.LevelLTA || !bytes.HasPrefix(archived.File, long.File) {
			t.Errorf("archived: %s", got)
		}
	}
}

func TestLongTermInOneRevision(t *testing.T) {
	w := newWorld(t)
	s := w.sealing()
	s.Evidence = w.evidence(t)
	for _, kind := range []section{table, stream} {
		r := w.seal(t, s, kind)
		if got := w.level(t, r); got != pades.LevelLT || bytes.Count(r.File, []byte("%%EOF")) != 1 {
			t.Errorf("%s, %d revisions, %v", got, bytes.Count(r.File, []byte("%%EOF")), r.Missing)
		}
		again, err := w.archiver().LongTerm(t.Context(), r.File)
		if err != nil || !bytes.Equal(again.File, r.File) {
			t.Errorf("nothing was missing, changed: %v, %v", !bytes.Equal(again.File, r.File), err)
		}
	}
}

// TestEvidenceThatIsNotEnough: the store lacks the authority's list.
func TestEvidenceThatIsNotEnough(t *testing.T) {
	w := newWorld(t)
	s := w.sealing()
	s.Evidence = pades.Evidence{Certificates: append(w.key.Chain[:2:2], w.authority.Chain...), Lists: pades.Lists{w.list}}
	r := w.seal(t, s, stream)
	if got := w.level(t, r); got != pades.LevelT || !errors.Is(r.Missing, pades.ErrEvidence) {
		t.Errorf("%s, %v", got, r.Missing)
	}
	r, err := w.archiver().Archive(t.Context(), r.File)
	if err != nil {
		t.Fatal(err)
	}
	if got := w.level(t, r); got != pades.LevelLTA {
		t.Error(got)
	}
}

// off is an authority that does not answer.
type off struct{ *tsa.Authority }

var errOff = errors.New("no route to host")

func (off) Timestamp(context.Context, [sha256.Size]byte) (*tsa.Token, error) { return nil, errOff }

func TestSealedWithoutAnswerAndUpgraded(t *testing.T) {
	for name, evidence := range map[string]bool{"B-T": false, "B-LT": true} {
		w := newWorld(t)
		s := w.sealing()
		s.Stamper = off{w.authority}
		if evidence {
			s.Evidence = w.evidence(t)
		}
		pending := w.seal(t, s, stream)
		if got := w.level(t, pending); got != pades.LevelB || !errors.Is(pending.Missing, errOff) {
			t.Fatalf("%s, %v", got, pending.Missing)
		}
		if again, err := s.Upgrade(t.Context(), pending.File); err != nil || again.Level != pades.LevelB || !bytes.Equal(again.File, pending.File) {
			t.Errorf("still off: %s, %v", again.Level, err)
		}
		w.now = w.now.Add(10 * time.Minute)
		s.Stamper = w.authority
		upgraded, err := s.Upgrade(t.Context(), pending.File)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, upgraded); string(got) != name {
			t.Errorf("%s, want %s: %v", got, name, upgraded.Missing)
		}
		if len(upgraded.File) != len(pending.File) {
			t.Errorf("%d bytes, before %d", len(upgraded.File), len(pending.File))
		}
		for _, file := range [][]byte{pending.File, upgraded.File} {
			if err := pades.Verify(file, w.key.Chain); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestNoRoom: a file of a time when there was no authority.
func TestNoRoom(t *testing.T) {
	w := newWorld(t)
	old := w.seal(t, pades.Sealing{Key: w.key}, table)
	if r, err := w.sealing().Upgrade(t.Context(), old.File); err != nil || r.Level != pades.LevelB || !errors.Is(r.Missing, pades.ErrRoom) {
		t.Errorf("%s, %v, %v", r.Level, r.Missing, err)
	}
	for name, make := range map[string]func(context.Context, []byte) (pades.Result, error){
		"B-LT": w.archiver().LongTerm, "B-LTA": w.archiver().Archive,
	} {
		r, err := make(t.Context(), old.File)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, r); string(got) != name || !bytes.HasPrefix(r.File, old.File) {
			t.Errorf("%s, want %s", got, name)
		}
	}
}

func TestAddTimestampRefuses(t *testing.T) {
	w := newWorld(t)
	s := w.sealing()
	s.Stamper = off{w.authority}
	pending, timed := w.seal(t, s, table).File, w.seal(t, w.sealing(), table).File
	right, err := pades.SignatureDigest(pending)
	if err != nil {
		t.Fatal(err)
	}
	token, _ := w.authority.Timestamp(t.Context(), right)
	other, _ := w.authority.Timestamp(t.Context(), sha256.Sum256(nil))
	archived, err := w.archiver().Archive(t.Context(), pending)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file  []byte
		token *tsa.Token
		want  error
	}{
		"another signature's": {pending, other, pades.ErrAltered},
		"twice":               {timed, token, pades.ErrLayout},
		"archived":            {archived.File, token, pades.ErrLayout},
		"no signature":        {nil, token, pades.ErrLayout},
	} {
		if _, err := pades.AddTimestamp(c.file, c.token); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryByteOfATimedFileCounts: no bit is free, the timestamp's included.
func TestEveryByteOfATimedFileCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file := w.seal(t, w.sealing(), stream).File
	for i := range file {
		for _, flip := range []byte{1 << (i % 8), 0x20} {
			file[i] ^= flip
			if pades.Verify(file, w.key.Chain) == nil {
				t.Errorf("byte %d is now %q: still valid", i, file[i])
			}
			file[i] ^= flip
		}
	}
}

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
	if _, err := w.archiver().LongTerm(t.Context(), young.File); !errors.Is(err, pades.ErrEvidence) {
		t.Errorf("a list older than the leaf: %v", err)
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
