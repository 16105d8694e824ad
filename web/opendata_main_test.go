package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jachete/workflow"
)

// enters adds a line of the register, signed on paper unless change says
// otherwise, and gives its slug.
func (x *site) enters(name string, change ...func(*workflow.Commitment)) string {
	x.t.Helper()
	slug := strings.ReplaceAll(workflow.Fold(name), " ", "-")
	c := workflow.Commitment{ID: "ligne-" + slug, Slug: slug, OrganisationID: "org-" + slug, PoleSlug: "longueuil",
		Organisation:  workflow.Snapshot{Name: name, Kind: workflow.KindOther, RegionCode: "16", RegionName: "Montérégie"},
		DeclarationID: workflow.DeclarationID, Version: "1.0", Mode: workflow.ModePaper, Status: workflow.CommitmentActive, SignedOn: "2019-11-15", PublishedAt: x.clock.Now()}
	for _, f := range change {
		f(&c)
	}
	must(x.t, x.service.Store.Update(x.t.Context(), func(tx workflow.Tx) error {
		o := workflow.Organisation{ID: c.OrganisationID, Slug: slug, Name: name, Kind: c.Organisation.Kind, RegionCode: c.Organisation.RegionCode}
		if err := tx.AddOrganisation(x.t.Context(), o); err != nil {
			return err
		}
		return tx.AddCommitment(x.t.Context(), c)
	}))
	return slug
}

// dataSite is a site whose register has a line of every sort, and a snapshot.
func dataSite(t *testing.T) *site {
	x := newSite(t)
	x.signs("Coopérative Gabarit", "05")
	x.signs("Coopérative Affichée", "16", "publish", "1")
	x.showsAll("cooperative-affichee")
	x.enters("Ville de Rivière-Exemple", func(c *workflow.Commitment) {
		c.Organisation.Kind, c.Organisation.MunicipalityCode, c.Organisation.NEQ = workflow.KindMunicipality, "58227", "8811223344"
		c.Organisation.MRCCode, c.Organisation.MRCName, c.SignedOn, c.ResolutionNumber = "58", "Longueuil", "before 2017-02", "2016-118"
	})
	x.enters("MRC du Haut-Essai", func(c *workflow.Commitment) {
		c.Organisation.Kind, c.SignedOn, c.Announced = workflow.KindMRC, "", "2013-03"
	})
	x.enters("Société du Prototype", func(c *workflow.Commitment) {
		c.Status, c.StatusOn, c.Countersigned = workflow.CommitmentWithdrawn, "2026-11-22", true
	})
	must(t, x.service.Tick(t.Context()))
	return x
}

// showsAll publishes everything that may be published with a commitment.
func (x *site) showsAll(slug string) {
	x.t.Helper()
	list, err := x.service.OrganisationCommitments(x.t.Context(), slug)
	must(x.t, err)
	c := list[0]
	c.PublicSecond = workflow.Signatory{Name: "Dominique Modèle", Function: "Greffe"}
	c.PublicQuote, c.PublicLogo = "Acheter ici, c’est bâtir.", workflow.TextSHA256("logo")
	must(x.t, x.service.Store.Update(x.t.Context(), func(tx workflow.Tx) error { return tx.SetPublication(x.t.Context(), c) }))
}

// dataRoutes are the addresses of open data that there are, with values for what
// their patterns leave open.
func dataRoutes() (addresses []string) {
	for _, r := range Routes() {
		if openData(r.Path) && r.Method == get {
			addresses = append(addresses, strings.NewReplacer(":slug", "cooperative-affichee", ":day", "2026-11-22").Replace(r.Path))
		}
	}
	return addresses
}

// with asks with headers, given as pairs.
func (x *site) with(method, path string, headers ...string) answer {
	x.t.Helper()
	r := request(method, path, "")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return x.ask(r)
}

// wantShared: pages of any site may read the answer.
func wantShared(t *testing.T, what string, a answer) {
	t.Helper()
	for name, want := range map[string]string{"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Set-Cookie": ""} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s (%d): %s is %q", what, a.StatusCode, name, got)
		}
	}
}

