package templates

import (
	"fmt"
	"html/template"
	"slices"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// Home is the first page.
type Home struct {
	Frame
	Total   int          // commitments in the register
	Regions []RegionLine // every region, by name
}

// RegionLine is a region with the number of its commitments.
type RegionLine struct {
	territory.Region
	Count int
}

// File implements [Page].
func (*Home) File() string { return "home" }

// Covered counts the regions with at least one commitment.
func (p *Home) Covered() (n int) {
	for _, r := range p.Regions {
		if r.Count > 0 {
			n++
		}
	}
	return n
}

// Register is the public list with its filters.
type Register struct {
	Frame
	Query                         string
	Region, MRC, Pole, Kind, Year []Option // choices of the drop-down lists; MRC only within a region
	Chips                         []Chip
	Found                         workflow.RegisterPage
	Page, Pages                   int
	Previous, Next                string // addresses, or empty
	CSV, JSON                     string // addresses of the same list as data
}

// Chip is a filter that is applied, with the address of the list without it.
type Chip struct{ Name, Value, Without string }

// File implements [Page].
func (*Register) File() string { return "register" }

// List is the block "commitments": lines of the register.
type List struct {
	*Frame
	Commitments []workflow.Commitment
	Caption     string
}

// List describes lines of the register for their block.
func (f *Frame) List(lines []workflow.Commitment, caption string) List {
	return List{f, lines, caption}
}

// Organisation is one organisation of the register with all it committed to.
type Organisation struct {
	Frame
	Commitments []workflow.Commitment // latest first, at least one
	Poles       map[string]string     // names by slug
}

// File implements [Page].
func (*Organisation) File() string { return "organisation" }

// Anchor names the section of a commitment.
func (p *Organisation) Anchor(c workflow.Commitment) string {
	return fmt.Sprint("engagement-", slices.IndexFunc(p.Commitments, func(other workflow.Commitment) bool { return other.ID == c.ID })+1)
}

// ReplacedBy gives the commitment of the page that replaces one, or nil.
func (p *Organisation) ReplacedBy(c workflow.Commitment) *workflow.Commitment {
	return p.find(func(other workflow.Commitment) bool { return c.ID != "" && other.Replaces == c.ID })
}

// Replaces gives the commitment of the page that one replaces, or nil.
func (p *Organisation) Replaces(c workflow.Commitment) *workflow.Commitment {
	return p.find(func(other workflow.Commitment) bool { return c.Replaces != "" && other.ID == c.Replaces })
}

func (p *Organisation) find(wanted func(workflow.Commitment) bool) *workflow.Commitment {
	if i := slices.IndexFunc(p.Commitments, wanted); i >= 0 {
		return &p.Commitments[i]
	}
	return nil
}

// Latest is the commitment that names the organisation.
func (p *Organisation) Latest() workflow.Commitment { return p.Commitments[0] }

// Region is one region of Québec.
type Region struct {
	Frame
	Region territory.Region
	Poles  []workflow.Pole
	Found  workflow.RegisterPage // the first lines
	// FollowUps is what organisations said of their last year.
	FollowUps workflow.FollowUpTotals
	Beside    workflow.SuppliersBeside // who sells there
}

// File implements [Page].
func (*Region) File() string { return "region" }

// Pole is one pôle.
type Pole struct {
	Frame
	Pole  workflow.Pole
	Areas []string // names of what it covers
	Found workflow.RegisterPage
	// Beside is who sells among those the pôle presents.
	Beside workflow.SuppliersBeside
}

// File implements [Page].
func (*Pole) File() string { return "pole" }

// DeclarationPage is one version of the text.
type DeclarationPage struct {
	Frame
	Declaration workflow.Declaration
}

// File implements [Page].
func (*DeclarationPage) File() string { return "declaration" }

// Text is the French text without its title.
func (p *DeclarationPage) Text() template.HTML { return withoutTitle(p.Declaration.TextFR) }

// Translation is the English text without its title.
func (p *DeclarationPage) Translation() template.HTML { return withoutTitle(p.Declaration.TextEN) }

// Journal is the latest public statement about the journal.
type Journal struct {
	Frame
	Checkpoint journal.Checkpoint // zero before the first
	Keys       []string           // public, the one in use first; none before the first checkpoint
}

// Key is the one in use.
func (p *Journal) Key() string { return p.Keys[0] }

// Former are the keys of older checkpoints.
func (p *Journal) Former() []string { return p.Keys[1:] }

// File implements [Page].
func (*Journal) File() string { return "journal" }

// Entries is the number of entries it covers.
func (p *Journal) Entries() int { return int(p.Checkpoint.Size) }
