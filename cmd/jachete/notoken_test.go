//go:build !pkcs11 || !cgo

package main

import (
	"os"
	"strings"
	"testing"
)

// The released program is static and can load no module: it says what can.
func TestAProgramWithoutModulesSaysSo(t *testing.T) {
	c := good()
	c.SealPKCS11, c.SealPIN, c.SealChain = "pkcs11:token=Sceaux;object=sceau?module-path=/usr/lib/softhsm/libsofthsm2.so", "7391", os.DevNull
	_, err := c.check()
	if err == nil || len(lines(err)) != 1 || !strings.Contains(err.Error(), "JACHETE_SEAL_PKCS11: this program is built without PKCS #11: build it with CGO_ENABLED=1 go build -tags pkcs11") {
		t.Error(err)
	}
}
