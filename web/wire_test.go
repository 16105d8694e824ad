package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// listen serves the site on a real socket until the test ends.
func (x *site) listen() (addr string) {
	x.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		x.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(x.t.Context())
	done := make(chan error, 1)
	go func() { done <- x.Serve(ctx, l, time.Second) }()
	x.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			x.t.Error(err)
		}
	})
	return l.Addr().String()
}

// exchange writes bytes and reads all that comes until the connection ends.
func exchange(t *testing.T, addr, raw string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(15 * time.Second))
	if _, err := conn.Write([]byte(raw)); err != nil {
		return "" // refused while writing: closed
	}
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

// statusesIn lists the answers in what came back.
func statusesIn(t *testing.T, raw string) (list []int) {
	t.Helper()
	r := bufio.NewReader(strings.NewReader(raw))
	for {
		a, err := http.ReadResponse(r, nil)
		if err != nil {
			return list
		}
		_, _ = io.Copy(io.Discard, a.Body)
		a.Body.Close()
		list = append(list, a.StatusCode)
	}
}

const canary = "CANARY7391"

// What two programs could read differently gets one answer and an end.
func TestAmbiguousRequestsAreRefused(t *testing.T) {
	addr := newSite(t).listen()
	glued := "GET /healthz HTTP/1.1\r\nHost: " + testHost + "\r\n\r\n"
	head := "POST /signature HTTP/1.1\r\nHost: " + testHost + "\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Test: " + canary + "\r\n"
	for name, raw := range map[string]string{
		"length and chunks":       head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + glued,
		"chunks and length":       head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + glued,
		"chunks":                  head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + glued,
		"unknown coding":          head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + glued,
		"identity":                head + "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n" + glued,
		"space before colon":      head + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + glued,
		"folded coding":           head + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + glued,
		"huge chunk":              head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
		"negative chunk":          head + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
		"two lengths":             head + "Content-Length: 0\r\nContent-Length: 6\r\n\r\n" + glued,
		"signed length":           head + "Content-Length: +6\r\n\r\na=1&b=" + glued,
		"negative length":         head + "Content-Length: -1\r\n\r\n" + glued,
		"list of lengths":         head + "Content-Length: 6,6\r\n\r\na=1&bb" + glued,
		"length and a word":       head + "Content-Length: 6 x\r\n\r\na=1&bb" + glued,
		"length of twenty digits": head + "Content-Length: 99999999999999999999\r\n\r\n" + glued,
		"folded header":           head + "X-A: a\r\n b\r\n\r\n" + glued,
		"bare line feeds":         strings.ReplaceAll(head, "\r\n", "\n") + "\n" + glued,
		"bare return":             head + "X-A: a\rb\r\n\r\n" + glued,
		"NUL in a header":         head + "X-A: a\x00b\r\n\r\n" + glued,
		"NUL in the path":         "GET /\x00 HTTP/1.1\r\nHost: " + testHost + "\r\n\r\n" + glued,
		"space in a name":         head + "X A: a\r\n\r\n" + glued,
		"two hosts":               "GET /healthz HTTP/1.1\r\nHost: " + testHost + "\r\nHost: evil.example\r\n\r\n" + glued,
		"no host":                 "GET /healthz HTTP/1.1\r\n\r\n" + glued,
		"words in the host":       "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n" + glued,
		"user in the host":        "GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n" + glued,
		"port out of range":       "GET /healthz HTTP/1.1\r\nHost: a:99999\r\n\r\n" + glued,
	} {
		t.Run(name, func(t *testing.T) {
			raw := exchange(t, addr, raw)
			got := statusesIn(t, raw)
			if len(got) > 1 || len(got) == 1 && got[0] != 400 { // or closed without a word
				t.Errorf("%v", got)
			}
			if strings.Contains(raw, canary) {
				t.Error("the answer repeats the request")
			}
		})
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	addr := newSite(t).listen()
	get := func(path, headers string) string {
		return "GET " + path + " HTTP/1.1\r\nHost: " + testHost + "\r\nConnection: close\r\n" + headers + "\r\n"
	}
	many := strings.Builder{}
	for i := range 200 {
		fmt.Fprintf(&many, "X-%d: a\r\n", i)
	}
	post := "POST /signature HTTP/1.1\r\nHost: " + testHost + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	for name, c := range map[string]struct {
		raw  string
		want []int
	}{
		"long header":      {get("/", "X-A: "+strings.Repeat("a", 9<<10)+"\r\n"), []int{431}},
		"many headers":     {get("/", many.String()), []int{431}},
		"long address":     {get("/"+strings.Repeat("a", 9<<10), ""), []int{414, 431}},
		"big form":         {post + "Content-Length: 2097152\r\n\r\n", []int{413}},
		"asked first":      {post + "Expect: 100-continue\r\nContent-Length: 1073741824\r\n\r\n", []int{413, 417}},
		"compressed":       {post + "Connection: close\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=1", []int{415}},
		"TRACE":            {"TRACE / HTTP/1.1\r\nHost: " + testHost + "\r\nConnection: close\r\n\r\n", []int{400, 405}},
		"CONNECT":          {"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\nConnection: close\r\n\r\n", []int{400, 405}},
		"OPTIONS *":        {"OPTIONS * HTTP/1.1\r\nHost: " + testHost + "\r\nConnection: close\r\n\r\n", []int{400, 404, 405}},
		"old without host": {"GET / HTTP/1.0\r\n\r\n", []int{400}},
		"nonsense":         {"\x16\x03\x01\x02\x00\x01\r\n\r\n", []int{400}},
	} {
		t.Run(name, func(t *testing.T) {
			raw := exchange(t, addr, c.raw)
			got := statusesIn(t, raw)
			if len(got) != 1 || !contains(c.want, got[0]) {
				t.Fatalf("%v, want one of %v\n%.300s", got, c.want, raw)
			}
			response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(raw)), nil)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			checkHeaders(t, name, response.Header)
		})
	}
}

