package pdf

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades"
)

func TestReadersFindNoFault(t *testing.T) {
	for name, file := range map[string][]byte{"certificate": seal(t, sample()).PDF, "draft": draftOf(t, sample())} {
		t.Run(name, func(t *testing.T) { readersFindNoFault(t, write(t, "c.pdf", file)) })
	}
}

func readersFindNoFault(t *testing.T, path string) {
	t.Helper()
	for _, reader := range [][]string{
		{"qpdf", "--check", path},
		{"mutool", "info", path},
		{"mutool", "draw", "-q", "-r", "30", "-o", path + ".png", path, "1"},
		{"pdftoppm", "-r", "30", "-png", path, path},
	} {
		_, complaints := runBoth(t, reader[0], reader[1:]...)
		complaints = strings.ReplaceAll(complaints, "warning: ICC support is not available\n", "") // about mutool itself
		if complaints != "" {
			t.Errorf("%s complains: %s", reader[0], complaints)
		}
	}
	got := run(t, "pdfinfo", path)
	for _, want := range []string{"Pages:           2", "612 x 792 pts (letter)", "Tagged:          yes", "Metadata Stream: yes", "Suspects:        no", "JavaScript:      no"} {
		if !strings.Contains(got, want) {
			t.Errorf("pdfinfo does not say %q: %s", want, got)
		}
	}
	if got := run(t, "pdffonts", path); strings.Count(got, "yes yes yes") != 2 {
		t.Errorf("want two fonts, embedded, subset, with Unicode map:\n%s", got)
	}
}

// TestReadingOrder reads the structure with another program: the roles and the
// words a screen reader would meet, without joining or losing any.
func TestReadingOrder(t *testing.T) {
	got := run(t, "pdfinfo", "-struct-text", write(t, "c.pdf", seal(t, sample()).PDF))
	at := 0
	for _, want := range []string{
		"Document\n", "Sect\n", "P (block)\n", "\"L’économie sociale, j’achète!\"", "H1 (block)\n", "\"Déclaration d’engagement\"", "\"Ville de Rivière-Exemple\"",
		"\"Nous, Ville de Rivière-Exemple, constatons que\u00a0:\"",
		"L (block):\n", "/ListNumbering /Decimal", "LI (block)\n", "Lbl (block)\n", "\"1. \"", "LBody (block)\n",
		"\"les coopératives, les mutuelles et les organismes à but non lucratif qui vendent des biens ou des services répondent d’abord aux besoins de leurs membres et de leur milieu, et que",
		"\"2. \"", "\"3. \"", "/ListNumbering /Disc", "\"• \"", "\"Connaître\u00a0: nous informer de l’offre",
		"\"Au nom de l’organisation, par\"", "\"Camille Exemple\"", "\"Mairesse\"", "\"Signée le\u00a016\u00a0novembre\u00a02019\"",
		"Figure:\n", "Form\n", "Object ", "Link (inline)\n", "Figure:\n", "Object ", "\"Attestation no ESJ-2019-7KQ4-M2XD\"", "\"Vérifier\u00a0: https:",
		"Sect\n", "H2 (block)\n", "\"Preuves de la signature\"", "H3 (block)\n", "\"Ce qui a été signé\"", "Table (block)\n", "TR\n", "TH:\n", "/Scope /Row", "\"Déclaration\"", "TD\n",
		"\"Déroulement\"", "/Scope /Column", "\"Étape\"", "\"Heure locale (America/Toronto)\"", "\"Temps universel\"", "/Scope /Row", "\"Invitation préparée par le pôle\"", "\"2019-11-13 14:03:05 −05:00\"",
		"\"Il ne dit pas\"", "«\u00a0lu\u00a0».",
	} {
		next := strings.Index(got[at:], want)
		if next < 0 {
			t.Fatalf("no %q after %q", want, got[max(0, at-80):at])
		}
		at += next
	}
	if strings.Contains(got, "Page 1 de 2") {
		t.Error("the foot of the page is read out")
	}
}

func TestPdfsigAcceptsTheSeal(t *testing.T) {
	got := run(t, "pdfsig", "-nocert", write(t, "c.pdf", seal(t, sample()).PDF))
	for _, want := range []string{
		"Signature Validation: Signature is Valid.",
		"Total document signed",
		"Signature Type: ETSI.CAdES.detached",
		"Signing Hash Algorithm: SHA-256",
		"Service d’essai – sceau",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("pdfsig does not say %q:\n%s", want, got)
		}
	}
}

var byteRange = regexp.MustCompile(`/ByteRange \[0 (\d+) (\d+) (\d+)\]`)

