package pdf

import (
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"
)

// TestModulesAreTheCode paints the rectangles: what a reader of codes would
// repair by itself is a fault here.
func TestModulesAreTheCode(t *testing.T) {
	code, err := qr.Encode(sample().VerifyURL, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	p := &path{scale: 1}
	p.modules(code)
	painted := map[[2]int]bool{}
	for line := range strings.Lines(string(p.out)) {
		var x, y, width, height int
		if _, err := fmt.Sscanf(line, "%d %d %d %d re\n", &x, &y, &width, &height); err != nil {
			t.Fatal(line, err)
		}
		for i := range width * height {
			painted[[2]int{x + i%width, y + i/width}] = true
		}
	}
	for y := -1; y <= code.Size; y++ {
		for x := -1; x <= code.Size; x++ {
			if painted[[2]int{x, y}] != code.Black(x, y) {
				t.Errorf("module (%d, %d) is painted: %v", x, y, painted[[2]int{x, y}])
			}
		}
	}
}
