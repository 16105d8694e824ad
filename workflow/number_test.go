package workflow

import (
	"crypto/rand"
	"strings"
	"testing"
)

func number(t *testing.T) string {
	t.Helper()
	n, err := NewNumber(rand.Reader, 2026)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	n := number(t)
	for _, typed := range []string{n, strings.ToLower(n), " " + n + " ", strings.Replace(n, "-", " - ", -1)} {
		if got, ok := ParseNumber(typed); !ok || got != n {
			t.Errorf("%q read as %q, %v", typed, got, ok)
		}
	}
	for _, bad := range []string{"", "ESJ", "ESJ-2026", "ESJ-2026-UUUU-UUUU", n + "0", "XSJ" + n[3:], "ESJ-26-" + n[9:], strings.Repeat(n, 50)} {
		if got, ok := ParseNumber(bad); ok {
			t.Errorf("%q accepted as %q", bad, got)
		}
	}
}

// The check character catches each single wrong character and each swap of two
// neighbours, at every place.
func TestCheckCharacterCatchesSlips(t *testing.T) {
	for range 20 {
		n := number(t)
		for i := 4; i < len(n); i++ {
			if n[i] == '-' {
				continue
			}
			for _, c := range []byte(crockford) {
				if i < 8 && (c < '0' || c > '9') || c == n[i] {
					continue
				}
				if slip := n[:i] + string(c) + n[i+1:]; accepted(slip) {
					t.Fatalf("%s for %s at %d", slip, n, i)
				}
			}
			if j := i + 1; j < len(n) && n[j] != '-' && n[j] != n[i] {
				if slip := n[:i] + string(n[j]) + string(n[i]) + n[j+1:]; accepted(slip) {
					t.Fatalf("%s for %s swapped at %d", slip, n, i)
				}
			}
		}
	}
}

func accepted(s string) bool { _, ok := ParseNumber(s); return ok }
