package pades_test

import (
	"bytes"
	"errors"
	"testing"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

// TestWhoseTimeItIs: the first timestamp tells, whoever archived later.
func TestWhoseTimeItIs(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	plain := w.seal(t, pades.Sealing{Key: w.key}, stream).File
	timed := w.seal(t, w.sealing(), stream).File
	foreign := w.archiver()
	foreign.Stamper, foreign.Roots = other.authority, w.authority.Roots()
	foreign.Source = pades.Lists{w.list, w.authority.List, other.authority.List}
	later, err := foreign.Archive(t.Context(), timed)
	if err != nil {
		t.Fatal(err)
	}
	document, err := foreign.Archive(t.Context(), plain) // no room in the signature
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file          []byte
		ours, foreign bool
	}{
		"without":                     {plain, false, false},
		"in the signature":            {timed, true, false},
		"archived by somebody else":   {later.File, true, false},
		"of the document, a stranger": {document.File, false, true},
	} {
		for authority, want := range map[*tsa.Authority]bool{w.authority: c.ours, other.authority: c.foreign} {
			if got, err := pades.StampedBy(c.file, authority.Roots()); err != nil || got != want {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	}
	if _, err := pades.StampedBy(bytes.Replace(timed, []byte("612"), []byte("613"), 1), w.authority.Roots()); !errors.Is(err, pades.ErrAltered) {
		t.Errorf("a changed file: %v", err)
	}
}
