package workflow

import (
	"context"
	"time"
)

// MailContent is everything a queued mail can say. The link in it is minted
// for the occasion and kept nowhere.
type MailContent struct {
	Delivery       Delivery
	Pole           Pole
	Organisation   string
	Recipient      Contact
	Message        string     // personal line of the inviting staff, plain text
	Source         string     // where the address comes from; invitation and reminder
	Renews         Commitment // invitation only: the one it would replace; zero for none
	PassedOnBy     Contact    // invitation only: the colleague it comes from, without her address; zero for none
	Successor      Contact    // transferred only: the colleague who takes over, without her address
	TransferReason string     // in the words of who passed it on, or empty
	Refusal        Refusal    // declined only
	ToPole         bool       // transferred and declined: to the staff, not to who was invited
	Role           Role       // welcome only
	InvitedAt      time.Time
	MeetingOn      string    // reminder while a council is waited for, YYYY-MM-DD
	CeremonyAt     time.Time // reminder after the ceremony of the campaign; else zero
	Reminder       int       // number of the reminder in the life of the invitation
	LinkURL        string    // invitation: where to read and sign; certificate: where to download
	UnsubscribeURL string    // invitation and reminder
	VerifyURL      string    // certificate mails
	ExpiresAt      time.Time
	SignedAt       time.Time
	Signatory      Signatory
	Signatories    []Signatory // cosign and certificate mails: everybody, when several sign
	Countersigns   bool        // cosign: it is for the pôle's director
	Number         string
	Corrects       bool                // invitation that renews the same text: something in it was wrong
	Certificates   []LinkedCertificate // retrieval only, latest first
	WithdrawnOn    string              // withdrawn only, civil date
	Correction     Correction          // correction only
	Team           bool                // withdrawn: to the pôle, not to who signed
	AskedKind      OrganisationKind    // request only
	AskedPlace     string              // request only: from the municipality on
	AskedAt        time.Time           // request only
	Embargo        time.Time           // certificate mails: until when nothing is public; zero when it is
	Suppliers      int                 // anniversary: how many enterprises sell near the organisation
	SuppliersURL   string              // anniversary: where they are; empty when there are none
	PDF            []byte              // nil when there is none, or when the relay refused its size
}

// CodePurpose says what a mailed code opens.
type CodePurpose string

// The purposes of codes.
const (
	PurposeSign    CodePurpose = "sign"
	PurposeSignIn  CodePurpose = "sign-in"
	codeDigits                 = 6
	signInCodeSize             = 8
)

// CodeMail is a one-time code on its way. It is sent at once and never stored.
type CodeMail struct {
	Purpose      CodePurpose
	To           string
	Language     Language
	Code         string
	Life         time.Duration
	Organisation string // for PurposeSign
	Pole         Pole   // for PurposeSign; zero for staff of several pôles
}

// Courier sends a code while the person waits, within ctx's deadline, and gives
// the last words of the relay that accepted it. An error means that none did,
// whatever the reason.
type Courier interface {
	SendCode(ctx context.Context, m CodeMail) (answer string, err error)
}
