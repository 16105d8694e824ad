package workflow

import (
	"context"
	"time"
)

// RetentionReader is what can be read of what is kept too long, and of what is
// kept of one mailbox. A mailbox is an address as CleanEmail gives it.
type RetentionReader interface {
	// ForgettableInvitations gives ids of invitations that ended unsigned before
	// that time, or then, and whose person is still known, ended first first. One
	// that was passed on waits while the last it led to is open: whoever signs that
	// one signs that this person was invited before.
	ForgettableInvitations(ctx context.Context, ended time.Time, limit int) ([]string, error)
	// OldMails gives mails, none of ProofMails, that were done with before that
	// time, or then, and whose recipient is still known.
	OldMails(ctx context.Context, finished time.Time, limit int) ([]Delivery, error)

	// InvitationsNaming gives those whose contact or whose signatories beside the
	// contact have the mailbox, oldest first.
	InvitationsNaming(ctx context.Context, mailbox string) ([]Invitation, error)
	// SignaturesNaming gives those whose evidence names the mailbox, or one of whose
	// mails went there, oldest first.
	SignaturesNaming(ctx context.Context, mailbox string) ([]Signature, error)
	RequestsFrom(ctx context.Context, mailbox string) ([]InvitationRequest, error) // oldest first
	MailsTo(ctx context.Context, mailbox string) ([]Delivery, error)               // oldest first
	FollowUpsNaming(ctx context.Context, mailbox string) ([]FollowUp, error)       // as asked or to be asked
	SuppressionsOf(ctx context.Context, mailbox string) ([]Suppression, error)     // by pôle
	BatchLinesNaming(ctx context.Context, mailbox string) ([]BatchLineOf, error)   // at least those with the mailbox in a cell
}

// BatchLineOf is a line of a batch.
type BatchLineOf struct {
	Batch string
	BatchRow
}

// OpeningFilter names openings of the journal. Empty fields do not narrow.
type OpeningFilter struct {
	Record   string // the one they are of; never empty
	Type     string // of the event
	Fields   []string
	Delivery string // id of the one whose events they are of
}

// RetentionWriter is what a transaction forgets.
type RetentionWriter interface {
	// ForgetInvitation drops what hangs on an invitation: acts and links of seats,
	// extracts, corrections; and is ForgetMail for each of its mails.
	ForgetInvitation(ctx context.Context, id string, now time.Time) error
	// ForgetMail empties whom a mail went to, its text and the relay's answer; its
	// key stays unique without the address. One that is not done with is cancelled,
	// and whoever sends it now cannot settle it.
	ForgetMail(ctx context.Context, id string, now time.Time) error
	// ForgetRequest empties who sent a request that is closed, and what they wrote.
	ForgetRequest(ctx context.Context, id string) error
	// ForgetFollowUps empties the mailbox, and whose it is, where it was asked or
	// is to be asked.
	ForgetFollowUps(ctx context.Context, mailbox string) error
	// ForgetBatchLine empties the cells of a line.
	ForgetBatchLine(ctx context.Context, batch string, line int) error
	// ForgetOpenings destroys openings: the chain does not need what they open.
	ForgetOpenings(ctx context.Context, f OpeningFilter) error
	// ForgetMailbox destroys the openings of every entry that names the mailbox, but
	// for those of these records, of staff accounts and of signed invitations: of
	// the last, only what was said of the yearly question.
	ForgetMailbox(ctx context.Context, mailbox string, but ...string) error
	// ForgetCopies empties the texts of the mails of an invitation.
	ForgetCopies(ctx context.Context, invitationID string) error
	// DropSeat removes the record of a seat.
	DropSeat(ctx context.Context, invitationID string, seat Seat) error
}
