package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jachete/workflow"
)

var nextLink = regexp.MustCompile(`<http://` + regexp.QuoteMeta(testHost) + `([^>]*)>; rel="(\w+)"`)

// relations are the addresses of a Link header, without our host.
func relations(a answer) map[string]string {
	links := map[string]string{}
	for _, m := range nextLink.FindAllStringSubmatch(a.Header.Get("Link"), -1) {
		links[m[2]] = m[1]
	}
	return links
}

type dataPage struct {
	Total, Page, Pages int
	PerPage            int `json:"per_page"`
	Signatories        []signatory
}

func (x *site) dataPage(path string) (dataPage, answer) {
	x.t.Helper()
	a := x.get(path).must(x.t, 200)
	var p dataPage
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		x.t.Fatal(err)
	}
	return p, a
}

// Whoever follows the links reads each line once, under any filter.
func TestPagesOfTheDataHoldEachLineOnce(t *testing.T) {
	x := newSite(t)
	fill(x, 60)
	x.enters("Ville de Rivière-Exemple", func(c *workflow.Commitment) { c.Organisation.Kind = workflow.KindMunicipality })
	for start, want := range map[string]int{"/api/v1/signatories.json?per_page=7": 61, "/api/v1/signatories.json": 61, "/api/v1/signatories.json?per_page=500": 61,
		"/api/v1/signatories.json?type=other&per_page=60&q=organisation&tri=date": 60, "/api/v1/signatories.json?q=zzz": 0} {
		seen := map[string]bool{}
		pages, at := 0, start
		var last dataPage
		for at != "" {
			p, a := x.dataPage(at)
			last = p
			for _, s := range p.Signatories {
				if seen[s.ID] {
					t.Errorf("%s: %s comes twice", start, s.ID)
				}
				seen[s.ID] = true
			}
			links := relations(a)
			if pages++; pages == 1 && links["prev"] != "" || pages > 1 && links["prev"] == "" || links["first"] == "" || links["last"] == "" {
				t.Errorf("%s: %v", at, links)
			}
			if pages > 20 {
				t.Fatal("no end")
			}
			at = links["next"]
		}
		if len(seen) != want || last.Total != want || last.Page != max(last.Pages, 1) {
			t.Errorf("%s: %d lines on %d pages: %+v", start, len(seen), pages, last)
		}
	}
	p, a := x.dataPage("/api/v1/signatories.json?page=99&per_page=50")
	if links := relations(a); len(p.Signatories) != 0 || links["next"] != "" || !strings.Contains(links["prev"], "page=2") {
		t.Errorf("past the end: %+v %v", p, links)
	}
}

func TestStableIdentifiers(t *testing.T) {
	x := dataSite(t)
	p, _ := x.dataPage("/api/v1/signatories.json?q=riviere")
	s := p.Signatories[0]
	if s.ID != "ligne-ville-de-riviere-exemple" || s.MunicipalityCode != "58227" || s.MRCCode != "58" || s.NEQ != "8811223344" || s.SignedBefore != "2017-02" || s.SignedOn != "" {
		t.Errorf("%+v", s)
	}
	if csv := x.get("/api/v1/signatories.csv?q=riviere").body; !strings.Contains(csv, ",58227,") || !strings.HasSuffix(csv, ",ligne-ville-de-riviere-exemple,8811223344\r\n") {
		t.Error(csv)
	}
	if p, _ = x.dataPage("/api/v1/signatories.json?q=haut-essai"); strings.Contains(x.get("/api/v1/signatories.json?q=haut-essai").body, `"neq"`) || p.Signatories[0].AnnouncedOn != "2013-03" {
		t.Errorf("%+v", p)
	}
}

// No coordinates are ours to give away, and none are invented.
func TestGeoJSON(t *testing.T) {
	x := dataSite(t)
	a := x.get("/api/v1/signatories.geojson").must(t, 200)
	var got struct {
		Type, Licence string
		Total         int
		Features      []map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Type != "FeatureCollection" || got.Licence != "CC BY 4.0" || got.Total != 5 || len(got.Features) != 5 || a.Header.Get("Content-Type") != "application/geo+json" {
		t.Errorf("%+v", got)
	}
	for _, f := range got.Features {
		if string(f["type"]) != `"Feature"` || string(f["geometry"]) != "null" || len(f["id"]) < 3 || !strings.Contains(string(f["properties"]), `"region_code"`) {
			t.Errorf("%s", f)
		}
	}
	if strings.Contains(a.body, "coordinates") {
		t.Error("a place on a map")
	}
	if one := x.get("/api/v1/signatories.geojson?type=municipality").body; !strings.Contains(one, `"total":1`) || !strings.Contains(one, "58227") {
		t.Error(one)
	}
}

// Everything personal there is: what nobody chose to publish is in no answer;
// what somebody did is where they can take it back, and nowhere else.
func TestOpenDataHoldsNothingPersonal(t *testing.T) {
	x := dataSite(t)
	published := []string{"Camille Exemple", "direction générale", "Dominique Modèle", "Greffe", "Acheter ici"} // by cooperative-affichee
	mayHold := []string{"/api/v1/signatories.json", "/api/v1/signatories.geojson", "/api/v1/signatories.csv", "/api/v1/signatories/cooperative-affichee"}
	paths := append(dataRoutes(), "/api/v1/signatories/cooperative-gabarit", "/donnees", "/donnees?lang=en")
	for _, path := range paths {
		body := x.get(path).must(t, 200).body
		for _, never := range []string{"@example.org", "0.0.0.0", "User-Agent", "invitation", "signature_id", "mailbox"} {
			if strings.Contains(body, never) {
				t.Errorf("%s says %s", path, never)
			}
		}
		for _, name := range published {
			if strings.Contains(body, name) && !slices.Contains(mayHold, path) {
				t.Errorf("%s says %s, which could not be taken back", path, name)
			}
		}
	}
	if all := x.get("/api/v1/signatories.json").body; strings.Count(all, "Camille Exemple") != 1 || !strings.Contains(all, "Dominique Modèle") {
		t.Errorf("the one who chose it is named, and nobody else: %s", all)
	}
	// Who takes it back is gone from all of it at the next document.
	list, err := x.service.OrganisationCommitments(t.Context(), "cooperative-affichee")
	must(t, err)
	c := list[0]
	c.PublicName, c.PublicFunction, c.PublicSecond, c.PublicQuote, c.PublicLogo = "", "", workflow.Signatory{}, "", ""
	must(t, x.service.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.SetPublication(t.Context(), c) }))
	x.clock.Move(documentRest)
	for _, path := range paths {
		body := x.get(path).body
		for _, name := range published {
			if strings.Contains(body, name) {
				t.Errorf("%s still says %s", path, name)
			}
		}
	}
}

// What travels to other sites sets nothing there.
func TestOpenDataSetsNoCookie(t *testing.T) {
	x := dataSite(t)
	for _, path := range append(dataRoutes(), "/api/v1/nothing") {
		for _, q := range []string{"", "?lang=en"} {
			if got := x.with(http.MethodGet, path+q, "Accept-Language", "en").Header.Get("Set-Cookie"); got != "" {
				t.Errorf("%s sets %s", path+q, got)
			}
		}
	}
}
