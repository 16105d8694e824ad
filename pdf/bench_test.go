package pdf

import (
	"syscall"
	"testing"
	"time"

	"jachete/pdf/pades"
)

// What a signing request pays, in parts and as a whole. file-bytes is the size
// of the file that comes out; cpu-ms/op is what the whole process spent on it,
// on all cores.

// BenchmarkRender draws the pages and finishes the file, without a seal.
func BenchmarkRender(b *testing.B) {
	content := sample()
	measure(b, func() ([]byte, error) {
		file, err := render(content)
		if err != nil {
			return nil, err
		}
		return file.Bytes()
	})
}

// BenchmarkSeal seals a file that is drawn.
func BenchmarkSeal(b *testing.B) {
	eachKey(b, func(b *testing.B, s *Sealer) {
		file, err := render(sample())
		if err != nil {
			b.Fatal(err)
		}
		measure(b, func() ([]byte, error) { return s.sealed(file, noon) })
	})
}

// BenchmarkCertificate does both.
func BenchmarkCertificate(b *testing.B) {
	eachKey(b, func(b *testing.B, s *Sealer) {
		content := sample()
		measure(b, func() ([]byte, error) {
			sealed, err := s.Seal(b.Context(), content, noon)
			return sealed.PDF, err
		})
	})
}

// BenchmarkDraft is what a council's download pays.
func BenchmarkDraft(b *testing.B) {
	measure(b, func() ([]byte, error) { return draft(sample(), noon) })
}

// eachKey runs a benchmark with a key of each kind that may seal.
func eachKey(b *testing.B, run func(*testing.B, *Sealer)) {
	for _, kind := range []struct {
		name string
		key  pades.Key
	}{{"P-256", testKey(b)}, {"RSA-3072", rsaKey(b)}} {
		s, err := New(kind.key, nil, noon)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(kind.name, func(b *testing.B) { run(b, s) })
	}
}

func measure(b *testing.B, make func() ([]byte, error)) {
	b.Helper()
	b.ReportAllocs()
	size, before := 0, cpu()
	for b.Loop() {
		file, err := make()
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(size), "file-bytes")
	b.ReportMetric(float64((cpu()-before).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// cpu is the time this process has spent on all cores.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
