package workflow

import "time"

// DeliveryKind is the mail to compose. The queue holds no secret: links are
// minted when composing.
type DeliveryKind string

// The mails that are queued. Codes are not: they go at once or not at all.
const (
	DeliveryInvitation  DeliveryKind = "invitation"
	DeliveryReminder    DeliveryKind = "reminder"
	DeliveryCertificate DeliveryKind = "certificate" // to the signatory, PDF attached
	DeliveryPoleCopy    DeliveryKind = "pole-copy"   // to the pôle, PDF attached
	DeliveryWelcome     DeliveryKind = "welcome"     // to a new member of staff
	DeliveryCosign      DeliveryKind = "cosign"      // to who signs beside the contact
	DeliveryTransferred DeliveryKind = "transferred" // to the pôle and to who was invited: a colleague takes over
	DeliveryDeclined    DeliveryKind = "declined"    // to the pôle
)

// DeliveryState is where a delivery stands.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryWaiting   DeliveryState = "waiting"   // its time comes, or comes again after a temporary refusal
	DeliverySending   DeliveryState = "sending"   // a worker holds the lease
	DeliverySent      DeliveryState = "sent"      // the relay said 250
	DeliveryFailed    DeliveryState = "failed"    // refused for good
	DeliveryGaveUp    DeliveryState = "gave-up"   // 72 h of temporary refusals
	DeliveryCancelled DeliveryState = "cancelled" // no longer wanted (revoked, replaced, unsubscribed)
)

// Delivery is one mail to one recipient. Staff see it, so it is a record of
// the domain and not only a job.
type Delivery struct {
	ID           string
	Key          string // unique: the same mail is never queued twice
	Kind         DeliveryKind
	InvitationID string // empty for a mail to staff
	StaffID      string // for DeliveryWelcome
	Seat         Seat   // whom it is for, among those who sign; empty for the contact
	PoleSlug     string
	Issue        int // of the invitation's link when queued
	Recipient    string
	Language     Language
	MessageID    string // fixed, without angle brackets: a retry is recognisable
	State        DeliveryState
	RunAt        time.Time
	LeaseUntil   time.Time
	Lease        string // random, fences a worker that lost its turn
	Attempts     int
	Answer       string // last words of the relay
	LinkOnly     bool   // the relay refused the size: send a link instead of the file
	Copy         string // plain text of the mail as it went, its link masked; empty until sent
	CreatedAt    time.Time
	FinishedAt   time.Time
}

// Outcome is what became of one attempt.
type Outcome struct {
	At        time.Time
	Sent      bool
	Permanent bool // refused for good
	TooBig    bool // refused for its size (552): worth another try without the file
	Answer    string
	Copy      string // see Delivery
}

// giveUpAfter bounds the retries of a temporary refusal.
const giveUpAfter = 72 * time.Hour

var backOff = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour,
}

// settle gives the delivery as it stands after an attempt.
func (d Delivery) settle(o Outcome) Delivery {
	d.Answer, d.Copy, d.Lease, d.LeaseUntil = o.Answer, o.Copy, "", time.Time{}
	switch {
	case o.Sent:
		d.State, d.FinishedAt = DeliverySent, o.At
	case o.TooBig && !d.LinkOnly:
		d.State, d.LinkOnly, d.RunAt = DeliveryWaiting, true, o.At
	case o.Permanent || o.TooBig:
		d.State, d.FinishedAt = DeliveryFailed, o.At
	case o.At.Sub(d.CreatedAt) >= giveUpAfter:
		d.State, d.FinishedAt = DeliveryGaveUp, o.At
	default:
		d.State, d.RunAt = DeliveryWaiting, o.At.Add(backOff[min(max(d.Attempts-1, 0), len(backOff)-1)])
	}
	return d
}
