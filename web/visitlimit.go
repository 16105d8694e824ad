package web

import (
	"net/netip"
	"sync"
	"time"
)

// visitWindow is the time over which pages are counted.
const visitWindow = time.Minute

// maxVisitors bounds the memory of the count: past it, the count starts anew.
const maxVisitors = 50_000

// visitLimit counts pages per address on this instance. It only slows down
// copying of public pages; limits that protect secrets are in the store,
// shared by every instance.
type visitLimit struct {
	mu    sync.Mutex
	most  int
	since time.Time
	count map[netip.Prefix]int
}

func newVisitLimit(most int) *visitLimit {
	return &visitLimit{most: most, count: map[netip.Prefix]int{}}
}

// take counts one page; when the address has had enough, it tells how long to
// wait.
func (l *visitLimit) take(addr netip.Addr, now time.Time) (time.Duration, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.since) >= visitWindow || len(l.count) > maxVisitors {
		l.since = now
		clear(l.count)
	}
	key := visitor(addr)
	if l.count[key] >= l.most {
		return visitWindow - now.Sub(l.since), false
	}
	l.count[key]++
	return 0, true
}

// visitor is one client: an address, or the /64 an IPv6 client owns.
func visitor(addr netip.Addr) netip.Prefix {
	bits := 32
	if addr.Is6() {
		bits = 64
	}
	prefix, _ := addr.Prefix(bits)
	return prefix
}
