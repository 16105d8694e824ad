package templates

import (
	"encoding/json"
	"html/template"
	"strings"
	"testing"

	"jachete/workflow"
)

const linkedBase = "https://esja.example.org"

// linked writes linked data as a page does, and reads it as a program does.
func linked(t *testing.T, data LinkedData) (block string, read map[string]any) {
	t.Helper()
	var out strings.Builder
	set := template.Must(template.New("").ParseFS(pageFiles, "blocks_opendata.html"))
	if err := set.ExecuteTemplate(&out, "jsonld", &Frame{LinkedData: data}); err != nil {
		t.Fatal(err)
	}
	block = strings.TrimSpace(out.String())
	text, begun := strings.CutPrefix(block, `<script type="application/ld+json">`)
	text, ended := strings.CutSuffix(text, "</script>")
	if err := json.Unmarshal([]byte(text), &read); err != nil || !begun || !ended {
		t.Fatalf("%v: %s", err, block)
	}
	if read["@context"] != "https://schema.org" {
		t.Errorf("no context: %s", block)
	}
	return block, read
}

func TestPagesWithoutLinkedDataHaveNoBlock(t *testing.T) {
	var out strings.Builder
	set := template.Must(template.New("").ParseFS(pageFiles, "blocks_opendata.html"))
	if err := set.ExecuteTemplate(&out, "jsonld", &Frame{}); err != nil || strings.TrimSpace(out.String()) != "" {
		t.Errorf("%v %s", err, out.String())
	}
}

// No name leaves the block, or changes what it says.
func TestLinkedDataHoldsWhateverNames(t *testing.T) {
	for _, name := range []string{`</script><script>alert(1)</script>`, `<!--<script>`, `]]>`, "\u2028\u2029", `"},{"@type":"Person`, `\u003c/script>`, "{{.Lang}}", long} {
		c := workflow.Commitment{Slug: "a", Organisation: workflow.Snapshot{Name: name}, Status: workflow.CommitmentActive}
		block, read := linked(t, OrganisationData(linkedBase, workflow.French, []workflow.Commitment{c}))
		if strings.Count(block, "<") != 2 || strings.Count(block, ">") != 2 || strings.ContainsAny(block, "\u2028\u2029") {
			t.Errorf("%q leaves its block: %s", name, block)
		}
		if got := things(read)[0]["name"]; got != name {
			t.Errorf("%q became %q", name, got)
		}
		pole := samplePole
		pole.Name, pole.Contact.PostalAddress = name, name
		if block, read := linked(t, PoleData(linkedBase, workflow.French, pole, []string{name})); strings.Count(block, "<") != 2 || read["address"] != name {
			t.Errorf("%q as a pôle: %s", name, block)
		}
	}
}

func things(read map[string]any) (list []map[string]any) {
	for _, thing := range read["@graph"].([]any) {
		list = append(list, thing.(map[string]any))
	}
	return list
}

func TestSiteData(t *testing.T) {
	for _, lang := range []workflow.Language{workflow.French, workflow.English} {
		_, read := linked(t, SiteData(linkedBase, lang))
		site, set := things(read)[0], things(read)[1]
		search := site["potentialAction"].(map[string]any)
		if site["@type"] != "WebSite" || search["@type"] != "SearchAction" || search["target"].(map[string]any)["urlTemplate"] != linkedBase+"/signataires?q={words}" ||
			search["query-input"] != "required name=words" {
			t.Errorf("%v", site)
		}
		about := set["description"].(string)
		if set["@type"] != "Dataset" || set["license"] != workflow.DataLicenceURL || len(about) < 50 || len(set["distribution"].([]any)) != 4 {
			t.Errorf("%v", set)
		}
	}
	_, read := linked(t, RegisterData(linkedBase, workflow.French))
	if only := things(read); len(only) != 1 || only[0]["@type"] != "Dataset" {
		t.Errorf("%v", only)
	}
}

func TestOrganisationData(t *testing.T) {
	city := workflow.Snapshot{Name: "Ville de Rivière-Exemple", Kind: workflow.KindMunicipality, MunicipalityCode: "58227", MRCCode: "58", NEQ: "8811223344"}
	list := []workflow.Commitment{
		{ID: "1", Slug: "ville", Organisation: city, Version: "1.1", Mode: workflow.ModeElectronic, Number: "ESJ-2026-7KQ4-M2XD", Status: workflow.CommitmentLapsed, SignedOn: "2026-11-22",
			PublicName: "Camille Exemple", PublicFunction: "Mairesse", PublicQuote: "Oui."},
		{ID: "2", Slug: "ville", Organisation: city, Version: "1.0", Mode: workflow.ModePaper, Status: workflow.CommitmentActive, SignedOn: "2013-03"},
		{ID: "3", Slug: "ville", Organisation: city, Version: "1.0", Mode: workflow.ModePaper, Status: workflow.CommitmentActive, SignedOn: "before 2017-02"},
		{ID: "4", Slug: "ville", Organisation: city, Mode: workflow.ModePaper, Status: workflow.CommitmentWithdrawn, SignedOn: "2012"},
		{ID: "5", Slug: "ville", Organisation: city, Mode: workflow.ModePaper, Status: workflow.CommitmentSuperseded, SignedOn: "2011"},
	}
	block, read := linked(t, OrganisationData(linkedBase, workflow.French, list))
	found := things(read)
	if len(found) != 4 {
		t.Fatalf("a commitment that has ended is told as agreed, or one that holds is not: %v", found)
	}
	if o := found[0]; o["@type"] != "GovernmentOrganization" || len(o["identifier"].([]any)) != 2 {
		t.Errorf("%v", o)
	}
	dates := []any{"2026-11-22", "2013-03", nil}
	for i, act := range found[1:] {
		if act["@type"] != "AgreeAction" || act["endTime"] != dates[i] || act["agent"].(map[string]any)["@id"] != found[0]["@id"] {
			t.Errorf("%v", act)
		}
	}
	for _, personal := range []string{"Camille", "Mairesse", "Oui."} {
		if strings.Contains(block, personal) {
			t.Errorf("search engines keep %s", personal)
		}
	}
}

// The code of a place is that of its municipality, not of whoever has an office
// there.
func TestPlacesIdentifyOnlyThemselves(t *testing.T) {
	for kind, want := range map[workflow.OrganisationKind]int{workflow.KindMunicipality: 1, workflow.KindMRC: 1, workflow.KindCooperative: 0} {
		c := workflow.Commitment{Slug: "a", Organisation: workflow.Snapshot{Name: "A", Kind: kind, MunicipalityCode: "58227", MRCCode: "58"}}
		_, read := linked(t, OrganisationData(linkedBase, workflow.French, []workflow.Commitment{c}))
		if codes, _ := things(read)[0]["identifier"].([]any); len(codes) != want {
			t.Errorf("%s: %v", kind, codes)
		}
	}
}
