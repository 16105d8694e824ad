package web

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
)

func (x *site) feedAt(path string) (f atomFeed) {
	x.t.Helper()
	a := x.get(path).must(x.t, 200)
	if a.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		x.t.Error(a.Header)
	}
	if err := xml.Unmarshal([]byte(a.body), &f); err != nil {
		x.t.Fatalf("%v\n%s", err, a.body)
	}
	return f
}

func (f atomFeed) titles() (list []string) {
	for _, e := range f.Entries {
		list = append(list, e.Title)
	}
	return list
}

var urnUUID = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestFeed(t *testing.T) {
	x := newSite(t)
	x.enters("Ville <b> & Cie", func(c *workflow.Commitment) { c.Organisation.RegionCode, c.Organisation.RegionName = "05", "Estrie" })
	x.clock.Move(time.Hour)
	x.enters("Coopérative Gabarit", func(c *workflow.Commitment) { c.PoleSlug = "estrie" })
	f := x.feedAt("/flux.atom")
	if got := strings.Join(f.titles(), "|"); got != "Coopérative Gabarit|Ville <b> & Cie" {
		t.Errorf("latest first: %s", got)
	}
	if f.ID != "http://"+testHost+"/flux.atom" || f.Links[0].Rel != "self" || f.Links[0].Href != f.ID || f.Author == "" {
		t.Errorf("%+v", f)
	}
	for _, e := range f.Entries {
		if !urnUUID.MatchString(e.ID) || e.Link.Href == "" || e.Summary == "" {
			t.Errorf("%+v", e)
		}
	}
	if newest := f.Entries[0]; newest.Updated != x.clock.Now().UTC().Format(time.RFC3339) || f.Updated != newest.Updated || newest.Published != newest.Updated {
		t.Errorf("%s %+v", f.Updated, newest)
	}
	for query, want := range map[string]string{"?region=estrie": "Ville <b> & Cie", "?pole=estrie": "Coopérative Gabarit", "?pole=nobodys": ""} {
		narrowed := x.feedAt("/flux.atom" + query)
		if got := strings.Join(narrowed.titles(), "|"); got != want {
			t.Errorf("%s: %s", query, got)
		}
		if narrowed.Links[0].Href != "http://"+testHost+"/flux.atom"+query {
			t.Errorf("%s: self is %s", query, narrowed.Links[0].Href)
		}
		for _, e := range narrowed.Entries {
			if e.ID != f.Entries[0].ID && e.ID != f.Entries[1].ID {
				t.Errorf("%s has another id here", e.Title)
			}
		}
	}
}

// What changes later is told as changed then, under the id it had.
func TestFeedTellsWhatChanged(t *testing.T) {
	x := newSite(t)
	x.enters("Coopérative Gabarit")
	before := x.feedAt("/flux.atom").Entries[0]
	x.clock.Move(72 * time.Hour)
	must(t, x.service.Store.Update(t.Context(), func(tx workflow.Tx) error {
		return tx.EndCommitment(t.Context(), "ligne-cooperative-gabarit", workflow.CommitmentWithdrawn, "2026-11-25")
	}))
	after := x.feedAt("/flux.atom").Entries[0]
	if after.ID != before.ID || after.Published != before.Published || after.Updated != "2026-11-25T05:00:00Z" || !strings.Contains(after.Summary, "Retiré le 25") {
		t.Errorf("%+v", after)
	}
}

func TestFeedIsShort(t *testing.T) {
	x := newSite(t)
	if f := x.feedAt("/flux.atom"); len(f.Entries) != 0 || f.Updated <= "2000" {
		t.Errorf("empty: %+v", f)
	}
	fill(x, maxEntries+5)
	if n := len(x.feedAt("/flux.atom").Entries); n != maxEntries {
		t.Errorf("%d entries", n)
	}
}
