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
	return timedWith(t, func(pades.Key, *tsa.Authority, *x509.RevocationList) string { return "" })
}

// timedWith is one with more in the revision of the seal.
func timedWith(t *testing.T, more func(pades.Key, *tsa.Authority, *x509.RevocationList) string) (file []byte, roots []*x509.Certificate) {
	t.Helper()
	key, rootKey, err := pades.Generate(rand.Reader, noon, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	list, err := pades.MakeCRL(rand.Reader, noon, rootKey, key.Root())
	if err != nil {
		t.Fatal(err)
	}
	authority, err := tsa.NewAuthority(rand.Reader, func() time.Time { return noon }, "Service d’essai")
	if err != nil {
		t.Fatal(err)
	}
	s := pades.Sealing{Key: key, Stamper: authority}
	page := fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj\n%s\nendobj\n%s%%%%EOF\n", s.Dictionary(noon), more(key, authority, list))
	if file, err = pades.Seal(rand.Reader, key, page); err != nil {
		t.Fatal(err)
	}
	digest, err := pades.SignatureDigest(file)
	if err != nil {
		t.Fatal(err)
	}
	token, err := authority.Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if file, err = pades.AddTimestamp(file, token); err != nil {
		t.Fatal(err)
	}
	return file, []*x509.Certificate{key.Root(), authority.Chain[1]}
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

// TestAStoreBesideTheSealIsNone: the EU's validator (DSS 6) names such a file
// B-T, since it looks for a security store in a later revision.
func TestAStoreBesideTheSealIsNone(t *testing.T) {
	store := func(key pades.Key, authority *tsa.Authority, list *x509.RevocationList) string {
		text := "9 0 obj\n<</Type /DSS /Certs [11 0 R 12 0 R 13 0 R 14 0 R] /CRLs [15 0 R 16 0 R]>>\nendobj\n"
		for i, der := range [][]byte{key.Chain[0].Raw, key.Chain[1].Raw, authority.Chain[0].Raw, authority.Chain[1].Raw, list.Raw, authority.List.Raw} {
			text += fmt.Sprintf("%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", 11+i, len(der), der)
		}
		return text
	}
	file, roots := timedWith(t, store)
	r, err := Level(file, roots, noon)
	if err != nil || r.Level != pades.LevelT {
		t.Errorf("%s, %v, %v", r.Level, r.Short, err)
	}
	if all := stores(file); len(all) != 1 || len(all[0].certificates) != 4 || len(all[0].lists) != 2 {
		t.Errorf("the store was not there: %v", all)
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
