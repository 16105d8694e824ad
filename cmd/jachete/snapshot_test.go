package main

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// A snapshot as anybody downloads it proves itself by the commands of the page
// about the open data, and no longer with one byte changed.
func TestSnapshotIsProvedByOpenssl(t *testing.T) {
	key, _, err := pades.Generate(rand.Reader, workflowtest.Start, "Essai")
	if err != nil {
		t.Fatal(err)
	}
	sealer, err := pdf.New(key, nil, workflowtest.Start)
	if err != nil {
		t.Fatal(err)
	}
	s := liveAndSign(t, sqliteIn(t))
	s.Signer = sealer.Sign
	if err := s.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	const day = "2026-11-22"
	shot, packed, err := s.DailySnapshotContent(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil || !bytes.Contains(content, []byte(s.number)) {
		t.Fatalf("%v %s", err, content)
	}
	dir := lay(t, map[string][]byte{day + ".json": content, day + ".json.p7s": shot.Signature, day + ".json.sha256": []byte(shot.SHA256 + "  " + day + ".json\n"),
		"sceau-racine.pem": pdf.SealRoot(key)})
	commands := [][]string{{"sha256sum", "-c", day + ".json.sha256"},
		{"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", day + ".json.p7s", "-content", day + ".json", "-CAfile", "sceau-racine.pem",
			"-purpose", "any", "-attime", strconv.FormatInt(shot.TakenAt.Unix(), 10), "-out", "/dev/null"}}
	for _, c := range commands {
		if said, err := inFolder(t, dir, c); err != nil || !strings.Contains(said, "OK") && !strings.Contains(said, "CMS Verification successful") {
			t.Errorf("%v: %v\n%s", c, err, said)
		}
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(filepath.Join(dir, day+".json"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range commands {
		if said, err := inFolder(t, dir, c); err == nil {
			t.Errorf("%s takes a changed snapshot: %s", c[0], said)
		}
	}
}

func inFolder(t *testing.T, dir string, command []string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// What the service is wired with signs with the key of its seal.
func TestServiceSignsWithItsSeal(t *testing.T) {
	t.Setenv("LANG", "fr_CA.UTF-8")
	c := good()
	c.Data, c.SMTP, c.BaseURL = t.TempDir(), "", "http://127.0.0.1:8080"
	settings, err := c.check()
	if err != nil {
		t.Fatal(err)
	}
	a, err := open(t.Context(), settings, &streams{out: io.Discard, err: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if err := a.service.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	shot, err := a.service.DailySnapshot(t.Context(), workflow.CivilDate(a.clock.Now()))
	if err != nil || !bytes.Contains(shot.Signature, a.sealKey.Chain[0].Raw) {
		t.Errorf("%v: the certificate of the seal is not in the signature", err)
	}
}
