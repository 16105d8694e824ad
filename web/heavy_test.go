package web

import (
	"net"
	"slices"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// Big files beyond the places are sent away unread; certificates go on being
// verified meanwhile, and a sender who goes away gives the place back.
func TestBigFilesWaitForAPlace(t *testing.T) {
	x := newSite(t)
	addr := x.listen()
	file := make([]byte, 2<<20)
	copy(file, "%PDF-1.7\n")
	kind, body := envelope(t, "fichier", "a.pdf", file)
	big := bigHead(kind, len(body)) + "\r\n" + body
	var slow []net.Conn
	for range maxHeavy {
		conn, err := net.Dial("tcp", addr)
		must(t, err)
		t.Cleanup(func() { conn.Close() })
		_, err = conn.Write([]byte(big[:len(big)/2]))
		must(t, err)
		slow = append(slow, conn)
	}
	eventually(t, func() bool { return x.held() == maxHeavy })
	if got := statusesIn(t, exchange(t, addr, bigHead(kind, len(body))+"\r\n")); !slices.Equal(got, []int{503}) {
		t.Errorf("one more: %v", got)
	}
	kind, body = envelope(t, "fichier", "a.pdf", file[:30<<10])
	small := bigHead(kind, len(body)) + "\r\n" + body
	if got := statusesIn(t, exchange(t, addr, small)); !slices.Equal(got, []int{200}) {
		t.Errorf("a small one: %v", got)
	}
	for _, conn := range slow {
		conn.Close()
	}
	eventually(t, func() bool { return x.held() == 0 })
	for range maxHeavy + 1 {
		if got := statusesIn(t, exchange(t, addr, big)); !slices.Equal(got, []int{200}) {
			t.Errorf("afterwards: %v", got)
		}
	}
	eventually(t, func() bool { return x.held() == 0 })
}

func (x *site) held() int {
	x.heavy.mu.Lock()
	defer x.heavy.mu.Unlock()
	return len(x.heavy.until)
}

func eventually(t *testing.T, done func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !done(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never comes to that")
		}
	}
}

// A place that nobody gave back is free again in the end.
func TestPlacesDoNotLastForEver(t *testing.T) {
	var b heavyBodies
	var headers [maxHeavy + 1]fasthttp.RequestHeader
	for i := range maxHeavy {
		if !b.take(&headers[i], startTime) {
			t.Fatal(i)
		}
	}
	if b.take(&headers[maxHeavy], startTime) || !b.take(&headers[0], startTime) {
		t.Error("one too many, or one too few")
	}
	if !b.take(&headers[maxHeavy], startTime.Add(uploadTime+requestTime+time.Second)) {
		t.Error("a place was kept for ever")
	}
}
