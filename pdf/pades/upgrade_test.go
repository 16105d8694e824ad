package pades_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

// off is an authority that does not answer.
type off struct{ *tsa.Authority }

var errOff = errors.New("no route to host")

func (off) Timestamp(context.Context, [sha256.Size]byte) (*tsa.Token, error) { return nil, errOff }

func TestSealedWithoutAnswerAndUpgraded(t *testing.T) {
	w := newWorld(t)
	pending := w.room(t, stream)
	a := w.archiver()
	a.Stamper = off{w.authority}
	if r, err := a.LongTerm(t.Context(), pending.File); !errors.Is(err, errOff) {
		t.Errorf("still off: %s, %v", r.Level, err)
	}
	w.now = w.now.Add(10 * time.Minute)
	upgraded, err := w.archiver().LongTerm(t.Context(), pending.File)
	if err != nil {
		t.Fatal(err)
	}
	if got := w.level(t, upgraded); got != pades.LevelLT || upgraded.Missing != nil {
		t.Errorf("%s: %v", got, upgraded.Missing)
	}
	first, err := pades.FirstRevision(upgraded.File)
	if err != nil || len(first) != len(pending.File) {
		t.Errorf("%d bytes, before %d: %v", len(first), len(pending.File), err)
	}
	for _, file := range [][]byte{pending.File, first} {
		if err := pades.Verify(file, w.key.Chain); err != nil {
			t.Error(err)
		}
	}
}

// TestNoRoom: a file of a time when there was no authority.
func TestNoRoom(t *testing.T) {
	w := newWorld(t)
	old := w.seal(t, pades.Sealing{Key: w.key}, table)
	digest, err := pades.SignatureDigest(old.File)
	if err != nil {
		t.Fatal(err)
	}
	token, err := w.authority.Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pades.AddTimestamp(old.File, token); !errors.Is(err, pades.ErrRoom) {
		t.Errorf("there is room: %v", err)
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
	pending, timed := w.room(t, table).File, w.seal(t, w.sealing(), table).File
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
		"more after it":       {append(bytes.Clone(pending), "1 0 obj\nnull\nendobj\n%%EOF\n"...), token, pades.ErrLayout},
		"no signature":        {nil, token, pades.ErrLayout},
	} {
		if _, err := pades.AddTimestamp(c.file, c.token); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// silent is an authority that tells not even who it is.
type silent struct {
	*tsa.Authority
	asked *int
}

func (silent) Signers(context.Context) ([]*x509.Certificate, error) { return nil, errOff }

func (s silent) Timestamp(context.Context, [sha256.Size]byte) (*tsa.Token, error) {
	*s.asked++
	return nil, errOff
}

// TestNobodyWaitsTwice: each question to an authority that is away takes its
// patience.
func TestNobodyWaitsTwice(t *testing.T) {
	w, asked := newWorld(t), 0
	a := w.archiver()
	a.Stamper = silent{w.authority, &asked}
	if _, err := a.LongTerm(t.Context(), w.room(t, stream).File); !errors.Is(err, errOff) || asked > 0 {
		t.Errorf("asked %d times more, %v", asked, err)
	}
}
