package templates

import (
	"jachete/workflow"
	"jachete/workflow/territory"
)

// Home is the first page.
type Home struct {
	Frame
	workflow.Showcase
	Regions []RegionLine // every region, by name
}

// Wide is that of [Frame], for this page.
func (*Home) Wide() bool { return true }

// File implements [Page].
func (*Home) File() string { return "home" }

// Total is the number of commitments that hold.
func (p *Home) Total() int { return p.Counts.Total }

// Reached counts the regions with at least one commitment.
func (p *Home) Reached() (n int) {
	for _, r := range p.Regions {
		if r.Count > 0 {
			n++
		}
	}
	return n
}

// Region is one region of Québec.
type Region struct {
	Frame
	Localities
	Region    territory.Region
	Poles     []workflow.Pole
	FollowUps workflow.FollowUpTotals // what organisations said of their last year
}

// Wide is that of [Frame], for this page.
func (*Region) Wide() bool { return true }

// File implements [Page].
func (*Region) File() string { return "region" }

// MRC is one regional county municipality.
type MRC struct {
	Frame
	Localities
	MRC    territory.MRC
	Region territory.Region
	Towns  []workflow.Town // by name
	Poles  []workflow.Pole
}

// Wide is that of [Frame], for this page.
func (*MRC) Wide() bool { return true }

// File implements [Page].
func (*MRC) File() string { return "mrc" }

// Pole is one pôle.
type Pole struct {
	Frame
	Localities
	Pole       workflow.Pole
	Areas      []TerritoryPart
	Ceremonies []workflow.AnnouncedCeremony
}

// AreaNames names what the territory covers.
func (p *Pole) AreaNames() (names []string) {
	for _, a := range p.Areas {
		names = append(names, a.Name)
	}
	return names
}

// TerritoryPart is a part of a territory with the address of its page, if it has one.
type TerritoryPart struct{ Name, Address string }

// Wide is that of [Frame], for this page.
func (*Pole) Wide() bool { return true }

// File implements [Page].
func (*Pole) File() string { return "pole" }

// Nearby says where the neighbours are.
func (p *Organisation) Nearby() string {
	if p.InMRC {
		return p.T("organisation.neighbours-mrc", "Place", p.MRC.Name)
	}
	return p.T("organisation.neighbours-region", "Place", p.Region.Name)
}

// NearbyList is the address of all of them.
func (p *Organisation) NearbyList() string {
	if p.InMRC {
		return "/mrc/" + p.MRC.Slug
	}
	return "/regions/" + p.Region.Slug
}
