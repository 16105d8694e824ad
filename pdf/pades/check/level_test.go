package check

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/tsa"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// timed is a page with a signature at B-T, and the roots.
func timed(t *testing.T) (file []byte, roots []*x509.Certificate) {
	t.Helper()
	key, _, err := pades.Generate(rand.Reader, noon, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	authority, err := tsa.NewAuthority(rand.Reader, func() time.Time { return noon }, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	s := pades.Sealing{Key: key, Stamper: authority}
	page := fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj\n%s\nendobj\n%%%%EOF\n", s.Dictionary(noon))
	r, err := s.Seal(t.Context(), rand.Reader, page)
	if err != nil {
		t.Fatal(err)
	}
	return r.File, []*x509.Certificate{key.Root(), authority.Chain[1]}
}

func TestTheJudgeNamesWhatIsShort(t *testing.T) {
	file, roots := timed(t)
	for _, c := range []struct {
		at    time.Time
		level pades.Level
		short string
	}{
		{noon, pades.LevelT, "no security store"},
		{noon.AddDate(31, 0, 0), pades.LevelB, "expired by 2057"},
	} {
		r, err := Level(file, roots, c.at)
		if err != nil || r.Level != c.level || !strings.Contains(fmt.Sprint(r.Short), c.short) {
			t.Errorf("%s: %s, %v, %v", c.at, r.Level, r.Short, err)
		}
	}
}

func TestTheJudgeRefuses(t *testing.T) {
	file, roots := timed(t)
	_, strangers := timed(t)
	narrow := bytes.Replace(file, []byte("/ByteRange [0 0"), []byte("/ByteRange [0 1"), 1)
	for name, c := range map[string]struct {
		file  []byte
		roots []*x509.Certificate
	}{
		"nothing":              {nil, roots},
		"no signature":         {bytes.ReplaceAll(file, []byte("/ByteRange"), []byte("/ByteRanje")), roots},
		"another range":        {narrow, roots},
		"a byte changed":       {bytes.Replace(file, []byte("%PDF-1.7"), []byte("%PDF-1.6"), 1), roots},
		"cut":                  {file[:len(file)-1], roots},
		"a stranger's":         {file, strangers},
		"a stranger's time":    {file, []*x509.Certificate{roots[0], strangers[1]}},
		"the signature twice":  {append(bytes.Clone(file), file...), roots},
		"something in padding": {bytes.Replace(file, []byte("00>>>"), []byte("01>>>"), 1), roots},
	} {
		if r, err := Level(c.file, c.roots, noon); err == nil {
			t.Errorf("%s: %s", name, r.Level)
		}
	}
}
