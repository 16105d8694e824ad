package pades_test

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/check"
	"jachete/pdf/pades/tsa"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// world is a seal's root, an authority and a clock.
type world struct {
	key       pades.Key
	rootKey   []byte
	list      *x509.RevocationList
	authority *tsa.Authority
	now       time.Time
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{now: noon}
	var err error
	if w.key, w.rootKey, err = pades.Generate(rand.Reader, noon, "Service d’essai"); err != nil {
		t.Fatal(err)
	}
	if w.list, err = pades.MakeCRL(rand.Reader, noon, w.rootKey, w.key.Root()); err != nil {
		t.Fatal(err)
	}
	if w.authority, err = tsa.NewAuthority(rand.Reader, w.clock, "Service d’essai"); err != nil {
		t.Fatal(err)
	}
	w.now = noon.Add(time.Minute)
	return w
}

func (w *world) clock() time.Time { return w.now }

func (w *world) roots() []*x509.Certificate {
	return []*x509.Certificate{w.key.Root(), w.authority.Chain[1]}
}

func (w *world) archiver() pades.Archiver {
	return pades.Archiver{Stamper: w.authority, Source: pades.Lists{w.list, w.authority.List}, Clock: w.clock}
}

func (w *world) sealing() pades.Sealing { return pades.Sealing{Key: w.key, Stamper: w.authority} }

// seal makes a file of this world, timestamped when the sealing says who does.
func (w *world) seal(t testing.TB, s pades.Sealing, kind section) pades.Result {
	t.Helper()
	file, err := pades.Seal(rand.Reader, s.Key, document(kind, s.Dictionary(w.now)))
	if err != nil {
		t.Fatal(err)
	}
	if s.Stamper == nil {
		return pades.Result{File: file, Level: pades.LevelB}
	}
	return pades.Result{File: stamp(t, s.Stamper, file), Level: pades.LevelT}
}

// room makes a file that waits for its timestamp.
func (w *world) room(t testing.TB, kind section) pades.Result {
	t.Helper()
	file, err := pades.Seal(rand.Reader, w.key, document(kind, w.sealing().Dictionary(w.now)))
	if err != nil {
		t.Fatal(err)
	}
	return pades.Result{File: file, Level: pades.LevelB}
}

// stamp puts a timestamp into the room of a sealed file.
func stamp(t testing.TB, by pades.Timestamper, file []byte) []byte {
	t.Helper()
	digest, err := pades.SignatureDigest(file)
	if err != nil {
		t.Fatal(err)
	}
	token, err := by.Timestamp(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if file, err = pades.AddTimestamp(file, token); err != nil {
		t.Fatal(err)
	}
	return file
}

// verdict is what the judge says.
func (w *world) verdict(t testing.TB, file []byte) check.Report {
	t.Helper()
	report, err := check.Level(file, w.roots(), w.now)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// level is the judge's, who must agree with the maker.
func (w *world) level(t testing.TB, r pades.Result) pades.Level {
	t.Helper()
	report := w.verdict(t, r.File)
	if report.Level != r.Level {
		t.Errorf("the maker says %s, the judge %s: %v", r.Level, report.Level, report.Short)
	}
	return report.Level
}

// stored are the things of a kind that the store of a file holds.
func stored[T any](file []byte, parse func([]byte) (T, error)) (out []T) {
	for _, after := range bytes.Split(file, []byte("\nstream\n"))[1:] {
		data, _, _ := bytes.Cut(after, []byte("\nendstream"))
		if v, err := parse(data); err == nil {
			out = append(out, v)
		}
	}
	return out
}

func lists(t testing.TB, file []byte) []*x509.RevocationList {
	t.Helper()
	out := stored(file, x509.ParseRevocationList)
	if len(out) == 0 {
		t.Fatal("no list in the file")
	}
	return out
}

// section is a kind of cross-reference section.
type section bool

const (
	table  section = false
	stream section = true
)

// document is a small whole PDF with one signature field.
func document(kind section, dictionary []byte) []byte {
	var bodies [][]byte
	add := func(body []byte) int {
		bodies = append(bodies, body)
		return len(bodies)
	}
	catalog, tree, page := add(nil), add(nil), add(nil)
	info := add([]byte("<</Producer (essai \\) /Type /DSS \\( )>>"))
	value := add(dictionary)
	field := add(fmt.Appendf(nil, "<</Type /Annot /Subtype /Widget /FT /Sig /T (sceau) /F 132 /Rect [0 0 0 0] /P %d 0 R /V %d 0 R>>", page, value))
	bodies[tree-1] = fmt.Appendf(nil, "<</Type /Pages /Kids [%d 0 R] /Count 1>>", page)
	bodies[page-1] = fmt.Appendf(nil, "<</Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Resources <<>> /Annots [%d 0 R]>>", tree, field)
	bodies[catalog-1] = fmt.Appendf(nil, "<</Type /Catalog /Pages %d 0 R /AcroForm <</Fields [%d 0 R] /SigFlags 3>> /Perms <</DocMDP %d 0 R>> /Extensions %s>>", tree, field, value, pades.Extensions)
	return assemble(kind, bodies, catalog, info)
}

func assemble(kind section, bodies [][]byte, catalog, info int) []byte {
	out := bytes.NewBufferString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	var lines, rows []byte
	for i, body := range bodies {
		lines = fmt.Appendf(lines, "%010d 00000 n \n", out.Len())
		rows = append(binary.BigEndian.AppendUint32(append(rows, 1), uint32(out.Len())), 0, 0)
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start, size := out.Len(), len(bodies)+1
	trailer := fmt.Sprintf("/Root %d 0 R /Info %d 0 R /ID [<%032x> <%032x>]", catalog, info, 1, 1)
	if kind == table {
		fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d %s>>\n", size, lines, size, trailer)
	} else {
		rows = append(binary.BigEndian.AppendUint32(append(rows, 1), uint32(start)), 0, 0)
		rows = append([]byte{0, 0, 0, 0, 0, 0xFF, 0xFF}, rows...)
		fmt.Fprintf(out, "%d 0 obj\n<</Type /XRef /W [1 4 2] /Size %d /Length %d %s>>\nstream\n%s\nendstream\nendobj\n", size, size+1, len(rows), trailer, rows)
	}
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}
