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
		file []byte
		of   *tsa.Authority
	}{
		"without":                     {plain, nil},
		"in the signature":            {timed, w.authority},
		"archived by somebody else":   {later.File, w.authority},
		"of the document, a stranger": {document.File, other.authority},
	} {
		token, err := pades.FirstTimestamp(c.file)
		if err != nil || (token == nil) != (c.of == nil) {
			t.Errorf("%s: %v, %v", name, token, err)
			continue
		}
		for _, authority := range []*tsa.Authority{w.authority, other.authority} {
			if token == nil {
				break
			}
			if _, err := token.Verify(authority.Roots(), token.Time); (err == nil) != (authority == c.of) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := pades.FirstTimestamp(bytes.Replace(timed, []byte("612"), []byte("613"), 1)); !errors.Is(err, pades.ErrAltered) {
		t.Errorf("a changed file: %v", err)
	}
}
