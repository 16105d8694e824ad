package e2e

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
)

// Size of the register that readers meet, and how many of them there are.
const (
	manySignatories = 25_000
	manyReaders     = 200
)

// manyPlaces are where the signatories are: a municipality of a pôle each.
var manyPlaces = [][2]string{{"estrie", "43027"}, {"montreal", "66023"}, {"capitale-nationale", "23027"}, {"longueuil", "58227"}, {"chaudiere-appalaches", "25213"}}

// fillRegister enters that many signatories on paper.
func fillRegister(b *testing.B, i *installation, size int) {
	b.Helper()
	share := size / len(manyPlaces)
	for k, place := range manyPlaces {
		path := filepath.Join(b.TempDir(), "papier.csv")
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		w := csv.NewWriter(f)
		w.Write([]string{"organisation", "type", "code_municipal", "date_signature", "source"})
		for n := range share {
			w.Write([]string{fmt.Sprintf("Coopérative d’essai %05d", k*share+n), "cooperative", place[1], fmt.Sprintf("%d-%02d-%02d", 2013+n%13, 1+n%12, 1+n%28), "Essai"})
		}
		w.Flush()
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		i.must("register", "import", path, "--pole", place[0])
	}
}

// visits are addresses that readers ask for: the first page, lists, pages of
// organisations and data.
func visits(b *testing.B, base string) (paths []string) {
	var page struct {
		Signatories []struct{ Slug string }
	}
	for n := range 8 {
		_, body, err := fasthttp.Get(nil, base+"/api/v1/signatories.json?page="+strconv.Itoa(1+n*100))
		if err != nil || json.Unmarshal(body, &page) != nil {
			b.Fatal(err, string(body))
		}
		for _, s := range page.Signatories {
			paths = append(paths, "/signataires/"+s.Slug)
		}
	}
	for n := range 50 {
		paths = append(paths, "/", "/signataires", fmt.Sprint("/signataires?page=", n+1), "/signataires?region=estrie", "/api/v1/signatories.json", "/api/v1/stats.json")
	}
	return paths
}

// reading is what readers met.
type reading struct {
	took     []time.Duration // of each page, ascending
	pages    int
	duration time.Duration
}

func (r reading) percentile(p int) time.Duration { return r.took[len(r.took)*p/100] }

// read lets the readers ask for pages at random until the time is over, each with
// a pause between two of them.
func read(b *testing.B, base string, paths []string, readers int, pause, during time.Duration) reading {
	b.Helper()
	client := &fasthttp.Client{MaxConnsPerHost: readers + 8}
	var group sync.WaitGroup
	var mu sync.Mutex
	var r reading
	start := time.Now()
	for range readers {
		group.Go(func() {
			var took []time.Duration
			request, answer := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			request.Header.Set("Accept-Encoding", "gzip")
			if pause > 0 {
				time.Sleep(rand.N(pause))
			}
			for time.Since(start) < during {
				request.SetRequestURI(base + paths[rand.IntN(len(paths))])
				asked := time.Now()
				if err := client.Do(request, answer); err != nil || answer.StatusCode() != fasthttp.StatusOK {
					b.Errorf("%s: %d, %v", request.URI(), answer.StatusCode(), err)
					return
				}
				took = append(took, time.Since(asked))
				time.Sleep(pause)
			}
			mu.Lock()
			defer mu.Unlock()
			r.took = append(r.took, took...)
		})
	}
	group.Wait()
	slices.Sort(r.took)
	r.pages, r.duration = len(r.took), time.Since(start)
	return r
}

// BenchmarkReaders lets two hundred people read a register of 25,000 lines, each
// a page a second, then as fast as they can, against the real binary. The
// readers share the machine with it.
func BenchmarkReaders(b *testing.B) {
	server := startServe(b)
	fillRegister(b, server.installation, manySignatories)
	paths := visits(b, server.base)
	for b.Loop() {
		calm := read(b, server.base, paths, manyReaders, time.Second, 20*time.Second)
		b.ReportMetric(float64(calm.percentile(95).Microseconds())/1000, "p95-ms")
		b.ReportMetric(float64(calm.percentile(50).Microseconds())/1000, "p50-ms")
		rush := read(b, server.base, paths, manyReaders, 0, 10*time.Second)
		b.ReportMetric(float64(rush.pages)/rush.duration.Seconds(), "pages/s")
		b.ReportMetric(float64(rush.percentile(95).Microseconds())/1000, "rush-p95-ms")
		b.ReportMetric(server.memory(b), "MiB")
	}
}

// BenchmarkSigningDuringASpike compares how long people wait after « Signer »,
// alone and while two hundred others read the register.
func BenchmarkSigningDuringASpike(b *testing.B) {
	const people = 20
	server := startServe(b)
	fillRegister(b, server.installation, manySignatories)
	paths := visits(b, server.base)
	for b.Loop() {
		alone := timeToSign(readyToSign(b, server.installation, "calme", people))
		list := readyToSign(b, server.installation, "foule", people)
		var crowd sync.WaitGroup
		crowd.Go(func() { read(b, server.base, paths, manyReaders, time.Second, 15*time.Second) })
		time.Sleep(2 * time.Second)
		beside := timeToSign(list)
		crowd.Wait()
		b.ReportMetric(float64(alone.Microseconds())/1000, "alone-ms/signature")
		b.ReportMetric(float64(beside.Microseconds())/1000, "spike-ms/signature")
	}
}

// timeToSign is how long one of the people waits from « Signer » to the page
// that thanks, one person every half second: the median.
func timeToSign(acts []func()) time.Duration {
	var took []time.Duration
	for _, act := range acts {
		start := time.Now()
		act()
		took = append(took, time.Since(start))
		time.Sleep(500 * time.Millisecond)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// readyToSign brings people, whose addresses nobody else has, to the last step
// and gives the act of each.
func readyToSign(b *testing.B, i *installation, name string, n int) (acts []func()) {
	for k := range n {
		person := invite(b, i, fmt.Sprintf("%s%d-%d@example.org", name, k, rand.IntN(1<<30)), fmt.Sprintf("Organisme %s %d", strings.ToUpper(name), rand.IntN(1<<30)))
		form := person.toLastStep()
		acts = append(acts, func() { person.arrives("/signature/merci", "/signature/signer", form...) })
	}
	return acts
}
