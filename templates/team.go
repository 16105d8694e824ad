package templates

import (
	"cmp"
	"time"

	"jachete/workflow"
)

// TeamFrame is what every page of the staff shows around its own content.
type TeamFrame struct {
	Frame
	Here    string // entry of the menu: "dashboard", "invitations", "campaigns", "signatories", "suppliers", "new", "declarations", "members", "profile"; others are no entry
	Writer  bool   // may invite, resend and revoke
	Several bool   // serves more than one pôle: lists name them
}

// Moment writes the local date and time of an instant.
func (f *TeamFrame) Moment(t time.Time) string {
	return f.T("team.moment", "Day", f.Day(t), "Time", f.Clock(t))
}

// ISO writes an instant for browsers, with its local offset (RFC 3339).
func (f *TeamFrame) ISO(t time.Time) string { return t.In(workflow.Zone).Format(time.RFC3339) }

// Mailbox is an address that was written to: whole for those who write there,
// masked for those who only read. One that is forgotten is told to be.
func (f *TeamFrame) Mailbox(address string) string {
	switch {
	case address == "":
		return f.T("contact.forgotten")
	case f.Writer:
		return address
	}
	return workflow.MaskEmail(address)
}

// Person names who was invited, or tells that the person is forgotten.
func (f *TeamFrame) Person(c workflow.Contact) string {
	return cmp.Or(c.Name, f.T("contact.forgotten"))
}

// Role names a role.
func (f *TeamFrame) Role(r workflow.Role) string { return f.T("staff-role." + string(r)) }

// Language names a language.
func (f *TeamFrame) Language(l workflow.Language) string { return f.T("language." + string(l)) }

// Event words a type of event of the journal.
func (f *TeamFrame) Event(kind string) string { return f.T("event." + kind) }

// Actor says who did something, in general.
func (f *TeamFrame) Actor(kind string) string { return f.T("actor." + kind) }

// Mail names a kind of mail.
func (f *TeamFrame) Mail(kind workflow.DeliveryKind) string { return f.T("mail." + string(kind)) }

// Mark is a state as word, shape and colour, for the block "mark".
type Mark struct{ Class, Words string }

// stateShapes are the classes of the style sheet; what is not here is open.
var stateShapes = map[workflow.State]string{
	workflow.StatePrepared: "wait", workflow.StateQueued: "wait", workflow.StateUndelivered: "bad",
	workflow.StateConsulted: "going", workflow.StateAwaitingResolution: "going", workflow.StateReady: "going",
	workflow.StateSigned: "good", workflow.StateDeclined: "ended", workflow.StateTransferred: "ended",
	workflow.StateReplaced: "ended", workflow.StateExpired: "ended", workflow.StateRevoked: "ended",
}

// StateMark describes the state of an invitation.
func (f *TeamFrame) StateMark(s workflow.State) Mark {
	return Mark{stateShapes[s], f.T("state." + string(s))}
}

var deliveryShapes = map[workflow.DeliveryState]string{
	workflow.DeliveryWaiting: "wait", workflow.DeliverySending: "wait", workflow.DeliverySent: "good",
	workflow.DeliveryFailed: "bad", workflow.DeliveryGaveUp: "bad", workflow.DeliveryCancelled: "ended",
}

// DeliveryMark describes the state of a delivery; one that waits after a
// refusal says when it is tried again.
func (f *TeamFrame) DeliveryMark(d workflow.Delivery) Mark {
	if d.State == workflow.DeliveryWaiting && d.Attempts > 0 {
		return Mark{"wait", f.T("delivery-state.again", "Moment", f.Moment(d.RunAt))}
	}
	return Mark{deliveryShapes[d.State], f.T("delivery-state." + string(d.State))}
}

// TeamList is lines of invitations, for the block "team-list".
type TeamList struct {
	*TeamFrame
	Invitations []workflow.InvitationView
	Caption     string
}

// Lines describes lines of invitations for their block.
func (f *TeamFrame) Lines(list []workflow.InvitationView, caption string) TeamList {
	return TeamList{f, list, caption}
}

// FilterForm is the filters of the list, for the block "team-filters".
type FilterForm struct {
	*TeamFrame
	TeamFilters
}

// FilterForm describes the filters for their block.
func (f *TeamFrame) FilterForm(filters TeamFilters) FilterForm { return FilterForm{f, filters} }

// Choice is a drop-down list of a form, with what is wrong with it, for the
// block "choose".
type Choice struct {
	Field
	Options []Option
	None    string // words the absence of a choice
}

// Choice describes a drop-down list of a form.
func (f *Frame) Choice(field Field, options []Option, none string) Choice {
	return Choice{field, options, none}
}

// Area is a few lines to type, for the block "area".
type Area struct {
	Field
	TextTag string // language of what is typed, BCP 47
}

// Area describes a few lines to type.
func (f *TeamFrame) Area(field Field, tag string) Area { return Area{field, tag} }
