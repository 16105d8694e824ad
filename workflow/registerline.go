package workflow

// The licence of the open data.
const (
	DataLicence    = "CC BY 4.0"
	DataLicenceURL = "https://creativecommons.org/licenses/by/4.0/deed.fr"
)

// RegisterLine is what open data says of a commitment: facts of the
// organisation, and no person. Its JSON is canonical (RFC 8785), for its keys
// stand in their order. Dates on paper are what is known of them: "2013",
// "2013-03", or some time before one.
type RegisterLine struct {
	AnnouncedBefore    string           `json:"announced_before,omitempty"`
	AnnouncedOn        string           `json:"announced_on,omitempty"`
	Countersigned      bool             `json:"countersigned,omitempty"` // by the pôle
	DeclarationVersion string           `json:"declaration_version"`
	ID                 string           `json:"id"` // of the line, for ever
	Kind               OrganisationKind `json:"kind"`
	Mode               Mode             `json:"mode"`
	MRC                string           `json:"mrc,omitempty"`
	MRCCode            string           `json:"mrc_code,omitempty"`
	MunicipalityCode   string           `json:"municipality_code,omitempty"`
	Name               string           `json:"name"`
	NEQ                string           `json:"neq,omitempty"`
	Number             string           `json:"number,omitempty"` // of the certificate
	Pole               string           `json:"pole"`
	Region             string           `json:"region"`
	RegionCode         string           `json:"region_code"`
	ResolutionDate     string           `json:"resolution_date,omitempty"`
	ResolutionNumber   string           `json:"resolution_number,omitempty"`
	SignedBefore       string           `json:"signed_before,omitempty"`
	SignedOn           string           `json:"signed_on"`
	Slug               string           `json:"slug"` // of the organisation
	Status             CommitmentStatus `json:"status"`
	StatusOn           string           `json:"status_on,omitempty"` // since when, unless it is active
}

// Line gives a commitment as open data tells it. What is not public yet has
// been left out before.
func (c Commitment) Line() RegisterLine {
	o := c.Organisation
	line := RegisterLine{ID: c.ID, Slug: c.Slug, Name: o.Name, Kind: o.Kind, RegionCode: o.RegionCode, Region: o.RegionName,
		MRCCode: o.MRCCode, MRC: o.MRCName, MunicipalityCode: o.MunicipalityCode, NEQ: o.NEQ, Pole: c.PoleSlug, SignedOn: c.SignedOn,
		Mode: c.Mode, Status: c.Status, StatusOn: c.StatusOn, DeclarationVersion: c.Version, Number: c.Number,
		ResolutionNumber: c.ResolutionNumber, ResolutionDate: c.ResolutionDate, Countersigned: c.Countersigned}
	if c.Mode == ModePaper {
		line.SignedOn, line.SignedBefore = c.Signed().bounds()
		line.AnnouncedOn, line.AnnouncedBefore = c.AnnouncedDate().bounds()
	}
	return line
}

// bounds gives the period that a date names, or the one before which it lies.
func (d PaperDate) bounds() (on, before string) {
	if d.Before {
		return "", d.ISO()
	}
	return d.ISO(), ""
}
