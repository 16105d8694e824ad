package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"jachete/workflow"
	"jachete/workflow/territory"
)

// described is the document, held to OpenAPI 3.1 by another program.
func described(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// patternOf writes the path of a route as OpenAPI does.
func patternOf(path string) string {
	return strings.NewReplacer(":slug", "{slug}", ":day", "{day}").Replace(path)
}

func TestDescriptionIsOpenAPI(t *testing.T) {
	if doc := described(t); doc.OpenAPI != "3.1.0" || doc.Info.License.URL != sourceOfData.LicenceURL {
		t.Errorf("%s %+v", doc.OpenAPI, doc.Info.License)
	}
	for name, spoil := range map[string][2]string{"a schema that is not there": {"#/components/schemas/Page", "#/components/schemas/Pages"},
		"a place that is none": {`"in": "query"`, `"in": "body"`}, "no description": {`"description": "Le flux."`, `"x": "Le flux."`}} {
		wrong := strings.Replace(string(description), spoil[0], spoil[1], 1)
		doc, err := openapi3.NewLoader().LoadFromData([]byte(wrong))
		if err == nil {
			err = doc.Validate(t.Context())
		}
		if err == nil || wrong == string(description) {
			t.Errorf("%s passes", name)
		}
	}
}

func TestDescriptionHasEveryRoute(t *testing.T) {
	var have, want []string
	for path := range described(t).Paths.Map() {
		have = append(have, path)
	}
	for _, r := range Routes() {
		if openData(r.Path) {
			want = append(want, patternOf(r.Path))
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("described %v\nrouted    %v", have, want)
	}
}

// Every filter of the register is described, and what is described is one.
func TestDescriptionHasEveryFilter(t *testing.T) {
	x := newSite(t)
	for path, item := range described(t).Paths.Map() {
		for _, p := range item.Get.Parameters {
			if p.Value.In != "query" || p.Value.Name == "lang" {
				continue
			}
			if a := x.get(strings.NewReplacer("{slug}", "x", "{day}", "2026-11-22").Replace(path) + "?" + p.Value.Name + "=%00%00"); a.StatusCode != 422 && p.Value.Name != "q" {
				t.Errorf("%s: %s is not read (%d)", path, p.Value.Name, a.StatusCode)
			}
		}
	}
	full := registerQuery{regionSlug: "estrie"}
	full.Query, full.MRC, full.Pole, full.Kind, full.Year, full.Mode, full.Status, full.Order = "a", "43", "estrie", "mrc", 2026, "paper", "active", "date"
	for name := range full.values() {
		if described(t).Paths.Value("/api/v1/signatories.csv").Get.Parameters.GetByInAndName("query", name) == nil {
			t.Errorf("the filter %s is not described", name)
		}
	}
}

// wantDescribed holds an answer to what the document says of it.
func wantDescribed(t *testing.T, op *openapi3.Operation, what string, a answer) {
	t.Helper()
	said := op.Responses.Value(strconv.Itoa(a.StatusCode))
	if said == nil {
		t.Errorf("%s: %d is not described", what, a.StatusCode)
		return
	}
	for name, h := range said.Value.Headers {
		if h.Value.Required && a.Header.Get(name) == "" {
			t.Errorf("%s: no header %s", what, name)
		}
	}
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	media := said.Value.Content[kind]
	if media == nil {
		t.Errorf("%s: %d as %q is not described", what, a.StatusCode, kind)
		return
	}
	var value any = a.body
	if strings.Contains(kind, "json") {
		if err := json.Unmarshal([]byte(a.body), &value); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	if err := media.Schema.Value.VisitJSON(value, openapi3.EnableJSONSchema2020(), openapi3.MultiErrors()); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func TestAnswersAreAsDescribed(t *testing.T) {
	x := dataSite(t)
	for _, f := range []workflow.SupplierForm{
		{Name: "Traiteur l’Œuvre-Exemple", Place: territory.Place{MunicipalityCode: "45072"}, Site: "www.traiteur.example.org", Categories: []string{"alimentation", "culture"}, Description: "Des repas d’ici."},
		{Name: "Écoconseil", Place: territory.Place{RegionCode: "05"}, Categories: []string{"conseil"}, Description: "Des conseils."},
	} {
		_, err := x.service.AddSupplier(t.Context(), workflow.Operator(), "estrie", f)
		must(t, err)
	}
	doc := described(t)
	queries := []string{"", "?q=gabarit", "?q=zzz", "?region=estrie", "?region=05&type=cooperative", "?type=municipality", "?mode=paper", "?etat=withdrawn",
		"?etat=active&annee=2026", "?tri=date", "?pole=longueuil", "?page=2&per_page=2", "?page=99", "?page=0", "?annee=1"}
	asked := 0
	for _, r := range Routes() {
		if !openData(r.Path) {
			continue
		}
		op := doc.Paths.Value(patternOf(r.Path)).Get
		for _, slug := range []string{"cooperative-affichee", "mrc-du-haut-essai", "ville-de-riviere-exemple", "nobody"} {
			for _, day := range []string{"2026-11-22", "2026-11-21"} {
				for _, query := range queries {
					path := strings.NewReplacer(":slug", slug, ":day", day).Replace(r.Path) + query
					wantDescribed(t, op, path, x.get(path))
					asked++
				}
				if !strings.Contains(r.Path, ":day") {
					break
				}
			}
			if !strings.Contains(r.Path, ":slug") {
				break
			}
		}
	}
	if asked < 200 {
		t.Errorf("only %d answers", asked)
	}
}

// A field that nobody described does not pass.
func TestDescriptionIsStrict(t *testing.T) {
	doc := described(t)
	for name, schema := range doc.Components.Schemas {
		v := schema.Value
		if v.Type.Is("object") && v.AdditionalProperties.Has == nil {
			t.Errorf("%s takes any field", name)
		}
	}
	page := doc.Components.Schemas["Person"].Value
	if err := page.VisitJSON(map[string]any{"name": "a", "function": "b", "email": "c@example.org"}, openapi3.EnableJSONSchema2020()); err == nil {
		t.Error("an address passes")
	}
}

// What no JSON schema says: the columns, and the shape of the feed.
func TestDescribedTexts(t *testing.T) {
	x := dataSite(t)
	doc := described(t)
	file := x.get("/api/v1/signatories.csv?etat=active").must(t, 200)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 5 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for path, header := range map[string][]string{"/api/v1/signatories.csv": lines[0], suppliersCSV: supplierHeader} {
		if said := doc.Paths.Value(path).Get.Description; !strings.Contains(said, strings.Join(header, ", ")+".") {
			t.Errorf("the columns %v are not those described: %s", header, said)
		}
	}
	var feed atomFeed
	if err := xml.Unmarshal([]byte(x.get("/flux.atom").body), &feed); err != nil {
		t.Error(err)
	}
	if _, err := url.Parse(feed.ID); err != nil || feed.ID == "" {
		t.Errorf("%q", feed.ID)
	}
}
