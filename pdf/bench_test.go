package pdf

import (
	"testing"
)

// BenchmarkSeal is what a signing request pays: both pages, fonts, seal.
func BenchmarkSeal(b *testing.B) {
	s, _ := testSealer(b)
	content := sample()
	var size int
	b.ReportAllocs()
	for b.Loop() {
		sealed, err := s.Seal(b.Context(), content, noon)
		if err != nil {
			b.Fatal(err)
		}
		size = len(sealed.PDF)
	}
	b.ReportMetric(float64(size), "bytes/file")
}

// BenchmarkRender is the same without the seal.
func BenchmarkRender(b *testing.B) {
	content := sample()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := render(content); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDraft is what a council's download pays.
func BenchmarkDraft(b *testing.B) {
	var size int
	b.ReportAllocs()
	for b.Loop() {
		file, err := draft(sample(), noon)
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(size), "bytes/file")
}
