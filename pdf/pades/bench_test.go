package pades_test

import (
	"crypto/rand"
	"testing"

	"jachete/pdf/pades"
)

// Sealing a small page; the authority is called directly.

func BenchmarkSeal(b *testing.B) {
	w := newWorld(b)
	file := document(stream, w.sealing().Dictionary(w.now))
	b.ReportAllocs()
	b.ReportMetric(float64(len(file)), "bytes/file")
	for b.Loop() {
		if _, err := pades.Seal(rand.Reader, w.key, file); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLongTerm(b *testing.B) {
	w := newWorld(b)
	file := w.room(b, stream).File
	b.ReportAllocs()
	for b.Loop() {
		r, err := w.archiver().LongTerm(b.Context(), file)
		if err != nil || r.Level != pades.LevelLT {
			b.Fatal(r.Level, err)
		}
		b.ReportMetric(float64(len(r.File)-len(file)), "added/file")
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
