package pdf

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"jachete/workflow"
)

// A damaged file is made anew, byte for byte, from what the certificate says
// and what its seal added.
func TestSealedFileIsMadeAnew(t *testing.T) {
	s, _ := testSealer(t)
	c := sample()
	sealed, err := s.Seal(t.Context(), c, c.SignedAt)
	if err != nil {
		t.Fatal(err)
	}
	record := sealed
	record.PDF = nil
	again, err := s.Remake(t.Context(), c, nil, record)
	if err != nil || !bytes.Equal(again, sealed.PDF) {
		t.Fatalf("%v, %d bytes, want %d", err, len(again), len(sealed.PDF))
	}
	t.Logf("file %d bytes, growth %d", len(sealed.PDF), len(sealed.Growth))

	other := c
	other.Signatory.Name = "Dominique Exemple"
	if _, err := s.Remake(t.Context(), other, nil, record); err == nil {
		t.Error("other pages gave the file")
	}
	record.Growth[len(record.Growth)/2] ^= 1
	if again, err := s.Remake(t.Context(), c, nil, record); err == nil {
		t.Errorf("a damaged growth gave %d bytes", len(again))
	}
}

// A later revision comes from the one before it.
func TestLaterRevisionIsMadeAnew(t *testing.T) {
	s, _ := testSealer(t)
	first, later := []byte("%PDF-1.7\nfirst\n%%EOF\n"), []byte("%PDF-1.7\nfirst\n%%EOF\nmore\n%%EOF\n")
	grew, err := growth(first, later)
	if err != nil {
		t.Fatal(err)
	}
	record := workflow.Sealed{SHA256: sum(later), Growth: grew}
	if again, err := s.Remake(t.Context(), workflow.CertificateContent{}, first, record); err != nil || !bytes.Equal(again, later) {
		t.Errorf("%q, %v", again, err)
	}
}

// However long a file is, its growth is only what it grew by.
func TestGrowthOfALongFile(t *testing.T) {
	before := make([]byte, 200<<10)
	rand.NewChaCha8([32]byte{}).Read(before)
	after := append(bytes.Clone(before), "a revision"...)
	grew, err := growth(before, after)
	if err != nil || len(grew) > 100 {
		t.Errorf("%d bytes: %v", len(grew), err)
	}
	if again, err := grown(before, grew); err != nil || !bytes.Equal(again, after) {
		t.Errorf("%d bytes came back: %v", len(again), err)
	}
	if again, err := grown(before[:100], grew); err == nil {
		t.Errorf("%d bytes from half a file", len(again))
	}
}
