//go:build pkcs11 && cgo

package main

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestTokenScripts are the scenarios with a key in a token.
func TestTokenScripts(t *testing.T) {
	modules, _ := filepath.Glob("/usr/lib*/softhsm/libsofthsm2.so")
	if len(modules) == 0 {
		t.Fatal("SoftHSM is not installed: tools/install-test-deps")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/token",
		Setup: func(e *testscript.Env) error {
			e.Setenv("JACHETE_DATA", e.WorkDir+"/data")
			e.Setenv("MODULE", modules[0])
			e.Setenv("SOFTHSM2_CONF", e.WorkDir+"/softhsm2.conf")
			return nil
		},
	})
}
