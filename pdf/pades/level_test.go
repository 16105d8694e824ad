package pades_test

import (
	"bytes"
	"errors"
	"testing"

	"jachete/pdf/pades"
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

// TestNothingMissingNothingChanged: the second time there is nothing to add.
func TestNothingMissingNothingChanged(t *testing.T) {
	w := newWorld(t)
	long, err := w.archiver().LongTerm(t.Context(), w.room(t, stream).File)
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.archiver().LongTerm(t.Context(), long.File)
	if err != nil || again.Level != pades.LevelLT || !bytes.Equal(again.File, long.File) {
		t.Errorf("%s, changed: %v, %v", again.Level, !bytes.Equal(again.File, long.File), err)
	}
}

// TestEvidenceThatIsNotEnough: the file has its time, and waits for the rest.
func TestEvidenceThatIsNotEnough(t *testing.T) {
	w := newWorld(t)
	a := w.archiver()
	for name, source := range map[string]pades.Lists{"the authority's": {w.list}, "the seal's": {w.authority.List}, "both": nil} {
		a.Source = source
		r, err := a.LongTerm(t.Context(), w.room(t, stream).File)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.level(t, r); got != pades.LevelT || !errors.Is(r.Missing, pades.ErrEvidence) {
			t.Errorf("%s: %s, %v", name, got, r.Missing)
		}
		if archived, err := a.Archive(t.Context(), r.File); !errors.Is(err, pades.ErrEvidence) {
			t.Errorf("%s: archived as %s, %v", name, archived.Level, err)
		}
		if r, err = w.archiver().LongTerm(t.Context(), r.File); err != nil || w.level(t, r) != pades.LevelLT {
			t.Errorf("%s, later: %v", name, err)
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
