package workflow

import (
	"context"
	"time"
)

// CertificateContent is everything the pages of a certificate say. The same
// content always gives the same unsealed bytes.
type CertificateContent struct {
	Number    string // see NewNumber
	VerifyURL string // absolute address held by the QR code
	BaseURL   string // public address of the service

	DeclarationID      string // "esja"
	DeclarationVersion string // "1.0"
	DeclarationTitle   string
	DeclarationText    string // Markdown, placeholders already filled
	DeclarationSHA256  string // hex, of the unfilled text of that version

	Organisation Snapshot
	Pole         PoleSnapshot
	Signatory    Signatory
	Resolution   Resolution // zero when none was needed

	Mailbox            string    // masked, "c…@example.org"
	MailboxConfirmedAt time.Time // when the code was accepted
	Consent            string    // wording beside the button, as shown
	ConsentSHA256      string    // hex
	SignedAt           time.Time
	Steps              []CertificateStep // in order of time
}

// CertificateStep is one line of the evidence page.
type CertificateStep struct {
	Kind StepKind
	At   time.Time
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
}

// Sealer renders and seals certificates. It is safe for concurrent use and
// bounds its own work. Errors: ctx's error when it ends while waiting for a
// turn, anything else is internal (a font, the key).
type Sealer interface {
	Seal(ctx context.Context, c CertificateContent, at time.Time) (Sealed, error)
	// Draft renders the declaration, marked as unsigned, with the model of a
	// resolution: what a council reads before it decides.
	Draft(ctx context.Context, c CertificateContent, at time.Time) ([]byte, error)
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
	Sealed
}
