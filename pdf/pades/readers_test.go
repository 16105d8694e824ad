package pades_test

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/pdf/pades/issue"
	"jachete/workflow"
)

// run calls a program, which fails the test when it is missing or complains.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certificate is a real one, as the service makes it.
func certificate(t *testing.T, w *world, stamper pades.Timestamper) []byte {
	t.Helper()
	s, err := pdf.New(w.key, stamper, w.now)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.Seal(t.Context(), workflow.CertificateContent{
		Number: "ESJ-2026-7KQ4-M2XD", VerifyURL: "https://example.org/v/ESJ-2026-7KQ4-M2XD",
		DeclarationTitle: "Essai", DeclarationText: "# Essai\n\nTout va.\n",
		Organisation: workflow.Snapshot{Name: "Ville de Rivière-Exemple"},
		Signatory:    workflow.Signatory{Name: "Camille Exemple", Function: "essai"},
		SignedAt:     w.now, MailboxConfirmedAt: w.now,
		Steps: []workflow.CertificateStep{{Kind: workflow.StepSigned, At: w.now}},
	}, w.now)
	if err != nil {
		t.Fatal(err)
	}
	return sealed.PDF
}

// files are some of every shape and level, by their names: what they are made
// from, and how far they got.
func files(t *testing.T, w *world) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, file := range map[string][]byte{
		"table": w.room(t, table).File, "stream": w.room(t, stream).File,
		"certificate": certificate(t, w, w.authority), "certificate, no room": certificate(t, w, nil),
	} {
		long, err := w.archiver().LongTerm(t.Context(), file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		archived, err := w.archiver().Archive(t.Context(), long.File)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		twice, err := w.archiver().Archive(t.Context(), archived.File)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		first, err := pades.FirstRevision(long.File)
		if err != nil {
			t.Fatal(err)
		}
		timed := pades.Result{File: first, Level: pades.LevelT}
		if name == "certificate, no room" { // its time came in a revision of its own
			timed.Level = pades.LevelB
		}
		for level, r := range map[string]pades.Result{"timed": timed, "B-LT": long, "B-LTA": archived, "twice": twice} {
			w.level(t, r)
			out[name+", "+level] = r.File
		}
	}
	return out
}

func TestReadersFindNoFault(t *testing.T) {
	w := newWorld(t)
	for name, file := range files(t, w) {
		path := write(t, "a.pdf", file)
		if got := run(t, "qpdf", "--check", path); !strings.Contains(got, "No syntax or stream encoding errors") || strings.Contains(got, "WARNING") {
			t.Errorf("%s: qpdf: %s", name, got)
		}
		run(t, "pdfinfo", path)
		if got := run(t, "mutool", "info", path); strings.Contains(got, "error") || strings.Contains(got, "repair") {
			t.Errorf("%s: mutool: %s", name, got)
		}
	}
}

// TestPdfsigSeesEverySignature: pdfsig cannot verify timestamps of a document,
// but tells what they cover; openssl verifies them below.
func TestPdfsigSeesEverySignature(t *testing.T) {
	w := newWorld(t)
	for name, file := range files(t, w) {
		got := run(t, "pdfsig", "-nocert", write(t, "a.pdf", file))
		whole := 0 // no signature is about a store that came last
		if !strings.HasSuffix(name, "B-LT") {
			whole = 1
		}
		for text, want := range map[string]int{
			"Signature #":                                 bytes.Count(file, []byte("/ByteRange")),
			"Signature is Valid.":                         1,
			"ETSI.CAdES.detached":                         1,
			"Total document signed":                       whole,
			"Signature Field Name: horodatage":            bytes.Count(file, []byte("/Type /DocTimeStamp")),
			"Autorité d’horodatage du service lui-même\n": bytes.Count(file, []byte("/Type /DocTimeStamp")),
			"Signature has not yet been verified.":        bytes.Count(file, []byte("/Type /DocTimeStamp")),
			"Signature is Invalid":                        0,
		} {
			if n := strings.Count(got, text); n != want {
				t.Errorf("%s: pdfsig says %q %d times, not %d:\n%s", name, text, n, want, got)
			}
		}
	}
}

