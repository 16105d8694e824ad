package token

import (
	"strings"
	"testing"
)

func TestURIs(t *testing.T) {
	for text, want := range map[string]URI{
		"pkcs11:token=Sceaux;object=sceau?module-path=/usr/lib/m.so":                       {Module: "/usr/lib/m.so", Token: "Sceaux", Object: "sceau"},
		"pkcs11:token=Les%20sceaux+1;id=%01%ff;type=private?module-path=/usr/lib/m%2bm.so": {Module: "/usr/lib/m+m.so", Token: "Les sceaux+1", ID: "\x01\xff"},
		"pkcs11:serial=DECC0401648;object=c%C3%A9?module-path=/m.so":                       {Module: "/m.so", Serial: "DECC0401648", Object: "cé"},
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

func TestURIsRefused(t *testing.T) {
	for text, why := range map[string]string{
		"": "want pkcs11:", "file:///etc/seal.pem": "want pkcs11:",
		"pkcs11:token=a;object=b": "module-path", "pkcs11:token=a;object=b?module-path=m.so": "absolute",
		"pkcs11:object=b?module-path=/m.so": "want token", "pkcs11:token=a?module-path=/m.so": "want object",
		"pkcs11:token=a;token=b;object=c?module-path=/m.so":       "twice",
		"pkcs11:token=a;object=b;slot-id=3?module-path=/m.so":     `"slot-id" is unknown`,
		"pkcs11:token=a;object=b?module-path=/m.so&module-name=m": `"module-name" is unknown`,
		"pkcs11:token=%zz;object=b?module-path=/m.so":             "token",
		"pkcs11:token=a;object=b?module-path=/m.so&pin-value=77":  "PIN",
	} {
		_, err := Parse(text)
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", text, err)
		}
		if err != nil && strings.Contains(err.Error(), "77") {
			t.Errorf("the PIN is shown: %v", err)
		}
	}
}
