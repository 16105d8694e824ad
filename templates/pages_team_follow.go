package templates

import (
	"time"

	"jachete/workflow"
)

// TeamInvitations is the list of invitations.
type TeamInvitations struct {
	TeamFrame
	Found          []workflow.InvitationView
	Total          int
	Page, Pages    int
	Previous, Next string // addresses, or empty
	Filters        TeamFilters
	List           ListFilters
}

// File implements [Page].
func (*TeamInvitations) File() string { return "team_invitations" }

// ListFilters are what the list has besides the filters of the dashboard.
type ListFilters struct {
	Campaigns, Sorts []Option
	Hidden           []HiddenField // asked for on the dashboard
	From, To         string        // dates as typed
	Size             string        // lines a page, or empty for the usual number
	Views            []View
	Columns          map[string]Column // by sort
	Sizes            []Option          // values are addresses
	Exports          []Option          // the list as a file; values are addresses
	Wider            []Option          // other questions to ask when nothing was found; values are addresses
}

// View is a question staff often ask, with its answer.
type View struct {
	Address, Label string
	Count          int
	Here           bool
}

// Column is the heading of a column that sorts.
type Column struct {
	Address string // sorts by it, or the other way round
	Sorted  string // of aria-sort, or empty
}

// TeamInvitation is one invitation.
type TeamInvitation struct {
	TeamFrame
	Found       workflow.InvitationPage
	Place       string
	Campaign    string      // name, or empty
	Events      []TeamEvent // oldest first
	Mails       []TeamMail  // oldest first
	May         map[workflow.Action]bool
	Edit        workflow.Action // form that came back to be corrected, or empty
	Contact     workflow.Contact
	Civilities  []Option
	Campaigns   []Option
	Deadline    string // as typed
	Note        string // as typed
	NEQDoubtful bool
	Done        string // the end of a key "invitation.done-", or empty
	Reminders   InvitationReminders
	Reinvite    bool // the reader may invite to sign a corrected version
}

// File implements [Page].
func (*TeamInvitation) File() string { return "team_invitation" }

// Acts tells whether anything but the note may be done now.
func (p *TeamInvitation) Acts() bool {
	return p.May[workflow.ActionResend] || p.May[workflow.ActionCorrect] || p.May[workflow.ActionExtend] || p.May[workflow.ActionRevoke]
}

// Can tells whether this person may do that to the invitation now.
func (p *TeamInvitation) Can(action string) bool { return p.May[workflow.Action(action)] }

// Editing tells whether the form of an action came back.
func (p *TeamInvitation) Editing(action string) bool { return p.Edit == workflow.Action(action) }

// TeamEvent is something that happened to an invitation.
type TeamEvent struct {
	At     time.Time
	Type   string                // of the journal
	Actor  string                // kind of actor, or "you"
	Mail   workflow.DeliveryKind // for deliveries
	Detail string                // a sentence more, or empty
	Answer string                // last words of the relay, for deliveries
	Copy   string                // address of the mail's copy, or empty
}

// TeamMail is a mail of an invitation.
type TeamMail struct {
	workflow.Delivery
	ReadAt string // address of its copy, or empty
}

// TeamMailCopy is a mail as it went.
type TeamMailCopy struct {
	TeamFrame
	Found         workflow.MailCopy
	Subject, Text string // empty when there is no copy
}

// File implements [Page].
func (*TeamMailCopy) File() string { return "team_mail_copy" }

// Head is a heading that sorts, for the block "sort-head".
type Head struct {
	Label  string
	Column Column
}

// Head describes the heading of a sort; label is the key of its words.
func (p *TeamInvitations) Head(sort, label string, columns map[string]Column) Head {
	return Head{Label: p.T(label), Column: columns[sort]}
}
