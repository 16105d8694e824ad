package pades_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"jachete/pdf/pades"
)

func TestPrepared(t *testing.T) {
	w := newWorld(t)
	whole := w.archiver().Source
	for name, c := range map[string]struct {
		stamper pades.Timestamper
		source  pades.Source
		want    error
		level   pades.Level
	}{
		"all there":           {w.authority, whole, nil, pades.LevelLT},
		"authority off":       {off{w.authority}, whole, errOff, pades.LevelT}, // that of the start; it answers later
		"its list not there":  {w.authority, pades.Lists{w.list}, pades.ErrEvidence, pades.LevelT},
		"our list not there":  {w.authority, pades.Lists{w.authority.List}, pades.ErrEvidence, pades.LevelT},
		"no list there":       {w.authority, pades.Lists{}, pades.ErrEvidence, pades.LevelT},
		"without any at last": {nil, whole, nil, pades.LevelB},
	} {
		s, err := pades.Sealing{Key: w.key, Stamper: c.stamper}.Prepared(t.Context(), c.source, w.now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if c.stamper != nil {
			s.Stamper = w.authority
		}
		if got := w.level(t, w.seal(t, s, stream)); got != c.level {
			t.Errorf("%s: %s, want %s", name, got, c.level)
		}
	}
}

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
