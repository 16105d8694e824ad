package pdf

import (
	"bytes"
	"crypto/x509"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"jachete/pdf/pades"
	"jachete/workflow"
)

// Whoever has openssl and the root can tell whether the bytes are those that
// were signed, in any byte.
func TestOpensslVerifiesSignedBytes(t *testing.T) {
	s, key := testSealer(t)
	content := []byte("{\"signatories\":[\n{\"name\":\"Coopérative\"}\r\n]}\n") // a text program would change its line ends
	cms, err := s.Sign(t.Context(), content, noon)
	if err != nil {
		t.Fatal(err)
	}
	root := write(t, "sceau-racine.pem", pades.ChainPEM([]*x509.Certificate{key.Root()}))
	signature := write(t, "X.p7s", cms)
	verify := func(content []byte) (string, error) {
		said, err := exec.CommandContext(t.Context(), "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature,
			"-content", write(t, "X.json", content), "-CAfile", root, "-purpose", "any", "-attime", strconv.FormatInt(noon.Unix(), 10), "-out", "/dev/null").CombinedOutput()
		return string(said), err
	}
	if said, err := verify(content); err != nil || !strings.Contains(said, "successful") {
		t.Errorf("%v: %s", err, said)
	}
	for i := range content {
		flipped := bytes.Clone(content)
		flipped[i] ^= 1
		if i%16 > 0 { // one in sixteen is asked of openssl
			continue
		}
		if said, err := verify(flipped); err == nil {
			t.Errorf("byte %d is another, and openssl says %s", i, said)
		}
	}
	printed := run(t, "openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", signature)
	for _, want := range []string{"contentType", "messageDigest", "id-smime-aa-signingCertificateV2"} {
		if !strings.Contains(printed, want) {
			t.Errorf("no attribute %s", want)
		}
	}
	if bytes.Contains(cms, []byte("signatories")) {
		t.Error("the signature holds what it signs")
	}
}

// A certificate that has ended signs nothing.
func TestNothingIsSignedOnceTheCertificateEnded(t *testing.T) {
	s, key := testSealer(t)
	_, err := s.Sign(t.Context(), []byte("x"), key.Expires().Add(time.Second))
	if !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("got %v", err)
	}
}
