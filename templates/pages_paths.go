package templates

import (
	"time"

	"jachete/workflow"
)

// SignLater is the page that puts reminders off.
type SignLater struct {
	Step
	Now  time.Time
	When workflow.SnoozeChoice
	Date string // as typed
}

// File implements [Page].
func (*SignLater) File() string { return "sign_later" }

// Days are the proposals, with the day each means.
func (p *SignLater) Days() (list []Option) {
	for _, d := range workflow.SnoozeDays(p.Now, p.Signing.Invitation.ExpiresAt) {
		list = append(list, Option{string(d.Choice), p.T("later."+string(d.Choice), "Day", p.CivilDay(d.Day)), d.Choice == p.When})
	}
	return append(list, Option{string(workflow.SnoozeDate), p.T("later.date"), p.When == workflow.SnoozeDate})
}

// Snoozed tells that a day was asked for and has not passed.
func (p *SignLater) Snoozed() bool {
	return p.Signing.Invitation.SnoozedUntil >= workflow.CivilDate(p.Now)
}

// Next is the day of the next reminder, or empty when none will come.
func (p *SignLater) Next() string {
	if at := p.Signing.Invitation.NextReminder(p.Now); !at.IsZero() {
		return p.Day(at)
	}
	return ""
}

// SignTransfer is the page that names a colleague.
type SignTransfer struct {
	Step
	Form workflow.TransferForm
}

// File implements [Page].
func (*SignTransfer) File() string { return "sign_transfer" }

// SignDecline is the page that says no.
type SignDecline struct {
	Step
	Form workflow.DeclineForm
}

// File implements [Page].
func (*SignDecline) File() string { return "sign_decline" }

// Reasons are what the page offers.
func (p *SignDecline) Reasons() (list []Option) {
	for _, reason := range workflow.RefusalReasons {
		list = append(list, Option{string(reason), p.T("refusal." + string(reason)), reason == p.Form.Reason})
	}
	return list
}

// Transferred says that a colleague takes over.
type Transferred struct {
	Frame
	Farewell workflow.Farewell
}

// File implements [Page].
func (*Transferred) File() string { return "transferred" }

// Declined says that the answer was passed on, and how to come back.
type Declined struct {
	Frame
	Farewell workflow.Farewell
}

// File implements [Page].
func (*Declined) File() string { return "declined" }

// SessionEnded is what a browser gets whose session is over: how to go on, and
// what was typed in the form it sent.
type SessionEnded struct {
	Frame
	Answers []TypedAnswer
}

// File implements [Page].
func (*SessionEnded) File() string { return "session_ended" }

// TypedAnswer is a field of a form that was sent too late.
type TypedAnswer struct{ Label, Value string }
