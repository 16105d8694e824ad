package templates

import "jachete/workflow"

// TeamSignatories lists the commitments of one's pôles, on paper and
// electronic.
type TeamSignatories struct {
	TeamFrame
	Query               string
	Kinds, Years, Modes []Option
	Poles               []Option // none with one pôle
	Chips               []Chip
	Exports             []Option // the list as a file; values are addresses
	Found               workflow.RegisterPage
	PoleNames           map[string]string // short ones, by slug
	Page, Pages         int
	Previous, Next      string // addresses, or empty
}

// File implements [Page].
func (*TeamSignatories) File() string { return "team_signatories" }

// SignatoryAddress is the page about a commitment that staff may open.
func (f *TeamFrame) SignatoryAddress(c workflow.Commitment) string {
	if c.Mode == workflow.ModePaper {
		return "/equipe/signataires/papier/" + c.ID
	}
	return "/v/" + c.Number
}

// Line is a commitment for the block "dated".
type Line struct {
	*Frame
	Commitment workflow.Commitment
}

// Line describes a commitment for its block.
func (f *Frame) Line(c workflow.Commitment) Line { return Line{f, c} }

// TeamPaperForm is the form of a signatory on paper. It asks of the
// organisation what the form of an invitation does.
type TeamPaperForm struct {
	TeamInvite
	SignedOn, Announced, Number string // as typed
	Scanner, ScannedOn          string
	Corrects                    string // id of the entry that it takes the place of, or empty
	Mended                      workflow.Paper
}

// File implements [Page].
func (*TeamPaperForm) File() string { return "team_paper_form" }

// PoleHint says what the choice of a pôle means here.
func (p *TeamPaperForm) PoleHint() string { return p.T("paper.pole-hint") }

// TeamPaper is an entry of the paper register.
type TeamPaper struct {
	TeamFrame
	Found              workflow.PaperPage
	Place              string
	Events             []TeamEvent
	Done               string // key of what has just been done, or empty
	Reason             string // as typed
	Scanner, ScannedOn string
	Public             string // address of the public page; empty when it is not in the register
	Before             string // address of the entry that this one corrects, or empty
}

// File implements [Page].
func (*TeamPaper) File() string { return "team_paper" }

// Stands tells that the entry may still be withdrawn.
func (p *TeamPaper) Stands() bool { return p.Found.Commitment.Status != workflow.CommitmentWithdrawn }

// Correctable tells that another entry may take its place.
func (p *TeamPaper) Correctable() bool { return p.Found.Commitment.Status == workflow.CommitmentActive }

// ScanSize is the weight of the scan in kilobytes, at least one.
func (p *TeamPaper) ScanSize() string { return p.Count(max(1, p.Found.Scan.Size/1024)) }
