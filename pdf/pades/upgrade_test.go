package pades_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
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

// slow is an authority that never answers.
type slow struct{ *tsa.Authority }

func (slow) Timestamp(ctx context.Context, _ [sha256.Size]byte) (*tsa.Token, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestSealingDoesNotWaitLongerThanItsCaller(t *testing.T) {
	w := newWorld(t)
	s := w.sealing()
	s.Stamper = slow{w.authority}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	r, err := s.Seal(ctx, rand.Reader, document(stream, s.Dictionary(w.now), s.Evidence))
	if err != nil || !errors.Is(r.Missing, context.DeadlineExceeded) || w.level(t, r) != pades.LevelB {
		t.Errorf("%s, %v, %v", r.Level, r.Missing, err)
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
		"more after it":       {append(bytes.Clone(pending), "1 0 obj\nnull\nendobj\n%%EOF\n"...), token, pades.ErrLayout},
		"no signature":        {nil, token, pades.ErrLayout},
	} {
		if _, err := pades.AddTimestamp(c.file, c.token); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
