package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/semver"
)

// oldestFasthttp is the first without path double decoding (GO-2026-4950);
// Fiber itself asks for an older one. It also refuses doubled Host and
// Content-Length headers.
const oldestFasthttp = "v1.70.0"

// Another libc than the one a release of SQLite was translated with has
// crashed programs: the driver's authors ask for exactly theirs.
func TestSQLiteHasItsOwnLibc(t *testing.T) {
	ours, theirs := moduleVersion(t, "modernc.org/libc"), requiredBy(t, "modernc.org/sqlite", "modernc.org/libc")
	if fault := libcFault(ours, theirs); fault != "" {
		t.Error(fault)
	}
}

func libcFault(ours, theirs string) string {
	if ours == theirs && ours != "" {
		return ""
	}
	return fmt.Sprintf("modernc.org/libc is %q, modernc.org/sqlite was made with %q: go get modernc.org/libc@%s", ours, theirs, theirs)
}

func TestFasthttpIsRecent(t *testing.T) {
	if fault := fasthttpFault(moduleVersion(t, "github.com/valyala/fasthttp")); fault != "" {
		t.Error(fault)
	}
}

func fasthttpFault(version string) string {
	if semver.Compare(version, oldestFasthttp) >= 0 {
		return ""
	}
	return fmt.Sprintf("fasthttp is %s, at least %s is needed: older ones let requests be smuggled", version, oldestFasthttp)
}

func TestModuleFaultsAreSeen(t *testing.T) {
	if libcFault("v1.78.0", "v1.77.1") == "" || libcFault("", "") == "" || libcFault("v1.77.1", "v1.77.1") != "" {
		t.Error("a foreign libc is not seen, or the right one is refused")
	}
	if fasthttpFault("v1.51.0") == "" || fasthttpFault("v1.9.0") == "" || fasthttpFault("v1.74.0") != "" {
		t.Error("an old fasthttp is not seen, or a new one is refused")
	}
}

// moduleVersion is the version of a module this build selects.
func moduleVersion(t *testing.T, path string) string {
	t.Helper()
	return strings.TrimSpace(string(goCommand(t, "list", "-m", "-f", "{{.Version}}", path)))
}

// requiredBy is the version of wanted in the go.mod of another module.
func requiredBy(t *testing.T, path, wanted string) string {
	t.Helper()
	file := strings.TrimSpace(string(goCommand(t, "list", "-m", "-f", "{{.GoMod}}", path)))
	var mod struct {
		Require []struct{ Path, Version string }
	}
	if err := json.Unmarshal(goCommand(t, "mod", "edit", "-json", file), &mod); err != nil {
		t.Fatal(err)
	}
	for _, required := range mod.Require {
		if required.Path == wanted {
			return required.Version
		}
	}
	t.Fatalf("%s does not require %s", path, wanted)
	return ""
}
