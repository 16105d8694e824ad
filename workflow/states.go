package workflow

import (
	"cmp"
	"slices"
)

// State is where an invitation stands.
type State string

// The states of the glossary.
const (
	StatePrepared           State = "prepared"
	StateQueued             State = "queued"
	StateSent               State = "sent"        // the relay said 250
	StateUndelivered        State = "undelivered" // refused for good, or given up
	StateConsulted          State = "consulted"   // a person pressed the button; a fetched link is not this
	StateAwaitingResolution State = "awaiting-resolution"
	StateReady              State = "ready"
	StateSigned             State = "signed"
	StateDeclined           State = "declined"
	StateTransferred        State = "transferred"
	StateReplaced           State = "replaced"
	StateExpired            State = "expired"
	StateRevoked            State = "revoked"
)

// States lists every state, in the order of the story.
var States = []State{
	StatePrepared, StateQueued, StateSent, StateUndelivered, StateConsulted,
	StateAwaitingResolution, StateReady, StateSigned, StateDeclined,
	StateTransferred, StateReplaced, StateExpired, StateRevoked,
}

// Action is what moves an invitation from one state to another.
type Action string

// The actions.
const (
	ActionQueue    Action = "queue"    // give the mail to the delivery worker
	ActionDeliver  Action = "deliver"  // the relay accepted it
	ActionFail     Action = "fail"     // the relay refused it for good
	ActionConsult  Action = "consult"  // exchange the link for a session
	ActionAwait    Action = "await"    // a council must decide first
	ActionComplete Action = "complete" // all details given
	ActionGive     Action = "give"     // sign before the others have
	ActionSign     Action = "sign"
	ActionDecline  Action = "decline"
	ActionTransfer Action = "transfer" // to a colleague
	ActionResend   Action = "resend"   // new link, the old one dies
	ActionReplace  Action = "replace"  // another invitation takes over
	ActionExpire   Action = "expire"
	ActionRevoke   Action = "revoke"
	ActionCorrect  Action = "correct" // the address was wrong: new link to the right one, the old one dies
	ActionExtend   Action = "extend"  // another term, the same link
	ActionAnnotate Action = "annotate"
	ActionAssign   Action = "assign" // to a campaign, or to none
	// ActionCountersign has the pôle sign too, or no longer.
	ActionCountersign Action = "countersign"
	ActionSnooze      Action = "snooze" // not now: no reminder before a day
)

// Party is who performs an action.
type Party string

// The parties.
const (
	PartySystem    Party = "system"
	PartyStaff     Party = "staff"
	PartySignatory Party = "signatory"
)

// Transition is one line of the table: these states, by this action of this
// party, become that state. An empty To leaves each where it is.
type Transition struct {
	Action Action
	From   []State
	To     State
	By     Party
}

var (
	beforeReading = []State{StateQueued, StateSent, StateUndelivered}
	inHand        = []State{StateConsulted, StateAwaitingResolution, StateReady}
	open          = slices.Concat([]State{StatePrepared}, beforeReading, inHand)
)

// Transitions is the whole life of an invitation. Nothing else moves one.
var Transitions = []Transition{
	{ActionQueue, []State{StatePrepared}, StateQueued, PartyStaff},
	{ActionDeliver, []State{StateQueued}, StateSent, PartySystem},
	{ActionFail, []State{StateQueued, StateSent}, StateUndelivered, PartySystem},
	{ActionConsult, beforeReading, StateConsulted, PartySignatory},
	{ActionAwait, inHand, StateAwaitingResolution, PartySignatory},
	{ActionComplete, inHand, StateReady, PartySignatory},
	{ActionGive, []State{StateReady}, "", PartySignatory},
	{ActionSign, []State{StateReady}, StateSigned, PartySignatory},
	{ActionDecline, inHand, StateDeclined, PartySignatory},
	{ActionTransfer, inHand, StateTransferred, PartySignatory},
	{ActionResend, slices.Concat(open, []State{StateExpired, StateDeclined}), StateQueued, PartyStaff},
	{ActionReplace, open, StateReplaced, PartyStaff},
	{ActionExpire, open, StateExpired, PartySystem},
	{ActionRevoke, open, StateRevoked, PartyStaff},
	{ActionCorrect, slices.Concat(open, []State{StateExpired}), StateQueued, PartyStaff},
	{ActionExtend, open, "", PartyStaff},
	{ActionAnnotate, States, "", PartyStaff},
	{ActionAssign, open, "", PartyStaff},
	{ActionCountersign, open, "", PartyStaff},
	{ActionSnooze, inHand, "", PartySignatory},
}

// Next gives the state that follows when the party performs the action, and
// false when the table has no such line.
func (s State) Next(a Action, by Party) (State, bool) {
	for _, t := range Transitions {
		if t.Action == a && t.By == by && slices.Contains(t.From, s) {
			return cmp.Or(t.To, s), true
		}
	}
	return s, false
}

// Can tells whether the party may perform the action now.
func (s State) Can(a Action, by Party) bool {
	_, ok := s.Next(a, by)
	return ok
}

// Open tells that the invitation still waits for somebody.
func (s State) Open() bool { return slices.Contains(open, s) }
