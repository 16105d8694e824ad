package workflow

import (
	"context"
	"time"
)

// CertificateContent is everything the pages of a certificate say. The same
// content always gives the same unsealed bytes. It is kept with the file, as
// JSON: names of pôles and addresses change, what a certificate says does not.
type CertificateContent struct {
	Number    string `json:"number"`     // see NewNumber
	VerifyURL string `json:"verify_url"` // absolute address held by the QR code
	BaseURL   string `json:"base_url"`   // public address of the service

	DeclarationID      string `json:"declaration_id"`      // "esja"
	DeclarationVersion string `json:"declaration_version"` // "1.0"
	DeclarationTitle   string `json:"declaration_title"`
	DeclarationText    string `json:"declaration_text"`   // Markdown, placeholders already filled
	DeclarationSHA256  string `json:"declaration_sha256"` // hex, of the unfilled text of that version

	Organisation Snapshot     `json:"organisation"`
	Pole         PoleSnapshot `json:"pole"`
	Signatory    Signatory    `json:"signatory"`
	Resolution   Resolution   `json:"resolution"` // zero when none was needed

	// Signatories are all who signed, in their order, when several did: the first
	// is named above too.
	Signatories []CertificateSignatory `json:"signatories,omitempty"`

	Mailbox            string            `json:"mailbox"`              // masked, "c…@example.org"
	MailboxConfirmedAt time.Time         `json:"mailbox_confirmed_at"` // when the code was accepted
	Consent            string            `json:"consent"`              // wording beside the button, as shown
	ConsentSHA256      string            `json:"consent_sha256"`       // hex
	SignedAt           time.Time         `json:"signed_at"`
	Steps              []CertificateStep `json:"steps"` // in order of time

	Drawing []byte `json:"drawing,omitempty"` // PNG of the drawn signature, black on white; nil when there is none
}

// CertificateStep is one line of the evidence page.
type CertificateStep struct {
	Kind StepKind  `json:"kind"`
	At   time.Time `json:"at"`
	Who  string    `json:"who,omitempty"` // name, when several signed
}

// CertificateSignatory is one of several who signed.
type CertificateSignatory struct {
	Seat Seat `json:"seat"`
	Signatory
	Mailbox            string    `json:"mailbox"` // masked
	MailboxConfirmedAt time.Time `json:"mailbox_confirmed_at"`
	Consent            string    `json:"consent"`
	ConsentSHA256      string    `json:"consent_sha256"` // hex
	SignedAt           time.Time `json:"signed_at"`
	Drawing            []byte    `json:"drawing,omitempty"` // PNG of a drawn signature
}

// Beside lists those who signed beside the first.
func (c CertificateContent) Beside() []CertificateSignatory {
	if len(c.Signatories) == 0 {
		return nil
	}
	return c.Signatories[1:]
}

// StepKind names what happened; the page words it.
type StepKind string

// The steps a certificate can show.
const (
	StepInvited       StepKind = "invited"        // staff made the invitation
	StepMailed        StepKind = "mailed"         // recipient's relay accepted the mail
	StepConsulted     StepKind = "consulted"      // a person pressed the button of the link page
	StepCodeSent      StepKind = "code-sent"      // the one-time code was accepted by the relay
	StepCodeConfirmed StepKind = "code-confirmed" // the right code was typed in the same browser
	StepSigned        StepKind = "signed"         // consent given
)

// Sealed is a finished certificate file.
type Sealed struct {
	PDF            []byte
	SHA256         string // hex, of PDF
	UnsealedSHA256 string // hex, of the pages before the seal was added
	Level          string // PAdES baseline level: "B-B", later "B-T", "B-LT", "B-LTA"
	SealedAt       time.Time
	StampedAt      time.Time // when an authority says that the seal existed; zero while none has
	StampedBy      string    // its name, as its certificate gives it
	StampedOwn     bool      // it is the service's own, no third party
	// Growth is what PDF adds to what it grew from, compressed: to its pages for
	// the first revision, to the file before for a later one. See Sealer.Remake.
	Growth []byte
}

// Sealer renders and seals certificates. It is safe for concurrent use and
// bounds its own work. Errors: ctx's error when it ends while waiting for a
// turn, anything else is internal (a font, the key).
type Sealer interface {
	Seal(ctx context.Context, c CertificateContent, at time.Time) (Sealed, error)
	// Draft renders the declaration, marked as unsigned, with the model of a
	// resolution: what a council reads before it decides.
	Draft(ctx context.Context, c CertificateContent, at time.Time) ([]byte, error)
	// Copies draws the declarations of several certificates anew in one file to
	// print. Each says that it is a copy, made at that time, and where the sealed
	// original is verified.
	Copies(ctx context.Context, list []CertificateContent, at time.Time) ([]byte, error)
	// Report draws the report of a campaign to print, as of its MadeAt.
	Report(ctx context.Context, r CampaignReport) ([]byte, error)
	// Remake gives the file of a sealed certificate anew when the stored one is
	// damaged: from the content, or for a later revision from the file before.
	// An error when that does not give the very bytes of s.SHA256.
	Remake(ctx context.Context, c CertificateContent, before []byte, s Sealed) ([]byte, error)
}

// Upgrader adds proofs of outside authorities to sealed files. What it returns
// holds the file it was given, whole, at its start or in its first revision.
// Unavailable when no authority answers as it should.
type Upgrader interface {
	// Timestamp has an authority state when the seal existed, with the data to
	// validate it for long.
	Timestamp(ctx context.Context, s Sealed) (Sealed, error)
	// Archive adds a timestamp over everything, to outlive algorithms and
	// certificates; it may be repeated.
	Archive(ctx context.Context, s Sealed) (Sealed, error)
}

// Certificate is a sealed file as stored. It never changes: a file with more
// proof is the next revision, and both stay genuine.
type Certificate struct {
	Number      string
	Revision    int // 0 as sealed
	SignatureID string
	Content     CertificateContent
	Sealed
}

// CertificateRef names a stored certificate without its bytes.
type CertificateRef struct {
	Number string
	SHA256 string
}