var ranges = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`)

// signed gives what each range names, and the CMS in its gap.
func signed(t *testing.T, file []byte) (contents, messages [][]byte) {
	t.Helper()
	for _, found := range ranges.FindAllSubmatch(file, -1) {
		var n [3]int
		for i := range n {
			n[i], _ = strconv.Atoi(string(found[i+1]))
		}
		raw, err := hex.DecodeString(string(file[n[0]+1 : n[1]-1]))
		if err != nil {
			t.Fatal(err)
		}
		var v asn1.RawValue
		if _, err := asn1.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		contents = append(contents, append(bytes.Clone(file[:n[0]]), file[n[1]:n[1]+n[2]]...))
		messages = append(messages, v.FullBytes)
	}
	return contents, messages
}

func TestOpensslVerifiesSealAndTimestamps(t *testing.T) {
	w := newWorld(t)
	roots := write(t, "roots.pem", pades.ChainPEM(w.roots()))
	at := strconv.FormatInt(w.now.Unix(), 10)
	for name, file := range files(t, w) {
		contents, messages := signed(t, file)
		for i := range messages {
			if i == 0 {
				got := run(t, "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any", "-attime", at, "-out", "/dev/null",
					"-in", write(t, "cms", messages[0]), "-content", write(t, "content", contents[0]), "-CAfile", roots)
				if !strings.Contains(got, "successful") {
					t.Errorf("%s: %s", name, got)
				}
				continue
			}
			verifyToken(t, messages[i], contents[i], roots, at)
		}
	}
}

func verifyToken(t *testing.T, token, content []byte, roots, at string) {
	t.Helper()
	got := run(t, "openssl", "ts", "-verify", "-token_in", "-in", write(t, "token", token), "-data", write(t, "content", content), "-CAfile", roots, "-attime", at)
	if !strings.Contains(got, "Verification: OK") {
		t.Error(got)
	}
}

// TestOpensslVerifiesTheSignatureTimestamp cuts token and signature value out
// of the CMS by the places that openssl prints.
func TestOpensslVerifiesTheSignatureTimestamp(t *testing.T) {
	w := newWorld(t)
	_, messages := signed(t, w.seal(t, w.sealing(), stream).File)
	path := write(t, "cms", messages[0])
	printed := run(t, "openssl", "asn1parse", "-inform", "DER", "-in", path)
	line := regexp.MustCompile(`(?m)^ *(\d+):d=(\d+) +hl=(\d+) l= *(\d+) (prim|cons): (.*)$`)
	var value, token []byte
	seen, set := false, false
	for _, m := range line.FindAllStringSubmatch(printed, -1) {
		n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
		switch whole := messages[0][n(1) : n(1)+n(3)+n(4)]; {
		case strings.Contains(m[6], "id-smime-aa-timeStampToken"):
			seen = true
		case seen && !set:
			set = true // the SET of values
		case set && token == nil:
			token = whole
		case !seen && n(2) == 5 && strings.HasPrefix(m[6], "OCTET STRING"):
			value = whole[n(3):]
		}
	}
	if value == nil || token == nil {
		t.Fatalf("not found in\n%s", printed)
	}
	roots := write(t, "roots.pem", pades.ChainPEM(w.roots()))
	verifyToken(t, token, value, roots, strconv.FormatInt(w.now.Unix(), 10))
}

// TestOpensslJudgesByTheStoreAlone: certificates and lists from the file clear
// the seal when it was made, and the authority twenty years on.
func TestOpensslJudgesByTheStoreAlone(t *testing.T) {
	w := newWorld(t)
	r, err := w.archiver().Archive(t.Context(), w.room(t, stream).File)
	if err != nil {
		t.Fatal(err)
	}
	var crls, roots []byte
	for _, list := range lists(t, r.File) {
		crls = append(crls, issue.ListPEM(list)...)
	}
	certificates := stored(r.File, x509.ParseCertificate)
	for _, c := range certificates {
		if c.IsCA {
			roots = append(roots, pades.ChainPEM([]*x509.Certificate{c})...)
		}
	}
	for _, c := range certificates {
		at := noon.Add(time.Hour)
		if len(c.ExtKeyUsage) > 0 { // the authority's
			at = noon.AddDate(20, 0, 0)
		}
		run(t, "openssl", "verify", "-x509_strict", "-crl_check", "-attime", strconv.FormatInt(at.Unix(), 10), "-purpose", "any",
			"-CAfile", write(t, "roots.pem", roots), "-CRLfile", write(t, "lists.pem", crls), write(t, "c.pem", pades.ChainPEM([]*x509.Certificate{c})))
	}
	if len(certificates) != 4 {
		t.Errorf("%d certificates", len(certificates))
	}
}

// TestTwentyYearsOn: the seal's certificate has long expired, one archive
// operation at the beginning, and another one each nine years.
func TestTwentyYearsOn(t *testing.T) {
	w := newWorld(t)
	once, err := w.archiver().Archive(t.Context(), w.seal(t, w.sealing(), stream).File)
	if err != nil {
		t.Fatal(err)
	}
	timed := w.seal(t, w.sealing(), stream)
	often := once
	for range 2 {
		w.now = w.now.AddDate(9, 0, 0)
		before := often
		if often, err = w.archiver().Archive(t.Context(), often.File); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(often.File, before.File) {
			t.Error("an older archive was changed")
		}
		w.level(t, often)
	}
	w.now = noon.AddDate(20, 0, 0)
	if w.key.Check(w.now) == nil {
		t.Fatal("the seal's certificate should have expired")
	}
	for name, r := range map[string]pades.Result{"once": once, "often": often, "never": timed} {
		if got := w.level(t, r); got != r.Level {
			t.Errorf("%s: %s", name, got)
		}
	}
	w.now = noon.AddDate(31, 0, 0)
	if got, err := w.archiver().LongTerm(t.Context(), once.File); err == nil {
		t.Errorf("archived after the authority's end: %s", got.Level)
	}
}
