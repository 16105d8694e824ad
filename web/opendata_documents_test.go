package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"

	"jachete/workflow"
)

// Of fifty who ask at once, one makes the document and all get it.
func TestOneMakesADocumentForAll(t *testing.T) {
	x := newSite(t)
	var made, asked atomic.Int32
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			asked.Add(1)
			d, err := x.listed(t.Context(), "x", workflow.RegisterFilter{}, func(_ context.Context, w io.Writer) error {
				made.Add(1)
				for asked.Load() < 50 {
					time.Sleep(time.Millisecond)
				}
				time.Sleep(50 * time.Millisecond) // so that the others stand in the queue, if there is one
				_, err := io.WriteString(w, "text")
				return err
			})
			if err != nil || d.size != 4 {
				t.Errorf("%+v %v", d, err)
			}
		})
	}
	group.Wait()
	if n := made.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
}

// A document rests while many sign, follows the register after that, and is made
// anew each minute, for embargoes end without anything being written.
func TestDocumentsFollowTheRegister(t *testing.T) {
	x := newSite(t)
	x.clock.Move(-22 * time.Second) // to a full minute
	made := 0
	ask := func(f workflow.RegisterFilter) int {
		_, err := x.listed(t.Context(), "x", f, func(_ context.Context, w io.Writer) error { made++; return nil })
		must(t, err)
		return made
	}
	all := workflow.RegisterFilter{}
	for i, step := range []struct {
		what string
		do   func()
		want int
	}{
		{"first", func() {}, 1},
		{"again", func() {}, 1},
		{"changed, at once", func() { x.enters("A") }, 1},
		{"changed, ten seconds later", func() { x.clock.Move(documentRest) }, 2},
		{"not changed, within the minute", func() { x.clock.Move(40 * time.Second) }, 2},
		{"the next minute", func() { x.clock.Move(10 * time.Second) }, 3},
	} {
		step.do()
		if got := ask(all); got != step.want {
			t.Errorf("%d %s: made %d times, want %d", i, step.what, got, step.want)
		}
	}
	if got := ask(workflow.RegisterFilter{Limit: 3, Offset: 2}); got != 3 {
		t.Error("its pages make another document")
	}
	for _, other := range []workflow.RegisterFilter{{Region: "05"}, {Query: "a"}, {Status: "active"}, {Order: workflow.ByDate}} {
		before := made
		if got := ask(other); got != before+1 {
			t.Errorf("%+v: given the document of another list", other)
		}
	}
}

// A fault is nobody's document.
func TestFaultsAreNotKept(t *testing.T) {
	x := newSite(t)
	broken := errors.New("broken")
	for range 2 {
		if _, err := x.listed(t.Context(), "x", workflow.RegisterFilter{}, func(context.Context, io.Writer) error { return broken }); !errors.Is(err, broken) {
			t.Error(err)
		}
	}
}

// Whoever waits too long for another's document reads that the service is busy.
func TestWaitingForADocumentEnds(t *testing.T) {
	x := newSite(t)
	begun, goOn := make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		_, err := x.listed(t.Context(), "x", workflow.RegisterFilter{}, func(context.Context, io.Writer) error { close(begun); <-goOn; return nil })
		must(t, err)
	})
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := x.listed(ctx, "x", workflow.RegisterFilter{}, nil)
	if !workflow.IsKind(err, workflow.Unavailable) {
		t.Errorf("got %v", err)
	}
	close(goOn)
	group.Wait()
}

func TestFewDocumentsAreKept(t *testing.T) {
	x := newSite(t)
	for i := range 3 * maxDocuments {
		_, err := x.listed(t.Context(), "x", workflow.RegisterFilter{Year: 2000 + i}, func(context.Context, io.Writer) error { return nil })
		must(t, err)
		x.clock.Move(time.Millisecond)
	}
	if n := len(x.documents.kept); n > maxDocuments {
		t.Errorf("%d are kept", n)
	}
}

// Both forms are the same bytes, whole, and the length is told.
func TestDocumentsComePackedOrPlain(t *testing.T) {
	x := dataSite(t)
	fill(x, 200)
	for _, path := range []string{"/api/v1/signatories.csv", "/api/v1/signatories.geojson", "/api/v1/snapshots/2026-11-22.json"} {
		plain := x.get(path).must(t, 200)
		if plain.Header.Get("Content-Encoding") != "" || plain.ContentLength != int64(len(plain.body)) || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", path, plain.Header)
		}
		packed := x.with(http.MethodGet, path, "Accept-Encoding", "br, gzip").must(t, 200)
		if packed.Header.Get("Content-Encoding") != "gzip" || packed.Header.Get("ETag") != plain.Header.Get("ETag") {
			t.Errorf("%s: %v", path, packed.Header)
		}
		r, err := gzip.NewReader(strings.NewReader(packed.body))
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		if !bytes.Equal(text, []byte(plain.body)) || len(packed.body) >= len(plain.body) {
			t.Errorf("%s: packed %d, plain %d bytes", path, len(packed.body), len(plain.body))
		}
	}
}
