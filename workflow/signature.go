package workflow

import "time"

// Signature is the act: who, when, which text, in which words, with what
// proof. It is written once and never changed.
type Signature struct {
	ID                 string
	InvitationID       string // unique: one invitation, one signature
	OrganisationID     string
	PoleSlug           string
	DeclarationID      string
	DeclarationVersion string
	DeclarationSHA256  string
	Organisation       Snapshot
	Signatory          Signatory
	Resolution         Resolution
	Language           Language // of the pages the person read
	Consent            string   // wording beside the button
	Publish            Publish
	SessionHash        string // session that signed: a retry from it gets the same answer
	ReviewSHA256       string // digest of what was shown before signing
	DrawingSHA256      string // of the PNG of a drawn signature, or empty
	Evidence           Evidence
	// Acts holds what each person did when several signed, in the order of the
	// certificate; the fields above are those of the first. Empty when one signed.
	Acts     []Act
	SignedAt time.Time // when the last had signed
}

// Publish holds the separate choices about what becomes public besides the
// organisation's name, region and date.
type Publish struct {
	Signatory  bool `json:"signatory"`  // name and function
	Newsletter bool `json:"newsletter"` // receive the pôle's newsletter; not public
	// Quote and Logo are empty unless they are to be public; Logo is the hash of
	// the picture.
	Quote string `json:"quote,omitempty"`
	Logo  string `json:"logo,omitempty"`
}

// Evidence is what was seen of the signing itself.
type Evidence struct {
	Email           string     `json:"email"`
	IP              string     `json:"ip"`
	Port            string     `json:"port"`
	Forwarded       string     `json:"forwarded"`
	UserAgent       string     `json:"user_agent"`
	AcceptLanguage  string     `json:"accept_language"`
	RequestID       string     `json:"request_id"`
	InvitedAt       time.Time  `json:"invited_at"`
	MailedAt        time.Time  `json:"mailed_at"`
	ConsultedAt     time.Time  `json:"consulted_at"`
	CodeSentAt      time.Time  `json:"code_sent_at"`
	CodeConfirmedAt time.Time  `json:"code_confirmed_at"`
	Service         Build      `json:"service"`
	Clock           ClockState `json:"clock"`
	Ceremony        bool       `json:"ceremony,omitempty"` // signed in a browser opened by a link shown at a ceremony
	// Transfers are those who were invited before and passed the invitation on,
	// the first one first.
	Transfers []TransferEvidence `json:"transfers,omitempty"`
}

// Build says which program ran, and where.
type Build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`       // of the source, empty when unknown
	SHA256   string `json:"build_sha256"` // of the executable, hex
	Instance string `json:"instance"`     // random, one per start
}

// ClockState is what the system says of its clock. Empty fields are unknown.
type ClockState struct {
	Source       string `json:"source"`        // "kernel, synchronised", "kernel, not synchronised"
	Offset       string `json:"offset"`        // from its reference, a Go duration
	MaximumError string `json:"maximum_error"` // a Go duration
}

// CommitmentStatus is the life of a commitment after the act.
type CommitmentStatus string

// The statuses.
const (
	CommitmentActive     CommitmentStatus = "active"
	CommitmentRenewed    CommitmentStatus = "renewed"
	CommitmentWithdrawn  CommitmentStatus = "withdrawn"
	CommitmentSuperseded CommitmentStatus = "superseded"
	// CommitmentLapsed is never stored: it is what one that holds is called while
	// nobody has confirmed it for long, see Commitment.Lapsed.
	CommitmentLapsed CommitmentStatus = "lapsed"
)

// Mode tells how a commitment was signed. Paper never looks electronic.
type Mode string

// The modes.
const (
	ModeElectronic Mode = "electronic"
	ModePaper      Mode = "paper"
)

// Commitment is a line of the public register. It holds nothing personal but
// what the signatory chose to publish.
type Commitment struct {
	ID               string
	Slug             string // public, the organisation's
	OrganisationID   string
	SignatureID      string // empty on paper
	Number           string // of the certificate; on paper, of the entry
	PoleSlug         string
	Organisation     Snapshot
	DeclarationID    string
	Version          string // of the declaration
	Mode             Mode
	Status           CommitmentStatus
	SignedOn         string // civil date in America/Toronto, YYYY-MM-DD; on paper a PaperDate, or empty
	Announced        string // on paper: the PaperDate of its announcement, or empty
	PublishedAt      time.Time
	PublicName       string // empty unless opted in
	PublicFunction   string
	PublicSecond     Signatory // who signed beside; zero unless opted in
	Countersigned    bool      // by the pôle
	PublicQuote      string    // empty unless opted in
	PublicLogo       string    // hash of the picture, empty unless opted in
	ResolutionNumber string    // public by nature: a council's decision
	ResolutionDate   string
	Campaign         string    // slug, or empty
	Replaces         string    // id of an earlier commitment of the organisation, or empty
	StatusOn         string    // civil date since which Status holds; empty while active
	ConfirmedOn      string    // civil date on which the organisation last said that it holds, or empty
	AskAt            time.Time // when it is asked next; zero for never
}

// RegisterFilter narrows the public register. Empty fields do not narrow.
type RegisterFilter struct {
	Query  string // any words, folded by the service
	Region string // code
	MRC    string // code
	Pole   string // slug
	Kind   OrganisationKind
	Year   int
	Slug   string
	Mode   Mode
	Status CommitmentStatus // as the public may know it at the time of the question
	Holds  bool             // none that was withdrawn
	Order  RegisterOrder
	Poles  []string // slugs; nil does not narrow, an empty list finds nothing
	Hidden bool     // also what is not public: under embargo, or withdrawn
	Limit  int
	Offset int
}

// RegisterOrder is how lines of the register follow one another.
type RegisterOrder string

// The orders.
const (
	ByName RegisterOrder = ""     // French collation
	ByDate RegisterOrder = "date" // of signature, or of announcement: latest first, then by name
)

// RegisterPage is one page of results.
type RegisterPage struct {
	Commitments []Commitment
	Total       int
}
