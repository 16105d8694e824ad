package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"
)

// listed reads a file of addresses, with the day each last changed.
func listed(t *testing.T, body string) map[string]string {
	t.Helper()
	var file sitemapFile
	if err := xml.Unmarshal([]byte(body), &file); err != nil {
		t.Fatal(err)
	}
	days := map[string]string{}
	for _, u := range file.URLs {
		if _, twice := days[u.Loc]; twice {
			t.Errorf("%s stands twice", u.Loc)
		}
		days[u.Loc] = u.LastMod
	}
	return days
}

// Every address that search engines are given is there, is a page to be found,
// and has that very address.
func TestListedAddressesAreThere(t *testing.T) {
	x := newSite(t)
	x.certified()
	days := listed(t, x.get("/sitemap.xml").must(t, 200).body)
	if len(days) < 40 {
		t.Errorf("only %d addresses", len(days))
	}
	for address := range days {
		if got := told(x.get(pathOf(t, address)).must(t, 200).body); got["canonical"] != address {
			t.Errorf("%s is the page %s, %s", address, got["canonical"], got["robots"])
		}
	}
}

// A page is said to have changed on the day it did, or on none.
func TestListedDaysAreTrue(t *testing.T) {
	x := newSite(t)
	page, _ := x.certified()
	x.clock.Move(10 * 24 * time.Hour)
	days := listed(t, x.get("/sitemap.xml").body)
	for path, want := range map[string]string{"/": "2026-11-22", "/signataires": "2026-11-22", "/signataires/ville-de-riviere-exemple": "2026-11-22", "/regions/monteregie": "2026-11-22",
		"/poles/longueuil": "2026-11-22", "/regions/estrie": "", "/poles/estrie": "", "/accessibilite": ""} {
		if got, there := days["http://"+testHost+path]; !there || got != want {
			t.Errorf("%s changed on %q, want %q", path, got, want)
		}
	}
	x.withdraw(page)
	x.addresses.at = time.Time{} // older than any life
	days = listed(t, x.get("/sitemap.xml").body)
	for _, path := range []string{"/", "/signataires/ville-de-riviere-exemple", "/regions/monteregie"} {
		if got := days["http://"+testHost+path]; got != "2026-12-02" {
			t.Errorf("after the withdrawal, %s changed on %q", path, got)
		}
	}
}

// More addresses than a file may hold are split, and the index names the parts.
func TestManyAddressesAreSplit(t *testing.T) {
	var pages []publicPath
	for i := range 25 {
		pages = append(pages, publicPath{fmt.Sprintf("/signataires/o-%d", i), fmt.Sprintf("2026-11-%02d", 1+i%12)})
	}
	files, err := writeSitemaps("https://esja.example.org", pages, 10)
	if err != nil || len(files) != 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var index sitemapIndex
	if err := xml.Unmarshal(files[0], &index); err != nil || len(index.Files) != 3 || index.Files[2] != (sitemapEntry{"https://esja.example.org/sitemap-3.xml", "2026-11-12"}) {
		t.Errorf("%+v, %v", index, err)
	}
	total := 0
	for _, file := range files[1:] {
		total += len(listed(t, string(file)))
	}
	if total != 25 {
		t.Errorf("%d addresses of 25", total)
	}
	x := newSite(t)
	x.get("/sitemap-1.xml").must(t, 404) // one file holds all
	x.addresses.body, x.addresses.at = bytes.Join(files, fileEnd), time.Now()
	x.get("/sitemap-3.xml").must(t, 200).says(t, "o-24")
	for _, unknown := range []string{"0", "4", "01", "x", "-1", "99999999999999999999"} {
		x.get("/sitemap-"+unknown+".xml").must(t, 404)
	}
}

func TestRobotsKeepOutOfWhatIsPrivate(t *testing.T) {
	x := newSite(t)
	rules := x.get("/robots.txt").must(t, 200).body
	for _, r := range Routes() {
		private := r.Access != AccessPublic && r.Access != AccessRegister
		closed := false
		for line := range strings.Lines(rules) {
			path, ok := strings.CutPrefix(strings.TrimSpace(line), "Disallow: ")
			closed = closed || ok && strings.HasPrefix(r.Path, path)
		}
		if private && !closed || !private && closed && !strings.HasPrefix(r.Path, "/signature/") && r.Path != roomNextPath {
			t.Errorf("%s: closed to robots: %v", r.Path, closed)
		}
	}
}
