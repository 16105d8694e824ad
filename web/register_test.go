package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// signs makes an organisation of the register, and gives its number.
func (x *site) signs(name, region string, pairs ...string) string {
	x.t.Helper()
	_, link := x.invite(func(r *workflow.InviteRequest) {
		r.Organisation, r.Kind, r.Place = name, workflow.KindCooperative, territory.Place{RegionCode: region}
		r.Contact.Email = fmt.Sprintf("c%x@example.org", name)
	})
	b := x.browser()
	b.ready(link)
	b.post("/signature/organisation", "organisation", name, "name", "Camille Exemple", "function", "direction générale").leadsTo(x.t, "/signature/signer")
	b.post("/signature/signer", append([]string{"review", b.review(), "typed", "Camille Exemple", "consent", "1"}, pairs...)...).leadsTo(x.t, "/signature/merci")
	x.clock.Move(time.Minute)
	return numberIn(x.t, b.open("/signature/merci").body)
}

func TestRegisterAndItsFilters(t *testing.T) {
	x := newSite(t)
	x.get("/signataires").must(t, 200).says(t, "Personne n’a encore signé")
	x.signs("Coopérative Gabarit", "16")
	x.signs("L’Atelier d’Été", "05")
	for query, want := range map[string][]string{
		"":                              {"Coopérative Gabarit", "L’Atelier d’Été"},
		"?q=gabarit":                    {"Coopérative Gabarit"},
		"?q=l%27atelier+ete":            {"L’Atelier d’Été"},
		"?region=estrie":                {"L’Atelier d’Été"},
		"?region=16":                    {"Coopérative Gabarit"},
		"?type=cooperative&annee=2026":  {"Coopérative Gabarit", "L’Atelier d’Été"},
		"?mode=electronic&etat=active":  {"Coopérative Gabarit", "L’Atelier d’Été"},
		"?mode=paper":                   nil,
		"?etat=withdrawn":               nil,
		"?type=mrc":                     nil,
		"?annee=2019":                   nil,
		"?pole=longueuil&region=estrie": {"L’Atelier d’Été"},
		"?q=%25":                        nil,                                        // no wildcard
		"?page=99":                      {"Coopérative Gabarit", "L’Atelier d’Été"}, // an old address, of a longer list
		"?q=zzz":                        nil,
	} {
		a := x.get("/signataires"+query).must(t, 200)
		page := visible(a.body)
		for _, name := range []string{"Coopérative Gabarit", "L’Atelier d’Été"} {
			if strings.Contains(page, name) != slices.Contains(want, name) {
				t.Errorf("%s: %s", query, page)
			}
		}
		if len(want) == 0 && !strings.Contains(page, "Aucun résultat") {
			t.Errorf("%s: no help", query)
		}
		if chips := strings.Count(a.body, `<li><a href="/signataires`); chips != strings.Count(strings.Replace(query, "page=", "", 1), "=") {
			t.Errorf("%s: %d chips", query, chips)
		}
	}
	for _, query := range []string{"?page=0", "?page=-1", "?page=1e309", "?page=NaN", "?page=９", "?annee=0x10", "?annee=+2026", "?region=atlantide", "?type=ville",
		"?mrc=999", "?mode=fax", "?etat=superseded", "?tri=taille", "?pole=%27", "?q=a&q=b", "?q=%ff", "?q=" + strings.Repeat("a", 201)} {
		if a := x.get("/signataires" + query); a.StatusCode != 422 && a.StatusCode != 400 {
			t.Errorf("%s: %d", query, a.StatusCode)
		}
	}
	x.get("/signataires?page=9999").must(t, 200)
	x.get("/regions/estrie").must(t, 200).says(t, "L’Atelier d’Été")
	x.get("/regions/atlantide").must(t, 404)
	x.get("/poles/longueuil").must(t, 200).says(t, "Coopérative Gabarit")
	x.get("/poles/atlantide").must(t, 404)
	x.get("/").must(t, 200).says(t, "2 organisations signataires", "2 des 17 régions", "0 des 1\u00a0127 municipalités")
}

func TestPagesOfTheRegister(t *testing.T) {
	q := registerQuery{page: 2}
	q.Query, q.regionSlug = "a b", "estrie"
	for got, want := range map[string]string{q.at(1): "/signataires?q=a+b&region=estrie", q.at(3): "/signataires?page=3&q=a+b&region=estrie",
		q.without("q"): "/signataires?region=estrie", q.without("q", "region"): "/signataires"} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if pagesOf(0) != 0 || pagesOf(1) != 1 || pagesOf(workflow.PageSize) != 1 || pagesOf(workflow.PageSize+1) != 2 {
		t.Error("pages")
	}
}

// Nobody is named who did not choose it, and nothing else personal ever is.
func TestOnlyWhoChoseItIsNamed(t *testing.T) {
	x := newSite(t)
	silent := x.signs("Coopérative Gabarit", "16")
	named := x.signs("Coopérative Affichée", "16", "publish", "1")
	pages := func(slug, number string) string {
		var all strings.Builder
		for _, path := range []string{"/", "/signataires", "/signataires/" + slug, "/v/" + number, "/api/v1/signatories/" + slug,
			"/api/v1/signatories.json?q=" + strings.TrimPrefix(slug, "cooperative-"), "/api/v1/signatories.csv?q=" + strings.TrimPrefix(slug, "cooperative-")} {
			all.WriteString(x.get(path).must(t, 200).body)
		}
		return all.String()
	}
	if all := pages("cooperative-gabarit", silent); strings.Contains(all, "Camille") || strings.Contains(all, "direction générale") {
		t.Error("somebody is named who did not choose it")
	}
	all := pages("cooperative-affichee", named)
	if n := strings.Count(all, "Camille Exemple"); n != 7 {
		t.Errorf("named %d times, want on the organisation's page, the number's page (in facts and both texts) and in the data", n)
	}
	if strings.Contains(all, "@example.org") || strings.Contains(all, "0.0.0.0") {
		t.Error("an address is public")
	}
}

