package templates

import (
	"fmt"
	"html/template"
	"slices"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/territory"
)

// Register is the public list with its filters.
type Register struct {
	Frame
	Query                         string
	Region, MRC, Pole, Kind, Year []Option // choices of the drop-down lists; MRC only within a region
	Mode, Status, Order           []Option
	Chips                         []Chip
	Found                         workflow.RegisterPage
	Page, Pages                   int
	Previous, Next                string // addresses, or empty
	CSV, JSON, GeoJSON            string // addresses of the same list as data
}

// Narrowed tells that one of the filters that are folded away is in use.
func (p *Register) Narrowed() bool {
	return slices.ContainsFunc(slices.Concat(p.Kind, p.Year, p.Pole, p.Mode, p.Status), func(o Option) bool { return o.Chosen })
}

// Chip is a filter that is applied, with the address of the list without it.
type Chip struct{ Name, Value, Without string }

// Wide is that of [Frame], for this page.
func (*Register) Wide() bool { return true }

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
	Region      territory.Region      // of the latest; zero when it is not known
	MRC         territory.MRC         // likewise
	Neighbours  []workflow.Commitment // of the MRC, or of the region
	InMRC       bool
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
	Number     string             // as typed, whose place is asked for
	Inclusion  *workflow.Inclusion
	Site       string // public address of the service, for commands
}

// Key is the one in use.
func (p *Journal) Key() string { return p.Keys[0] }

// Former are the keys of older checkpoints.
func (p *Journal) Former() []string { return p.Keys[1:] }

// File implements [Page].
func (*Journal) File() string { return "journal" }

// Entries is the number of entries it covers.
func (p *Journal) Entries() int { return int(p.Checkpoint.Size) }
