package tsa

import (
	"crypto/x509"
	"encoding/pem"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// foreign is an authority that is all openssl.
type foreign struct {
	dir    string
	client *Client
}

const foreignConfig = `
[req]
distinguished_name = name
[name]
[tsa]
default_tsa = the_tsa
[the_tsa]
serial = serial
signer_cert = leaf.pem
signer_key = leaf.key
certs = root.pem
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_chain = yes
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
`

func opensslAuthority(t *testing.T, key, digest string) *foreign {
	t.Helper()
	a := &foreign{dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(a.dir, "config"), []byte(foreignConfig+"[the_tsa]\nsigner_digest = "+digest+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kind := []string{"-newkey", key}
	if len(key) > 3 && key[:3] == "ec:" {
		kind = []string{"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + key[3:]}
	}
	a.run(t, append([]string{"req", "-x509", "-nodes", "-subj", "/CN=Racine d'essai", "-days", "30",
		"-keyout", "root.key", "-out", "root.pem", "-extensions", "root", "-config", "config"}, kind...)...)
	a.run(t, append([]string{"req", "-config", "config", "-nodes", "-subj", "/CN=Horodatage d'essai", "-keyout", "leaf.key", "-out", "leaf.csr"}, kind...)...)
	a.run(t, "x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30",
		"-extfile", "config", "-extensions", "leaf", "-out", "leaf.pem")
	file, err := os.ReadFile(filepath.Join(a.dir, "root.pem"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(file)
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	// openssl dates certificates and answers with the machine's clock.
	a.client, err = NewClient([]string{serve(t, a)}, []*x509.Certificate{root}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *foreign) run(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "openssl", args...)
	cmd.Dir = a.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("openssl %v: %v\n%s", args, err, out)
	}
}

func (a *foreign) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	os.WriteFile(filepath.Join(a.dir, "question"), body, 0o600)
	cmd := exec.CommandContext(r.Context(), "openssl", "ts", "-reply", "-config", "config", "-section", "the_tsa", "-queryfile", "question")
	cmd.Dir = a.dir
	answer, err := cmd.Output()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	w.Write(answer)
}
