package main

import (
	"bytes"
	"crypto/rand"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/pdf/pades/revision"
	"jachete/pdf/pades/tsa"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// issued is an app with one certificate, and its file, which waits for a
// timestamp that does not come: there is room in it.
func issued(t testing.TB) (*app, []byte) {
	t.Helper()
	authority, err := tsa.NewAuthority(rand.Reader, time.Now, "Autorité d’essai")
	if err != nil {
		t.Fatal(err)
	}
	roots := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(roots, pades.ChainPEM(authority.Roots()), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Config{Addr: "127.0.0.1:0", AdminAddr: "127.0.0.1:0", BaseURL: "http://127.0.0.1:8080", Data: t.TempDir(), Log: "error",
		TSA: "http://127.0.0.1:9", TSACA: roots}.check()
	if err != nil {
		t.Fatal(err)
	}
	a, err := wire(t.Context(), s, &streams{out: os.Stdout, err: os.Stderr}, wiring{clock: workflow.SystemClock, prepare: migrateAll})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	courier := &workflowtest.Courier{}
	a.service.Courier = courier
	w := &workflowtest.World{Service: a.service, Clock: workflowtest.NewClock(time.Now()), Courier: courier}
	_, token := w.Invite(t, workflowtest.Request())
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.service.CertificateByNumber(t.Context(), workflow.Operator(), number)
	if err != nil {
		t.Fatal(err)
	}
	return a, c.PDF
}

// The published ways to forge a signed PDF: readers have fallen for each.
// Neither the page for everybody nor the judge of our own files does.
func TestForgeriesAreRefused(t *testing.T) {
	a, file := issued(t)
	if v, err := a.service.VerifyFile(t.Context(), file); err != nil || v.Verdict != workflow.VerdictGenuine {
		t.Fatalf("the original: %s, %v", v.Verdict, err)
	}
	if err := pades.Verify(file, a.sealKey.Chain); err != nil {
		t.Fatalf("the original: %v", err)
	}
	for name, forge := range map[string]func(*testing.T, *app, []byte) []byte{
		"incremental saving of the page":                  otherPage,
		"signature wrapping":                              wrapped,
		"no contents":                                     withoutContents,
		"a certification that allows nothing, taken away": withoutPermissions,
		"a stranger's signature, our certificate first":   strangersSeal,
		"our key on a file never issued":                  neverIssued,
	} {
		forged := forge(t, a, file)
		v, err := a.service.VerifyFile(t.Context(), forged)
		if err != nil || v.Verdict == workflow.VerdictGenuine || v.Verdict == workflow.VerdictEnded {
			t.Errorf("%s: %s, %v", name, v.Verdict, err)
		}
		// Our key's own work is a good seal; that nothing was issued is for the
		// register to know.
		if err := pades.Verify(forged, a.sealKey.Chain); (err == nil) != (name == "our key on a file never issued") {
			t.Errorf("%s: the seal: %v", name, err)
		}
	}
}

// update adds a revision that replaces objects, as any editor does.
func update(t *testing.T, file []byte, change func(f *revision.File, u *revision.Update)) []byte {
	t.Helper()
	f, err := revision.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	u, err := f.Update()
	if err != nil {
		t.Fatal(err)
	}
	change(f, u)
	return u.Bytes()
}

func otherPage(t *testing.T, _ *app, file []byte) []byte {
	return update(t, file, func(f *revision.File, u *revision.Update) {
		page, number := page(t, f)
		content := u.Add([]byte("<</Length 21>>\nstream\n0 0 612 792 re f      \nendstream"))
		u.Set(number, page.With("Contents", revision.Ref(content)).Bytes())
	})
}

// page is the first page and its object.
func page(t *testing.T, f *revision.File) (revision.Dict, int) {
	t.Helper()
	catalog, _, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	tree, _, err := f.Dict(catalog.Get("Pages"))
	if err != nil {
		t.Fatal(err)
	}
	kids, err := revision.ParseArray(tree.Get("Kids"))
	if err != nil {
		t.Fatal(err)
	}
	page, number, err := f.Dict(kids[0])
	if err != nil {
		t.Fatal(err)
	}
	return page, number
}

func withoutPermissions(t *testing.T, _ *app, file []byte) []byte {
	return update(t, file, func(f *revision.File, u *revision.Update) {
		catalog, number, err := f.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		u.Set(number, bytes.Replace(catalog.Bytes(), []byte("/Perms"), []byte("/Xerms"), 1))
		page, number := page(t, f)
		note := u.Add([]byte("<</Type /Annot /Subtype /FreeText /Rect [0 0 612 792] /F 4 /DA (/F 9 Tf) /Contents (autre)>>"))
		u.Set(number, page.With("Annots", revision.Array([][]byte{revision.Ref(note)})).Bytes())
	})
}

var byteRange = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`)

// gap is where the contents stand, brackets included.
func gap(t *testing.T, file []byte) (start, end int) {
	t.Helper()
	found := byteRange.FindSubmatch(file)
	if found == nil {
		t.Fatal("no byte range")
	}
	start, _ = strconv.Atoi(string(found[1]))
	end, _ = strconv.Atoi(string(found[2]))
	return start, end
}

// wrapped makes room between what is signed for objects that are not, and a
// second dictionary whose range leaves them out.
func wrapped(t *testing.T, _ *app, file []byte) []byte {
	start, end := gap(t, file)
	smuggled := []byte("\n9 0 obj\n<</Length 2>>\nstream\nf \nendstream\nendobj\n")
	spread := append(append(bytes.Clone(file[:end]), smuggled...), file[end:]...)
	dictionary := fmt.Appendf(nil, "900 0 obj\n<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 %010d %010d %010d] /Contents %s>>\nendobj\nstartxref\n0\n%%%%EOF\n",
		start, end+len(smuggled), len(file)-end, file[start:end])
	return append(spread, dictionary...)
}

func withoutContents(_ *testing.T, _ *app, file []byte) []byte {
	return bytes.Replace(file, []byte("/Contents <"), []byte("/Kontents <"), 1)
}

// strangersSeal is a good signature by somebody else, whose certificates begin
// with ours: readers that show the first one show our name.
func strangersSeal(t *testing.T, a *app, file []byte) []byte {
	stranger, _, err := pades.Generate(rand.Reader, time.Now(), sealName)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := pades.Seal(rand.Reader, stranger, unsealed(t, file))
	if err != nil {
		t.Fatal(err)
	}
	start, end := gap(t, forged)
	der, err := hex.DecodeString(string(forged[start+1 : end-1]))
	if err != nil {
		t.Fatal(err)
	}
	hex.Encode(forged[start+1:], certificateFirst(t, der, a.sealKey.Chain[0].Raw))
	return forged
}

// unsealed has the holes that a seal fills.
func unsealed(t *testing.T, file []byte) []byte {
	t.Helper()
	start, end := gap(t, file)
	out := byteRange.ReplaceAllLiteral(file, []byte("/ByteRange [0 0000000000 0000000000 0000000000]"))
	copy(out[start+1:end-1], bytes.Repeat([]byte("0"), end-start-2))
	return out
}

// certificateFirst adds a certificate before the others of a CMS.
func certificateFirst(t *testing.T, der, certificate []byte) []byte {
	t.Helper()
	var cms struct {
		Type    asn1.ObjectIdentifier
		Content struct {
			Version      int
			Digests      asn1.RawValue
			Content      asn1.RawValue
			Certificates asn1.RawValue `asn1:"tag:0"`
			Signers      asn1.RawValue
		} `asn1:"explicit,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &cms); err != nil {
		t.Fatal(err)
	}
	all := &cms.Content.Certificates
	all.FullBytes, all.Bytes = nil, append(bytes.Clone(certificate), all.Bytes...)
	out, err := asn1.Marshal(cms)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// neverIssued is sealed with the real key, and was never written down.
func neverIssued(t *testing.T, a *app, file []byte) []byte {
	forged, err := pades.Seal(rand.Reader, a.sealKey, bytes.Replace(unsealed(t, file), []byte("612 792"), []byte("612 793"), 1))
	if err != nil {
		t.Fatal(err)
	}
	return forged
}

// No changed byte is genuine for the public either. That all count for the seal
// is tested where it is made; here each eighth one shows that the page agrees.
func TestNoChangedByteIsGenuine(t *testing.T) {
	a, file := issued(t)
	for i := 0; i < len(file); i += 8 {
		file[i] ^= 1 << (i / 8 % 8)
		v, err := a.service.VerifyFile(t.Context(), file)
		if err != nil || v.Verdict == workflow.VerdictGenuine || v.Verdict == workflow.VerdictEnded {
			t.Fatalf("byte %d: %s, %v", i, v.Verdict, err)
		}
		file[i] ^= 1 << (i / 8 % 8)
	}
	if v, err := a.service.VerifyFile(t.Context(), file); err != nil || v.Verdict != workflow.VerdictGenuine {
		t.Fatalf("the original: %s, %v", v.Verdict, err)
	}
}

// Whatever is uploaded, only what was issued is genuine, and nothing is an
// error.
func FuzzUploads(f *testing.F) {
	a, file := issued(f)
	f.Add(file)
	f.Add(file[:len(file)-1])
	f.Add(append(bytes.Clone(file), "\r\n1 0 obj\nnull\nendobj\n%%EOF\r\n"...))
	f.Add([]byte("%PDF-1.7\n" + string(bytes.Repeat([]byte("%%EOF\r\n"), 100)) + "ESJ-2026-0000-0000"))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, upload []byte) {
		v, err := a.service.VerifyFile(t.Context(), upload)
		if err != nil || v.Verdict == workflow.VerdictGenuine != bytes.Equal(upload, file) {
			t.Errorf("%s, %v", v.Verdict, err)
		}
	})
}
