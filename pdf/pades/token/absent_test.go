//go:build !pkcs11 || !cgo

package token

import (
	"errors"
	"strings"
	"testing"
)

func TestThisBuildSaysWhatItCannot(t *testing.T) {
	_, err := Open(URI{}, "", nil)
	if !errors.Is(err, Available()) || !strings.Contains(err.Error(), "-tags pkcs11") {
		t.Errorf("%v, %v", Available(), err)
	}
}