func TestNumbers(t *testing.T) {
	x := newSite(t)
	number := x.signs("Coopérative Gabarit", "16")
	a := x.get("/v/"+number).must(t, 200)
	a.says(t, "authentique et l’engagement est en vigueur", "Coopérative Gabarit", "22\u00a0novembre\u00a02026", "PAdES B-B", "Actif")
	certificate, err := x.service.CertificateByNumber(t.Context(), workflow.Operator(), number)
	must(t, err)
	if !strings.Contains(a.body, certificate.SHA256) {
		t.Error("the fingerprint is not shown")
	}
	x.get("/v/"+strings.ToLower(number)).must(t, 200)
	wrong := []byte(number)
	wrong[len(wrong)-1] = map[bool]byte{true: '1', false: '0'}[wrong[len(wrong)-1] == '0']
	for _, bad := range []string{string(wrong), "ESJ-2026-0000-0000", "x", "%00", "%27%20OR%201", strings.Repeat("1", 5000)} {
		x.get("/v/"+bad).must(t, 404).says(t, "Aucune attestation n’a été émise avec ce numéro")
	}
	x.clock.Move(time.Minute)
	for range 60 {
		x.get("/v/"+number).must(t, 200)
	}
	x.get("/v/"+number).must(t, http.StatusTooManyRequests)
}

func TestOpenData(t *testing.T) {
	x := newSite(t)
	x.signs("Coopérative Gabarit", "16", "publish", "1")
	a := x.get("/api/v1/signatories.json").must(t, 200)
	var data struct {
		Licence     string
		Attribution string
		Total, Page int
		Signatories []signatory
	}
	if err := json.Unmarshal([]byte(a.body), &data); err != nil {
		t.Fatal(err)
	}
	if data.Licence != "CC BY 4.0" || data.Total != 1 || data.Page != 1 || data.Attribution != territory.Attribution {
		t.Errorf("%+v", data)
	}
	line := data.Signatories[0]
	if line.Name != "Coopérative Gabarit" || line.SignedOn != "2026-11-22" || line.Region != "Montérégie" || line.Mode != "electronic" ||
		line.Status != "active" || line.URL != "http://"+testHost+"/signataires/cooperative-gabarit" || line.Signatory.Name != "Camille Exemple" {
		t.Errorf("%+v", line)
	}
	if a.Header.Get("Access-Control-Allow-Origin") != "*" || a.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("%v", a.Header)
	}
	r := request(http.MethodGet, "/api/v1/signatories.json", "")
	r.Header.Set("If-None-Match", `"x", W/`+a.Header.Get("ETag"))
	if again := x.ask(r); again.StatusCode != http.StatusNotModified || again.body != "" {
		t.Errorf("%d %q", again.StatusCode, again.body)
	}
	x.get("/api/v1/signatories.json?page=0").must(t, 422)
	x.get("/api/v1/signatories/nobody").must(t, 404)
	if stats := x.get("/api/v1/stats.json").must(t, 200); !strings.Contains(stats.body, `"total":1`) || !strings.Contains(stats.body, `"by_kind":{"cooperative":1}`) {
		t.Error(stats.body)
	}
	file := x.get("/api/v1/signatories.csv").must(t, 200)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 2 || !slices.Equal(lines[0], csvHeader) || lines[1][1] != "Coopérative Gabarit" || !strings.HasPrefix(file.body, "\ufeff") {
		t.Errorf("%v %v", lines, err)
	}
}

func TestSpreadsheetsComputeNothing(t *testing.T) {
	x := newSite(t)
	x.signs("=HYPERLINK(A1)", "16")
	if body := x.get("/api/v1/signatories.csv").body; !strings.Contains(body, ",'=HYPERLINK(A1),") {
		t.Error(body)
	}
}

func TestOtherPublicPages(t *testing.T) {
	x := newSite(t)
	x.get("/journal").must(t, 200).says(t, "Aucun point de contrôle")
	x.signs("Coopérative Gabarit", "16")
	must(t, x.service.Tick(t.Context()))
	x.get("/journal").must(t, 200).says(t, "Dernier point de contrôle", "jachete/journal", "inscriptions")
	d, err := x.service.Declaration(t.Context(), "")
	must(t, err)
	x.get("/declaration").must(t, 200).says(t, d.SHA256FR, "Portée.", "Version 1.0")
	x.get("/declaration/1.0").must(t, 200)
	x.get("/declaration/9.9").must(t, 404)
	x.get("/declaration/..").must(t, 404)
	x.get("/confidentialite").must(t, 200).says(t, "Vos droits")
	x.get("/accessibilite").must(t, 200).says(t, "WCAG 2.2")
	x.get("/robots.txt").must(t, 200).says(t, "Disallow: /i/", "Sitemap: http://"+testHost+"/sitemap.xml")
	if a := x.get("/sitemap.xml").must(t, 200); !strings.Contains(a.body, "<loc>http://"+testHost+"/signataires/cooperative-gabarit</loc>") || strings.Contains(a.body, "/equipe") {
		t.Error(a.body)
	}
	x.get("/demo/courriel").must(t, 404) // no mailbox here
}
