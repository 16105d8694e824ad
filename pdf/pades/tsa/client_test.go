package tsa

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestHostileServers(t *testing.T) {
	a := authority(t)
	reply := func(kind string, code, size int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(code)
			for range size / 1024 {
				w.Write(make([]byte, 1024))
			}
		}
	}
	elsewhere := serve(t, a)
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		kind    error
		text    string
	}{
		"HTML":    {reply("text/html; charset=utf-8", 200, 2048), ErrAnswer, `"text/html"`},
		"no type": {reply("", 200, 0), ErrAnswer, "content type"},
		"500":     {reply("application/timestamp-reply", 500, 1024), ErrAnswer, "status 500"},
		"10 MB":   {reply("application/timestamp-reply", 200, 10<<20), ErrAnswer, "more than 65536 bytes"},
		"zeros":   {reply("application/timestamp-reply", 200, 1024), ErrMalformed, "answer"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere, http.StatusTemporaryRedirect)
		}, ErrAnswer, "status 307"},
		"slow": {func(_ http.ResponseWriter, r *http.Request) { dawdle(r) }, context.DeadlineExceeded, ""},
		"slow body": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/timestamp-reply")
			w.(http.Flusher).Flush()
			dawdle(r)
		}, context.DeadlineExceeded, ""},
	} {
		client := client(t, a, serve(t, drained(c.handler)))
		if strings.HasPrefix(name, "slow") {
			client.patience = 100 * time.Millisecond
		}
		refused(t, name, client, c.kind, c.text)
	}
}

// dawdle answers long after a client of little patience has gone.
func dawdle(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(3 * time.Second):
	}
}

// drained reads the question first: only then does a server see a client go.
func drained(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		next.ServeHTTP(w, r)
	}
}

func refused(t *testing.T, name string, c *Client, kind error, text string) {
	t.Helper()
	token, err := c.Timestamp(t.Context(), digest)
	if token != nil || !errors.Is(err, kind) || !strings.Contains(err.Error(), text) {
		t.Errorf("%s: token %v, error %v; want %v with %q", name, token != nil, err, kind, text)
	}
}

func TestPatienceIsTenSeconds(t *testing.T) {
	a := authority(t)
	if c := client(t, a, "http://127.0.0.1:1"); c.patience != 10*time.Second {
		t.Error(c.patience)
	}
}

// TestEveryAuthorityIsTried: three bad ones, each named with its fault, then
// one that is good.
func TestEveryAuthorityIsTried(t *testing.T) {
	a := authority(t)
	closed := httptest.NewServer(nil)
	closed.Close()
	bad := []string{
		closed.URL,
		serve(t, hostile{Authority: a, statement: at("20261122110000Z")}),
		serve(t, http.NotFoundHandler()),
	}
	if _, err := client(t, a, append(bad, serve(t, a))...).Timestamp(t.Context(), digest); err != nil {
		t.Fatal(err)
	}
	_, err := client(t, a, bad...).Timestamp(t.Context(), digest)
	for i, want := range []string{"refused", "away from ours", "status 404"} {
		if err == nil || !strings.Contains(err.Error(), bad[i]) || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q of %s in %v", want, bad[i], err)
		}
	}
}

func TestClientStopsWithItsCaller(t *testing.T) {
	a := authority(t)
	asked := 0
	count := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client(t, a, serve(t, count), serve(t, count)).Timestamp(ctx, digest); !errors.Is(err, context.Canceled) || asked > 0 {
		t.Errorf("%v, %d asked", err, asked)
	}
}

func TestClientRefusesAddresses(t *testing.T) {
	roots := authority(t).Roots()
	for _, bad := range [][]string{nil, {""}, {"ftp://example.org"}, {"http://"}, {"http://exa mple.org"}, {"https://example.org", "/local"}} {
		if _, err := NewClient(bad, roots, noon); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
	if _, err := NewClient([]string{"https://example.org"}, nil, noon); err == nil {
		t.Error("accepted without roots")
	}
}

// TestMemoryIsBounded: ten answers of 10 MB in a row leave and take no more
// than a few of the 64 KiB that are read.
func TestMemoryIsBounded(t *testing.T) {
	a := authority(t)
	c := client(t, a, serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/timestamp-reply")
		block := make([]byte, 64<<10)
		for range 160 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10 {
		refused(t, "10 MB", c, ErrAnswer, "more than")
	}
	runtime.ReadMemStats(&after)
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 10<<20 {
		t.Errorf("%d bytes taken", taken)
	}
}

// TestClientKnowsWhoStamps asks for a token only when none told yet.
func TestClientKnowsWhoStamps(t *testing.T) {
	first, second := authority(t), authority(t)
	asked := 0
	count := func(a *Authority) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked++; a.ServeHTTP(w, r) })
	}
	gone := httptest.NewServer(count(first))
	c, err := NewClient([]string{gone.URL, serve(t, count(second))}, append(first.Roots(), second.Roots()...), noon)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if chain, err := c.Signers(t.Context()); err != nil || len(chain) != 2 || !chain[0].Equal(first.Chain[0]) {
			t.Fatalf("%v, %v", chain, err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	gone.Close()
	if _, err := c.Timestamp(t.Context(), digest); err != nil {
		t.Fatal(err)
	}
	if chain, err := c.Signers(t.Context()); err != nil || !chain[0].Equal(second.Chain[0]) {
		t.Errorf("the one that answered last: %v", err)
	}
	if chain, err := first.Signers(t.Context()); err != nil || len(chain) != 2 {
		t.Errorf("the authority itself: %v", err)
	}
}
