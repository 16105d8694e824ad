package web

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"jachete/workflow"
)

// BenchmarkOpenData is the work of one answer about 25,000 signatories: documents
// made anew, documents that are at hand, and what is made for each request.
func BenchmarkOpenData(b *testing.B) {
	x := benchSite(b, 25_000)
	x.App().Handler() // makes the router ready
	for kind, write := range map[string]func(context.Context, io.Writer, workflow.RegisterFilter) error{"csv": x.writeCSV, "geojson": x.writeGeoJSON} {
		b.Run("make/"+kind, func(b *testing.B) {
			b.ReportAllocs()
			peak := watchHeap(b)
			var d document
			for b.Loop() {
				var err error
				d, err = x.documents.make(b.Context(), func(ctx context.Context, to io.Writer) error { return write(ctx, to, workflow.RegisterFilter{}) })
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(peak())/(1<<20), "peak-MiB")
			b.ReportMetric(float64(d.size), "text-bytes")
			b.ReportMetric(float64(len(d.packed)), "kept-bytes")
		})
	}
	b.Run("fifty/csv", func(b *testing.B) {
		peak := watchHeap(b)
		for b.Loop() {
			clear(x.documents.kept)
			var group sync.WaitGroup
			for range 50 {
				group.Go(func() { x.reads(b, "/api/v1/signatories.csv", "") })
			}
			group.Wait()
		}
		b.ReportMetric(float64(peak())/(1<<20), "peak-MiB")
	})
	for _, path := range []string{"/api/v1/signatories.csv", "/api/v1/signatories.geojson", "/api/v1/signatories.json?per_page=500&page=25", "/flux.atom", "/flux.atom?region=estrie"} {
		for _, coding := range []string{"gzip", "plain"} {
			b.Run("answer"+path+"/"+coding, func(b *testing.B) {
				x.reads(b, path, coding) // makes it
				b.ReportAllocs()
				for b.Loop() {
					x.reads(b, path, coding)
				}
			})
		}
	}
}

// reads asks for a whole answer and throws it away.
func (x *site) reads(b *testing.B, path, coding string) {
	f := new(fasthttp.RequestCtx)
	f.Request.Header.SetHost(testHost)
	f.Request.SetRequestURI(path)
	f.Request.Header.SetMethod(http.MethodGet)
	f.Request.Header.Set("Accept-Encoding", coding)
	x.app.Server().Handler(f)
	if err := f.Response.BodyWriteTo(io.Discard); err != nil || f.Response.StatusCode() != http.StatusOK {
		b.Error(f.Response.StatusCode(), err)
	}
}

// watchHeap tells, when asked, by how much the heap has grown at most since.
func watchHeap(b *testing.B) (peak func() uint64) {
	b.Helper()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before, most := stats.HeapAlloc, stats.HeapAlloc
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&stats)
				most = max(most, stats.HeapAlloc)
			}
		}
	}()
	return func() uint64 { close(stop); <-done; return most - before }
}
