package pades_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jachete/pdf/pades"
	"jachete/pdf/pades/check"
	"jachete/pdf/pades/tsa"
)

// TestArchiveRefusesWhatIsNotWhole: nobody's word makes a broken file good.
func TestArchiveRefusesWhatIsNotWhole(t *testing.T) {
	w := newWorld(t)
	timed := w.seal(t, w.sealing(), stream).File
	r, err := w.archiver().Archive(t.Context(), timed)
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"timed": timed, "archived": r.File} {
		for _, old := range []string{"%PDF-1.7", "/MediaBox [0 0 612 792]", "/M (D:2026"} {
			broken := bytes.Replace(file, []byte(old), bytes.ToLower(bytes.ReplaceAll([]byte(old), []byte("2"), []byte("3"))), 1)
			if got, err := w.archiver().Archive(t.Context(), broken); err == nil {
				t.Errorf("%s without %q: %s", name, old, got.Level)
			}
		}
	}
	for _, at := range []string{"/Type /DSS /Certs [", "/F 132 /Rect [0 0 0 0] /P 3 0 R /V 1", "/TU (Ho"} {
		i := bytes.LastIndex(r.File, []byte(at))
		if i < 0 {
			t.Fatalf("no %q", at)
		}
		broken := bytes.Clone(r.File)
		broken[i+len(at)+1] ^= 1
		if _, err := w.archiver().Archive(t.Context(), broken); err == nil {
			t.Errorf("changed after %q: archived again", at)
		}
	}
	a := w.archiver()
	a.Stamper = off{w.authority}
	if _, err := a.Archive(t.Context(), timed); !errors.Is(err, errOff) {
		t.Errorf("nobody stamped: %v", err)
	}
}

// TestArchiveRefusesOtherRanges: a timestamp of something else than all bytes
// up to its end.
func TestArchiveRefusesOtherRanges(t *testing.T) {
	w := newWorld(t)
	r, err := w.archiver().Archive(t.Context(), w.seal(t, w.sealing(), stream).File)
	if err != nil {
		t.Fatal(err)
	}
	i := bytes.LastIndex(r.File, []byte("/ByteRange [0 "))
	var start, end, after int
	if _, err := fmt.Sscanf(string(r.File[i:i+50]), "/ByteRange [0 %d %d %d]", &start, &end, &after); err != nil {
		t.Fatal(err)
	}
	for want, n := range map[string][3]int{
		"contents of a timestamp": {start + 1, end, after},
		"does not cover":          {start, end, after - 1},
		"byte range":              {start, end, after + 1},
		"byte range of a":         {end, start, after},
	} {
		file := bytes.Clone(r.File)
		copy(file[i:], fmt.Sprintf("/ByteRange [0 %010d %010d %010d]", n[0], n[1], n[2]))
		if _, err := w.archiver().Archive(t.Context(), file); !errors.Is(err, pades.ErrLayout) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", n, err, want)
		}
	}
}

// twins are two authorities behind one stamper, as a client has them.
type twins struct {
	*tsa.Authority                     // the one that answers
	known          []*x509.Certificate // of the one that answered before
	roots          []*x509.Certificate
}

func (s *twins) Signers(context.Context) ([]*x509.Certificate, error) { return s.known, nil }
func (s *twins) Roots() []*x509.Certificate                           { return s.roots }

func (s *twins) Timestamp(ctx context.Context, digest [sha256.Size]byte) (*tsa.Token, error) {
	token, err := s.Authority.Timestamp(ctx, digest)
	s.known = s.Chain
	return token, err
}

// TestTheStoreIsAboutWhoStamps: another authority answers than the one whose
// evidence was just put into the file.
func TestTheStoreIsAboutWhoStamps(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	timed := w.seal(t, w.sealing(), stream).File
	a := w.archiver()
	a.Stamper = &twins{other.authority, w.authority.Chain, append(w.roots(), other.authority.Chain[1])}
	a.Source = pades.Lists{w.list, w.authority.List, other.authority.List}
	r, err := a.Archive(t.Context(), timed)
	if err != nil {
		t.Fatal(err)
	}
	report, err := check.Level(r.File, a.Stamper.Roots(), w.now)
	if err != nil || report.Level != pades.LevelLTA || len(report.Times) != 2 {
		t.Errorf("%s, %d timestamps, %v, %v", report.Level, len(report.Times), report.Short, err)
	}
	if got := lists(t, r.File); len(got) != 3 {
		t.Errorf("%d lists", len(got))
	}
	a.Source = pades.Lists{w.list, w.authority.List}
	a.Stamper = &twins{other.authority, w.authority.Chain, a.Stamper.Roots()}
	if _, err := a.Archive(t.Context(), timed); !errors.Is(err, pades.ErrEvidence) {
		t.Errorf("without the other's list: %v", err)
	}
}
