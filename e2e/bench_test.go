package e2e

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"
)

var residentMemory = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// memory is the resident memory of a server in MiB.
func (s *server) memory(b *testing.B) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	kB, err := strconv.ParseFloat(string(residentMemory.FindSubmatch(text)[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kB / 1024
}

// BenchmarkFiftySigners lets fifty people sign at once, each from the mailed
// link to the certificate, against the real binary. It reports its resident
// memory: idle before anybody came, and the most seen while they sign.
func BenchmarkFiftySigners(b *testing.B) {
	const people = 50
	var idle, peak float64
	for b.Loop() {
		b.StopTimer()
		server := startServe(b)
		list := signers(b, server.installation, people)
		time.Sleep(time.Second)
		idle = max(idle, server.memory(b))
		b.StartTimer()
		peak = max(peak, server.crowd(b, list))
	}
	b.ReportMetric(idle, "idle-MiB")
	b.ReportMetric(peak, "peak-MiB")
}

// crowd lets everybody sign and watches the memory.
func (s *server) crowd(b *testing.B, list []*signer) (peak float64) {
	var group sync.WaitGroup
	for _, person := range list {
		group.Go(func() { person.sign() })
	}
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	for {
		select {
		case <-done:
			return peak
		case <-time.After(20 * time.Millisecond):
			peak = max(peak, s.memory(b))
		}
	}
}
