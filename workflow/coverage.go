package workflow

import (
	"bytes"
	"cmp"
	"slices"

	"jachete/workflow/territory"
)

// Handful is up to how many municipalities of a territory are shown each, when
// they lie in no MRC.
const Handful = 30

// Coverage tells how much of a territory has signed.
type Coverage struct {
	Tally
	Cities        bool // every municipality is a city
	Agglomeration bool // they lie in one census division and in no MRC
	Regions       []RegionCoverage
}

// Tally counts municipalities.
type Tally struct{ Signed, Invited, Total int }

func (t *Tally) add(o Tally) {
	t.Signed, t.Invited, t.Total = t.Signed+o.Signed, t.Invited+o.Invited, t.Total+o.Total
}

// RegionCoverage is what lies in one administrative region.
type RegionCoverage struct {
	Tally
	Name  string
	Parts []PartCoverage // by name
}

// PartCoverage is an MRC, or what lies in none: a municipality, or all those of
// a census division.
type PartCoverage struct {
	Tally
	Name         string
	Slug         string // of its page; an MRC's only
	Municipality bool   // the part is this one municipality
}

// Cover counts the municipalities of a territory. Those that signed or were
// invited are given by code; what lies elsewhere does not count.
func Cover(atlas *territory.Atlas, within territory.Set, signed, invited []string) Coverage {
	var c Coverage
	if within.IsZero() {
		return c
	}
	all := atlas.Municipalities(within)
	hasSigned, wasInvited := codeSet(signed), codeSet(invited)
	c.Cities, c.Agglomeration = len(all) > 0, len(all) > 1
	parts := map[partKey]*PartCoverage{}
	for _, m := range all {
		c.Cities = c.Cities && m.Designation == "V"
		c.Agglomeration = c.Agglomeration && m.MRCCode == "" && m.Division == all[0].Division && !slices.Contains(northern, m.Designation)
		key, part := partOf(atlas, m, len(all) <= Handful)
		if parts[key] == nil {
			parts[key] = &part
		}
		parts[key].add(Tally{Signed: one(hasSigned[m.Code]), Invited: one(wasInvited[m.Code]), Total: 1})
	}
	c.gather(atlas, parts)
	return c
}

// northern are designations that occur only where there is neither MRC nor
// agglomeration.
var northern = []string{"VN", "VC", "VK", "GR"}

// partKey tells parts apart; one of its last three is said.
type partKey struct{ region, mrc, division, municipality string }

func partOf(atlas *territory.Atlas, m territory.Municipality, each bool) (partKey, PartCoverage) {
	if mrc, ok := atlas.MRC(m.MRCCode); ok {
		return partKey{region: m.RegionCode, mrc: m.MRCCode}, PartCoverage{Name: mrc.Name, Slug: mrc.Slug}
	}
	if each {
		return partKey{region: m.RegionCode, municipality: m.Code}, PartCoverage{Name: atlas.Label(m), Municipality: true}
	}
	return partKey{region: m.RegionCode, division: m.Division}, PartCoverage{Name: m.Division}
}

// gather puts the parts under their regions, in the order of codes and names.
func (c *Coverage) gather(atlas *territory.Atlas, parts map[partKey]*PartCoverage) {
	byRegion := map[string]*RegionCoverage{}
	for key, part := range parts {
		if byRegion[key.region] == nil {
			region, _ := atlas.Region(key.region)
			byRegion[key.region] = &RegionCoverage{Name: region.Name}
		}
		part.Municipality = part.Municipality || key.division != "" && part.Total == 1
		byRegion[key.region].Parts = append(byRegion[key.region].Parts, *part)
		byRegion[key.region].add(part.Tally)
		c.add(part.Tally)
	}
	for _, region := range atlas.Regions() {
		if r := byRegion[region.Code]; r != nil {
			sortByName(r.Parts)
			c.Regions = append(c.Regions, *r)
		}
	}
}

// sortByName sorts by French collation. A key costs more than everything else
// here, so each is made once.
func sortByName(parts []PartCoverage) {
	keys := make(map[string][]byte, len(parts))
	for _, p := range parts {
		keys[p.Name] = CollationKey(p.Name)
	}
	slices.SortFunc(parts, func(a, b PartCoverage) int {
		return cmp.Or(bytes.Compare(keys[a.Name], keys[b.Name]), cmp.Compare(a.Total, b.Total))
	})
}

func codeSet(codes []string) map[string]bool {
	set := make(map[string]bool, len(codes))
	for _, code := range codes {
		set[code] = true
	}
	return set
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
