package pades_test

import (
	"bytes"
	"crypto/x509"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/check"
)

// golden gives a file of testdata.
func golden(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "golden", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestGoldenFileStaysGood: a file of long ago, sealed with a key that was
// rotated since and by an authority that is gone, is what it was, twenty years
// on too, and can be archived again by another one.
func TestGoldenFileStaysGood(t *testing.T) {
	file := golden(t, "blta.pdf")
	roots, err := pades.ParseChain(golden(t, "roots.pem"))
	if err != nil {
		t.Fatal(err)
	}
	first, err := pades.FirstRevision(file)
	if err != nil {
		t.Fatal(err)
	}
	made := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{made, made.AddDate(20, 0, 0)} {
		for want, data := range map[pades.Level][]byte{pades.LevelT: first, pades.LevelLTA: file} {
			if r, err := check.Level(data, roots, at); err != nil || r.Level != want {
				t.Errorf("%s: %s, %v, %v", at, r.Level, r.Short, err)
			}
		}
	}
	if !stampedUnder(file, roots) {
		t.Error("not the authority's time")
	}
	w := newWorld(t)
	w.now = noon.AddDate(0, 1, 0)
	a := w.archiver()
	a.Roots = roots
	again, err := a.Archive(t.Context(), file)
	if err != nil || !bytes.HasPrefix(again.File, file) {
		t.Fatalf("archived again: %v", err)
	}
	if r, err := check.Level(again.File, append(w.roots(), roots...), w.now); err != nil || r.Level != pades.LevelLTA || len(r.Times) != 3 {
		t.Errorf("archived again: %s, %v, %v", r.Level, r.Short, err)
	}
	first[len(first)/2] ^= 1
	if _, err := check.Level(first, roots, made); err == nil {
		t.Error("a byte changed: still good")
	}
}

// stampedUnder tells whether a whole file owes its time to an authority of
// these roots.
func stampedUnder(file []byte, roots []*x509.Certificate) bool {
	token, err := pades.FirstTimestamp(file)
	if err != nil || token == nil {
		return false
	}
	_, err = token.Verify(roots, token.Time)
	return err == nil
}

// FuzzArchive: whatever comes, nothing but our own whole files is stamped.
func FuzzArchive(f *testing.F) {
	roots, err := pades.ParseChain(golden(f, "roots.pem"))
	if err != nil {
		f.Fatal(err)
	}
	archived := golden(f, "blta.pdf")
	first, err := pades.FirstRevision(archived)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(archived)
	f.Add(first)
	f.Add(first[:len(first)-1])
	f.Add(append(bytes.Clone(first), "1 0 obj\nnull\nendobj\nstartxref\n0\n%%EOF\n"...))
	f.Add(bytes.Replace(archived, []byte("/Type /DSS"), []byte("/Type /DSX"), 1))
	f.Add([]byte("%PDF-1.7\n/SubFilter /ETSI.CAdES.detached /Contents <>%%EOF\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if err := pades.Verify(file, roots[:1]); err == nil {
			t.Error("verified by another certificate")
		}
		if stampedUnder(file, roots) && !bytes.HasPrefix(file, first) {
			t.Error("a file that nobody made")
		}
		if r, err := check.Level(file, roots, noon); err == nil && !bytes.HasPrefix(file, first) {
			t.Errorf("%s: a file that nobody made", r.Level)
		}
	})
}
