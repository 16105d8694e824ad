package pdf

import (
	"testing"

	"jachete/pdf/typeset"
	"jachete/workflow"
)

// What a form accepts, a certificate can print: a name is refused when it is
// typed, never when it is sealed.
func TestEveryAcceptedCharacterCanBePrinted(t *testing.T) {
	for r := rune(0x20); r <= 0x1FFFF; r++ {
		if 0xD800 <= r && r <= 0xDFFF {
			continue
		}
		clean, problem := workflow.CleanLine("a"+string(r)+"a", workflow.MaxName)
		if problem != nil {
			continue
		}
		if missing := typeset.Missing(clean); len(missing) > 0 {
			t.Errorf("%q (%U) is accepted, and no face has %U", clean, r, missing)
		}
	}
}
