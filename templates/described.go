package templates

import (
	"strconv"

	"jachete/workflow"
)

// Described is what search engines, and whoever shares the address of a page,
// read of it. It is zero for a page that is private, or that is not there: such
// a page asks not to be found.
type Described struct {
	Description     string
	Address         string // absolute, of the page in the language shown
	French, English string // absolute, of the page in each language
	Picture         string // absolute
}

// Describer is a page for everybody. One that cannot describe itself is not to
// be found by search engines.
type Describer interface {
	// Description is what the page offers, in a sentence or two.
	Description() string
}

// Located is a page with an address of its own, whatever address led to it.
type Located interface {
	// Path is that address, from the root of the site.
	Path() string
}

// Pictured is a page with a picture of its own; the others have the site's.
type Pictured interface {
	// Picture names it as the addresses under /partage do, without extension.
	Picture() string
}

// Description implements [Describer].
func (p *Home) Description() string { return p.T("describe.home") }

// Description implements [Describer].
func (p *Register) Description() string { return p.T("describe.register") }

// Path implements [Located]: of the list as people narrow it, only the whole one
// is to be found, with its pages.
func (p *Register) Path() string {
	if len(p.Chips) == 0 && p.Page > 1 {
		return "/signataires?page=" + strconv.Itoa(p.Page)
	}
	return "/signataires"
}

// Description implements [Describer].
func (p *Organisation) Description() string {
	return p.T("describe.organisation", "Organisation", p.Latest().Organisation.Name, "Committed", Committed(p.Lang, Standing(p.Commitments)))
}

// Picture implements [Pictured].
func (p *Organisation) Picture() string { return "organisation-" + p.Latest().Slug }

// Description implements [Describer].
func (p *Region) Description() string { return p.T("describe.region", "Region", p.Region.Name) }

// Picture implements [Pictured].
func (p *Region) Picture() string { return "region-" + p.Region.Slug }

// Description implements [Describer].
func (p *MRC) Description() string { return p.T("describe.region", "Region", p.MRC.FullName()) }

// Picture implements [Pictured].
func (p *MRC) Picture() string { return "mrc-" + p.MRC.Slug }

// Description implements [Describer].
func (p *PaperNumber) Description() string {
	return p.T("describe.paper-number", "Number", p.Verification.Commitment.Number)
}

// Path implements [Located]: a number may be typed in several ways.
func (p *PaperNumber) Path() string { return "/v/" + p.Verification.Commitment.Number }

// Description implements [Describer].
func (p *OpenData) Description() string { return p.T("describe.data") }

// Description implements [Describer].
func (p *Ask) Description() string { return p.T("describe.ask") }

// Description implements [Describer].
func (p *Suppliers) Description() string { return p.T("describe.suppliers") }

// Path implements [Located]: of the list as people narrow it, only the whole one is
// to be found, with its pages.
func (p *Suppliers) Path() string {
	if len(p.Chips) == 0 && p.Page > 1 {
		return workflow.SuppliersPath + "?page=" + strconv.Itoa(p.Page)
	}
	return workflow.SuppliersPath
}

// Description implements [Describer].
func (p *Pole) Description() string { return p.T("describe.pole", "Pole", p.Pole.Name) }

// Picture implements [Pictured].
func (p *Pole) Picture() string { return "pole-" + p.Pole.Slug }

// Description implements [Describer].
func (p *DeclarationPage) Description() string {
	return p.T("describe.declaration", "Version", p.Declaration.Version)
}

// Description implements [Describer].
func (p *Verified) Description() string {
	return p.T("describe.verified", "Number", p.Verification.Commitment.Number, "Organisation", p.Verification.Commitment.Organisation.Name)
}

// Path implements [Located]: a number may be typed in several ways.
func (p *Verified) Path() string { return "/v/" + p.Verification.Commitment.Number }

// Picture implements [Pictured].
func (p *Verified) Picture() string {
	if Ended(p.Verification.Commitment) {
		return "site" // the organisation may never have come into the register
	}
	return "organisation-" + p.Verification.Commitment.Slug
}

// Description implements [Describer].
func (p *VerifyFile) Description() string { return p.T("describe.verify-file") }

// Description implements [Describer].
func (p *Retrieve) Description() string { return p.T("describe.retrieve") }

// Description implements [Describer].
func (p *Journal) Description() string { return p.T("describe.journal") }

// Description implements [Describer].
func (p *Text) Description() string {
	if p.Name == "privacy" {
		return p.T("describe.privacy")
	}
	return p.T("describe.accessibility")
}

// Locale is the language of the page as Open Graph writes it.
func (f *Frame) Locale() string { return string(f.Lang) + "_CA" }

// OtherLocale is the language the page has too.
func (f *Frame) OtherLocale() string {
	if f.Lang == workflow.English {
		return "fr_CA"
	}
	return "en_CA"
}
