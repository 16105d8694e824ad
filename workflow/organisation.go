package workflow

// OrganisationKind says what sort of buyer an organisation is.
type OrganisationKind string

// The kinds of the glossary.
const (
	KindMunicipality OrganisationKind = "municipality"
	KindMRC          OrganisationKind = "mrc"
	KindSchool       OrganisationKind = "school"
	KindCollege      OrganisationKind = "college"
	KindUniversity   OrganisationKind = "university"
	KindHealth       OrganisationKind = "health"
	KindTransit      OrganisationKind = "transit"
	KindStateCompany OrganisationKind = "state-company"
	KindCooperative  OrganisationKind = "cooperative"
	KindCompany      OrganisationKind = "company"
	KindNonprofit    OrganisationKind = "nonprofit"
	KindOther        OrganisationKind = "other"
)

// OrganisationKinds lists every kind in the order forms show them.
var OrganisationKinds = []OrganisationKind{
	KindMunicipality, KindMRC, KindSchool, KindCollege, KindUniversity, KindHealth,
	KindTransit, KindStateCompany, KindCooperative, KindCompany, KindNonprofit, KindOther,
}

// Organisation is who commits. Codes are those of the territory package; a
// municipality's code also fixes its MRC and region.
type Organisation struct {
	ID               string
	Slug             string // public, unique
	Name             string // as invited; a Signature keeps its own Snapshot
	Kind             OrganisationKind
	MunicipalityCode string // 5 digits, or empty
	MRCCode          string // 3 digits, or empty
	RegionCode       string // 2 digits
	NEQ              string // Québec enterprise number, 10 digits, or empty
}

// Snapshot is an organisation as it was when it signed: names and codes of
// places change, a certificate does not.
type Snapshot struct {
	Name             string           `json:"name"`
	Kind             OrganisationKind `json:"kind"`
	MunicipalityCode string           `json:"municipality_code"`
	MRCCode          string           `json:"mrc_code"`
	MRCName          string           `json:"mrc_name"`
	RegionCode       string           `json:"region_code"`
	RegionName       string           `json:"region_name"`
	NEQ              string           `json:"neq"`
}

// Signatory is the person who signs for an organisation.
type Signatory struct {
	Name     string `json:"name"`
	Function string `json:"function"`
}

// Resolution is the council's decision that authorises a signature. Its number
// is free text: real ones look like 2019-118, 2015-01-A3019 or 070-14.
type Resolution struct {
	Number string `json:"number"` // at most 40 characters
	Date   string `json:"date"`   // civil date, YYYY-MM-DD
	Body   string `json:"body"`   // who decided, "conseil municipal"
	// Sitting is which meeting of that body, "séance ordinaire", or empty.
	Sitting string `json:"sitting,omitempty"`
	// ExtractSHA256 is the hash of the extract of the minutes, or empty.
	ExtractSHA256 string `json:"extract_sha256,omitempty"`
}

// IsZero tells that no resolution was given.
func (r Resolution) IsZero() bool { return r == Resolution{} }
