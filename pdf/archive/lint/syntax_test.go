package lint

import (
	"bytes"
	"testing"
)

func TestSyntaxIsStrict(t *testing.T) {
	file := sealed(t)
	end := []byte("endobj\n")
	for name, altered := range map[string][]byte{
		"no header":     file[1:],
		"binary mark":   bytes.Replace(file, []byte("\xE2\xE3"), []byte("ab"), 1),
		"appended":      append(bytes.Clone(file), '\n'),
		"cut":           file[:len(file)-1],
		"second update": append(bytes.Clone(file), "1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"...),
		"exponent":      bytes.Replace(file, []byte("/F 132"), []byte("/F 1e2"), 1),
		"gap":           bytes.Replace(file, end, []byte("endobj\n\n"), 1),
		"comment":       bytes.Replace(file, end, []byte("endobj\n%x\n"), 1),
		"stream length": bytes.Replace(file, []byte("/Length 0"), []byte("/Length 1"), 1),
		"odd digits":    bytes.Replace(file, []byte("/TU <FEFF"), []byte("/TU <FEF"), 1),
		"twice a key":   bytes.Replace(file, []byte("/F 4 "), []byte("/F 4 /F 4 "), 1),
		"offsets":       bytes.Replace(file, []byte("/F 4 "), []byte("/F 4  "), 1),
		"empty":         nil,
	} {
		if _, err := open(altered); err == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}