func contains(list []int, n int) bool {
	for _, have := range list {
		if have == n {
			return true
		}
	}
	return false
}

// A good request and then a bad one: the second answer repeats nothing.
func TestBadRequestAfterAGoodOneLeaksNothing(t *testing.T) {
	addr := newSite(t).listen()
	body := "organisation=" + canary
	raw := exchange(t, addr, fmt.Sprintf("POST /signature HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", testHost, len(body), body)+
		"GET / "+canary+" HTTP/9.9\r\n"+canary+"\r\n\r\n")
	if got := statusesIn(t, raw); len(got) == 0 || got[0] != 401 || got[len(got)-1] == 200 || strings.Contains(raw, canary) {
		t.Errorf("%v %s", got, raw)
	}
}

func TestStrangersNamesAreRefused(t *testing.T) {
	x := newSite(t, func(c *Config) { c.BaseURL = mustURL(t, "https://declarations.example.org") })
	for host, want := range map[string]int{"declarations.example.org": 200, "DECLARATIONS.example.org": 200, "declarations.example.org:443": 200,
		"declarations.example.org:8443": 421, "evil.example": 421, "127.0.0.1": 421, "localhost:8080": 421, "evil.example:443": 421,
		"declarations.example.org.evil.example": 421, "[::1]": 421, "declarations.example.org:0": 400} {
		r := request(http.MethodGet, "/", "")
		r.Host = host
		a := x.ask(r)
		if a.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, a.StatusCode, want)
		}
		if want != 200 && (strings.Contains(a.body, "evil") || strings.Contains(fmt.Sprint(a.Header), "evil")) {
			t.Errorf("%s: the answer names it", host)
		}
	}
	local := newSite(t)
	for _, host := range []string{"127.0.0.1:8080", "localhost:8080", "[::1]:8080", "127.0.0.1:9999"} {
		r := request(http.MethodGet, "/healthz", "")
		r.Host = host
		if a := local.ask(r); a.StatusCode != 200 {
			t.Errorf("%s: %d", host, a.StatusCode)
		}
	}
}

// Headers that only a proxy of ours may write change nothing.
func TestForwardedHeadersChangeNothing(t *testing.T) {
	x := newSite(t)
	plain := nonceShape.ReplaceAllString(x.get("/signataires").body, "")
	for _, name := range []string{"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Host"} {
		r := request(http.MethodGet, "/signataires", "")
		r.Header.Set(name, "/evil.example")
		if a := x.ask(r); a.StatusCode != 200 || nonceShape.ReplaceAllString(a.body, "") != plain {
			t.Errorf("%s changes the page", name)
		}
	}
}
