package pades_test

import (
	"crypto/rand"
	"testing"

	"jachete/pdf/pades"
)

// Sealing a small page; the authority is called directly.

func BenchmarkSeal(b *testing.B) {
	w := newWorld(b)
	long := w.sealing()
	long.Evidence = w.evidence(b)
	for _, c := range []struct {
		name    string
		sealing pades.Sealing
	}{{"B-B", pades.Sealing{Key: w.key}}, {"B-T", w.sealing()}, {"B-LT", long}} {
		b.Run(c.name, func(b *testing.B) {
			file := document(stream, c.sealing.Dictionary(w.now), c.sealing.Evidence)
			b.ReportAllocs()
			b.ReportMetric(float64(len(file)), "bytes/file")
			for b.Loop() {
				r, err := c.sealing.Seal(b.Context(), rand.Reader, file)
				if err != nil || string(r.Level) != c.name {
					b.Fatal(r.Level, err)
				}
			}
		})
	}
}

func BenchmarkArchive(b *testing.B) {
	w := newWorld(b)
	file := w.seal(b, w.sealing(), stream).File
	b.ReportAllocs()
	for b.Loop() {
		r, err := w.archiver().Archive(b.Context(), file)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(r.File)-len(file)), "added/file")
	}
}
