package main

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"jachete/store/storetest"
	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// fullFile is a file of as many lines as are taken, in the turn-th round of a
// benchmark: nobody in it was seen before.
func fullFile(turn int) []byte {
	var b strings.Builder
	b.WriteString("organisation;type;code_municipal;mrc;region;neq;nom;fonction;courriel;langue;source;message\n")
	for k := range 10_000 {
		fmt.Fprintf(&b, "Coopérative Gabarit %d-%d;coopérative;43027;;;1199999906;Camille Exemple;Direction générale;c%d-%d@example.org;fr;"+
			"https://example.org/equipe;Bonjour, au plaisir de vous compter parmi nous.\n", turn, k, turn, k)
	}
	return []byte(b.String())
}

func onEachDatabase(b *testing.B, run func(b *testing.B, w *workflowtest.World)) {
	for name, dsn := range map[string]func() string{
		"sqlite":   func() string { return "sqlite:" + filepath.Join(b.TempDir(), "bench.db") },
		"postgres": func() string { return storetest.Postgres(b) },
	} {
		b.Run(name, func(b *testing.B) { run(b, realWorld(b, dsn())) })
	}
}

func previewFull(b *testing.B, w *workflowtest.World, turn int) workflow.Batch {
	batch, err := w.PreviewBatch(b.Context(), workflow.Operator(), workflow.BatchRequest{Pole: "estrie", FileName: "liste.csv", File: fullFile(turn)})
	if err != nil || batch.Good() != 10_000 {
		b.Fatal(batch.Counts, err)
	}
	return batch
}

// BenchmarkPreview reads 10,000 lines, judges and keeps them. peak-MiB is the
// most that the heap grew meanwhile.
func BenchmarkPreview(b *testing.B) {
	onEachDatabase(b, func(b *testing.B, w *workflowtest.World) {
		b.ReportAllocs()
		peak, spent := 0.0, time.Duration(0)
		for turn := 0; b.Loop(); turn++ {
			done, before := watchHeap(), cpu()
			previewFull(b, w, turn)
			spent += cpu() - before
			peak = max(peak, done())
		}
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
		b.ReportMetric(peak, "peak-MiB")
	})
}

// BenchmarkConfirm makes 10,000 invitations of a preview, with their mails and
// their entries of the journal. cpu-ms/op is what this process spent on all cores.
func BenchmarkConfirm(b *testing.B) {
	onEachDatabase(b, func(b *testing.B, w *workflowtest.World) {
		b.ReportAllocs()
		var spent time.Duration
		for turn := 0; b.Loop(); turn++ {
			b.StopTimer()
			batch := previewFull(b, w, turn)
			before := cpu()
			b.StartTimer()
			if err := w.ConfirmBatch(b.Context(), workflow.Operator(), batch.ID, workflow.Seen{Good: batch.Good(), SHA256: batch.SHA256}); err != nil {
				b.Fatal(err)
			}
			if err := w.WorkBatches(b.Context()); err != nil {
				b.Fatal(err)
			}
			spent += cpu() - before
		}
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	})
}

// watchHeap looks at the heap until done, which gives its greatest growth.
func watchHeap() (done func() (mebibytes float64)) {
	runtime.GC()
	size := func() float64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return float64(sample[0].Value.Uint64()) / (1 << 20)
	}
	start, end, most := size(), make(chan struct{}), make(chan float64)
	go func() {
		top := start
		for {
			select {
			case <-end:
				most <- top - start
				return
			case <-time.After(2 * time.Millisecond):
				top = max(top, size())
			}
		}
	}()
	return func() float64 {
		close(end)
		return <-most
	}
}