func fill(x *site, n int) {
	for i := range n {
		x.enters(fmt.Sprintf("Organisation %03d", i))
	}
}

// A page of another site reads everything: the answer, its 304, its errors, and
// what its browser asks before it sends a tag.
func TestOpenDataIsForEverySite(t *testing.T) {
	x := dataSite(t)
	routes := dataRoutes()
	if len(routes) < 11 {
		t.Fatalf("only %d routes", len(routes))
	}
	for _, path := range routes {
		a := x.get(path).must(t, 200)
		wantShared(t, path, a)
		if link := a.Header.Get("Link"); !strings.Contains(link, `<https://creativecommons.org/licenses/by/4.0/deed.fr>; rel="license"`) {
			t.Errorf("%s: no licence in %q", path, link)
		}
		tag := a.Header.Get("ETag")
		for _, seen := range []string{tag, "*", `"x", W/` + strings.TrimPrefix(tag, "W/")} {
			again := x.with(http.MethodGet, path, "If-None-Match", seen).must(t, http.StatusNotModified)
			wantShared(t, path+" unchanged", again)
			if again.body != "" || again.Header.Get("ETag") != tag || tag == "" {
				t.Errorf("%s: %q %q", path, again.body, again.Header.Get("ETag"))
			}
		}
		x.with(http.MethodGet, path, "If-None-Match", `"x"`).must(t, 200)
		if head := x.with(http.MethodHead, path).must(t, 200); head.body != "" || head.Header.Get("ETag") != tag {
			t.Errorf("HEAD %s: %q %v", path, head.body, head.Header)
		}
		p := x.with(http.MethodOptions, path, "Origin", "https://carte.example.org", "Access-Control-Request-Method", "GET",
			"Access-Control-Request-Headers", "if-none-match").must(t, http.StatusNoContent)
		wantShared(t, "preflight of "+path, p)
		if !strings.Contains(p.Header.Get("Access-Control-Allow-Methods"), "GET") || !strings.Contains(p.Header.Get("Access-Control-Allow-Headers"), "If-None-Match") {
			t.Errorf("preflight of %s: %v", path, p.Header)
		}
		wantProblem(t, x.with(http.MethodPost, path), http.StatusMethodNotAllowed)
	}
	// Nothing of this for pages with people in them.
	for _, path := range []string{"/signataires", "/equipe/connexion", "/donnees", "/signature"} {
		if a := x.with(http.MethodGet, path, "Origin", "https://carte.example.org"); a.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s is shared", path)
		}
		if a := x.with(http.MethodOptions, path); a.StatusCode < 400 {
			t.Errorf("OPTIONS %s: %d", path, a.StatusCode)
		}
	}
}

// Where a time is told, it is true, and spares the answer to who knows it.
func TestOpenDataWithATime(t *testing.T) {
	x := dataSite(t)
	for _, path := range []string{"/flux.atom", "/api/v1/snapshots/2026-11-22.json", "/api/v1/snapshots/2026-11-22.json.p7s"} {
		told := x.get(path).must(t, 200).Header.Get("Last-Modified")
		at, err := http.ParseTime(told)
		if err != nil || at.After(x.clock.Now()) || at.Before(startTime) {
			t.Fatalf("%s: %q %v", path, told, err)
		}
		wantShared(t, path, x.with(http.MethodGet, path, "If-Modified-Since", told).must(t, http.StatusNotModified))
		x.with(http.MethodGet, path, "If-Modified-Since", startTime.AddDate(0, 0, -1).Format(http.TimeFormat)).must(t, 200)
		x.with(http.MethodGet, path, "If-Modified-Since", told, "If-None-Match", `"x"`).must(t, 200) // the tag counts
	}
	if told := x.get("/api/v1/signatories.csv").Header.Get("Last-Modified"); told != "" {
		t.Errorf("nobody knows when the list changed, and it says %s", told)
	}
}
