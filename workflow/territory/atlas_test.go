package territory

import "testing"

func load(t *testing.T) *Atlas {
	t.Helper()
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAtlasHoldsAllOfQuebec(t *testing.T) {
	a := load(t)
	if n := len(a.Regions()); n != 17 {
		t.Errorf("%d regions, want 17", n)
	}
	if n := len(a.MRCs()); n != 87 {
		t.Errorf("%d MRC, want 87", n)
	}
	if n := len(a.Municipalities(Set{})); n != 1127 {
		t.Errorf("%d municipalities, want 1,127", n)
	}
	hubs, err := Hubs()
	if err != nil || len(hubs) != 19 {
		t.Errorf("%d pôles (%v), want 19", len(hubs), err)
	}
	for _, h := range hubs {
		if err := a.Check(h.Territory); err != nil {
			t.Errorf("pôle %s: %v", h.Slug, err)
		}
	}
}

func TestLabelsTellEveryMunicipalityApart(t *testing.T) {
	a := load(t)
	seen := map[string]string{}
	for _, m := range a.Municipalities(Set{}) {
		if other := seen[a.Label(m)]; other != "" {
			t.Errorf("%s and %s are both %q", other, m.Code, a.Label(m))
		}
		seen[a.Label(m)] = m.Code
	}
	for code, want := range map[string]string{"58227": "Longueuil", "42060": "Valcourt (Le Val-Saint-François, canton)"} {
		if m, _ := a.Municipality(code); a.Label(m) != want {
			t.Errorf("label of %s is %q, want %q", code, a.Label(m), want)
		}
	}
}

func TestTerritoryOfAPole(t *testing.T) {
	a := load(t)
	set, err := ParseSet("municipality:58227 58033 mrc:480")
	if err != nil {
		t.Fatal(err)
	}
	if set.String() != "mrc:480 municipality:58227 58033" {
		t.Errorf("written back as %q", set)
	}
	cases := map[string]bool{"58227": true, "58033": true, "58012": false, "48028": true, "01023": false}
	for code, want := range cases {
		m, ok := a.Municipality(code)
		if !ok {
			t.Fatalf("no municipality %s", code)
		}
		if got := set.Covers(m.Place()); got != want {
			t.Errorf("%s covered: %v, want %v", code, got, want)
		}
	}
	if (Set{}).Covers(Place{}) {
		t.Error("nothing covers nowhere")
	}
	for _, bad := range []string{"58227", "county:1", "pays:qc"} {
		if _, err := ParseSet(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestResolveCompletesAndRefusesContradictions(t *testing.T) {
	a := load(t)
	p, err := a.Resolve(Place{MunicipalityCode: "42060"})
	if err != nil || p.RegionCode != "05" || p.MRCCode != "420" {
		t.Errorf("resolved to %+v, %v", p, err)
	}
	for _, bad := range []Place{{MunicipalityCode: "99999"}, {MRCCode: "999"}, {RegionCode: "99"},
		{MunicipalityCode: "42060", RegionCode: "16"}, {MRCCode: "480", RegionCode: "01"}} {
		if _, err := a.Resolve(bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}