// split takes a file apart by its byte range: what is signed, and the CMS.
func split(t *testing.T, file []byte) (signed, cms []byte) {
	t.Helper()
	found := byteRange.FindAllSubmatch(file, -1)
	if len(found) != 1 {
		t.Fatalf("%d byte ranges", len(found))
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(string(found[0][i+1]))
	}
	if n[1]+n[2] != len(file) || file[n[0]] != '<' || file[n[1]-1] != '>' {
		t.Fatalf("byte range %v of %d bytes does not leave out exactly the contents", n, len(file))
	}
	der, err := hex.DecodeString(string(file[n[0]+1 : n[1]-1]))
	if err != nil {
		t.Fatal(err)
	}
	length := 4 + int(der[2])<<8 + int(der[3]) // 30 82 xx xx
	return append(bytes.Clone(file[:n[0]]), file[n[1]:]...), der[:length]
}

func TestOpensslVerifiesAgainstTheRoot(t *testing.T) {
	s, key := testSealer(t)
	sealed, err := s.Seal(t.Context(), sample(), noon)
	if err != nil {
		t.Fatal(err)
	}
	signed, cms := split(t, sealed.PDF)
	root := pades.ChainPEM([]*x509.Certificate{key.Root()})
	verify := func(content []byte) (stdout, stderr string) {
		return runBoth(t, "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any",
			"-attime", strconv.FormatInt(noon.Unix(), 10), "-out", "/dev/null",
			"-in", write(t, "cms.der", cms), "-content", write(t, "content", content), "-CAfile", write(t, "root.pem", root))
	}
	if _, got := verify(signed); !strings.Contains(got, "successful") {
		t.Error(got)
	}
	printed := run(t, "openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", write(t, "cms.der", cms))
	for _, want := range []string{"contentType", "messageDigest", "id-smime-aa-signingCertificateV2"} {
		if !strings.Contains(printed, want) {
			t.Errorf("no attribute %s", want)
		}
	}
	if strings.Contains(printed, "signingTime") {
		t.Error("PAdES forbids the attribute signing-time")
	}
}

// TestSealWithAnRSAKeyFromOpenssl uses key files as an authority gives them.
func TestSealWithAnRSAKeyFromOpenssl(t *testing.T) {
	keyFile, chainFile := filepath.Join(t.TempDir(), "key.pem"), filepath.Join(t.TempDir(), "chain.pem")
	run(t, "openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30", "-subj", "/CN=Essai RSA",
		"-addext", "keyUsage=digitalSignature", "-keyout", keyFile, "-out", chainFile)
	private, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	chain, err := os.ReadFile(chainFile)
	if err != nil {
		t.Fatal(err)
	}
	key, err := pades.ParsePEM(private, chain)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now().Add(time.Minute) // openssl dates certificates with the machine's clock
	s, err := New(key, nil, now)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := s.Seal(t.Context(), sample(), now)
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, "pdfsig", "-nocert", write(t, "c.pdf", sealed.PDF)); !strings.Contains(got, "Signature is Valid.") {
		t.Error(got)
	}
}

func TestFileShape(t *testing.T) {
	file := seal(t, sample()).PDF
	for _, once := range []string{"%%EOF", "startxref", "/ByteRange", "/URI <", "/Perms <</DocMDP ", "/P 1 ", "/M (D:20191116190308Z)", "/SigFlags 3", "/Lang (fr-CA)", "/Extensions <</ESIC <</BaseVersion /1.7 /ExtensionLevel 2>>>>"} {
		if n := bytes.Count(file, []byte(once)); n != 1 {
			t.Errorf("%q occurs %d times", once, n)
		}
	}
	for _, never := range []string{"/JS", "/AA", "/OpenAction", "/Launch", "/EmbeddedFile", "/Cert ", "/Prev", "/DSS"} {
		if bytes.Contains(file, []byte(never)) {
			t.Errorf("the file has %s", never)
		}
	}
	if len(file) > 30_000 {
		t.Errorf("%d bytes", len(file))
	}
}

func TestQRCodeLeadsToTheAddress(t *testing.T) {
	path := write(t, "c.pdf", seal(t, sample()).PDF)
	for _, picture := range [][]string{{"-r", "150", "-png"}, {"-r", "150", "-jpeg", "-jpegopt", "quality=60"}} {
		run(t, "pdftoppm", append(append([]string{"-f", "1", "-l", "1", "-singlefile"}, picture...), path, path)...)
		extension := map[string]string{"-png": ".png", "-jpeg": ".jpg"}[picture[2]]
		got := strings.TrimSpace(run(t, "zbarimg", "--quiet", "--raw", path+extension))
		if got != sample().VerifyURL {
			t.Errorf("%v: the code says %q", picture, got)
		}
	}
}
