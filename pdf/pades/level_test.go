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
