package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The programs that judge our files. A machine without them fails the tests:
// nobody should believe a certificate that no other program has read.

// run calls a program and gives what it printed. It ends the test if the
// program is missing or fails.
func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	stdout, _ := runBoth(t, name, args...)
	return stdout
}

// runBoth gives standard error too, where programs complain without failing.
func runBoth(t testing.TB, name string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, complaints bytes.Buffer
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out.Bytes(), complaints.Bytes())
	}
	return out.String(), complaints.String()
}

// write puts data in a file of the test's own folder.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
