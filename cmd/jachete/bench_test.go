package main

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"jachete/pdf"
	"jachete/pdf/pades"
	"jachete/store"
	"jachete/store/storetest"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// BenchmarkSign is the act itself, with a real seal and a real database: from
// the form of the last step to the commit. cpu-ms/op is what the whole process
// spent on it, on all cores.
func BenchmarkSign(b *testing.B) {
	for name, dsn := range map[string]func() string{
		"sqlite":   func() string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") },
		"postgres": func() string { return storetest.Postgres(b) },
	} {
		b.Run(name, func(b *testing.B) { benchmarkSign(b, dsn()) })
	}
}

func benchmarkSign(b *testing.B, dsn string) {
	w := realWorld(b, dsn)
	var spent time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		r := workflowtest.Request()
		r.Contact.Email = fmt.Sprintf("p%d@example.org", i)
		_, token := w.Invite(b, r)
		secret, form := w.Ready(b, token)
		w.Clock.Move(time.Minute)
		before := cpu()
		b.StartTimer()
		if _, err := w.Sign(b.Context(), secret, form, workflowtest.Visit); err != nil {
			b.Fatal(err)
		}
		spent += cpu() - before
	}
	b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// BenchmarkVerifyFile is what a visitor's file costs: one of ours, and one of
// 10 MiB that is not, as long as uploads may be.
func BenchmarkVerifyFile(b *testing.B) {
	w := realWorld(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
	_, token := w.Invite(b, workflowtest.Request())
	secret, form := w.Ready(b, token)
	if _, err := w.Sign(b.Context(), secret, form, workflowtest.Visit); err != nil {
		b.Fatal(err)
	}
	own, err := w.SignedCertificate(b.Context(), secret)
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		file []byte
		want workflow.Verdict
	}{
		{"genuine", own.PDF, workflow.VerdictGenuine},
		{"stranger", scanned(10 << 20), workflow.VerdictUnknown},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if v, err := w.VerifyFile(b.Context(), c.file); err != nil || v.Verdict != c.want {
					b.Fatal(v.Verdict, err)
				}
			}
			b.ReportMetric(float64(len(c.file)), "file-bytes")
		})
	}
}

// scanned is a file with the look of a scanned PDF: noise between a first and
// a last line.
func scanned(size int) []byte {
	const first, last = "%PDF-1.7\n", "\n%%EOF\n"
	file := make([]byte, size)
	mathrand.NewChaCha8([32]byte{}).Read(file)
	copy(file, first)
	copy(file[size-len(last):], last)
	return file
}

// realWorld is a world whose certificates are real.
func realWorld(b testing.TB, dsn string) *workflowtest.World {
	s, err := store.Open(b.Context(), dsn)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	if err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	key, _, err := pades.Generate(rand.Reader, workflowtest.Start, "Banc d’essai")
	if err != nil {
		b.Fatal(err)
	}
	sealer, err := pdf.New(key, nil, workflowtest.Start)
	if err != nil {
		b.Fatal(err)
	}
	w := workflowtest.New(b, s)
	w.Service = workflowtest.NewService(b, s, w.Clock, w.Courier, sealer)
	return w
}

// cpu is the time this process has spent on all cores.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

var _ workflow.Sealer = (*pdf.Sealer)(nil)
