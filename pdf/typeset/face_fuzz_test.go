package typeset

import "testing"

// FuzzFace: whatever a font file holds, the answer is a face or an error.
func FuzzFace(f *testing.F) {
	for _, file := range [][]byte{nil, []byte("OTTO"), interRegular[:200], interRegular[:len(interRegular)/2], interSemiBold, notoSyllabics} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		face, err := parseFace("fuzz", 88, file)
		if err == nil && face == nil {
			t.Error("neither a face nor an error")
		}
	})
}
