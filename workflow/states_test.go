package workflow

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var allActions = []Action{ActionQueue, ActionDeliver, ActionFail, ActionConsult, ActionAwait, ActionComplete,
	ActionSign, ActionDecline, ActionTransfer, ActionResend, ActionReplace, ActionExpire, ActionRevoke,
	ActionCorrect, ActionExtend, ActionAnnotate, ActionAssign, ActionSnooze}

var allParties = []Party{PartySystem, PartyStaff, PartySignatory}

func TestNoSequenceOfActionsLeavesTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, signed := StatePrepared, 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			action := rapid.SampledFrom(allActions).Draw(t, "action")
			party := rapid.SampledFrom(allParties).Draw(t, "party")
			next, ok := state.Next(action, party)
			if !slices.Contains(States, next) {
				t.Fatalf("%s by %s from %s leads to unknown %q", action, party, state, next)
			}
			if !ok && next != state {
				t.Fatalf("refused %s moved %s to %s", action, state, next)
			}
			if ok && state == StateSigned && action != ActionAnnotate {
				t.Fatalf("a signed invitation moved by %s of %s", action, party)
			}
			if ok && next == StateSigned && state != StateSigned {
				signed++
				if party != PartySignatory || state != StateReady {
					t.Fatalf("signed by %s from %s", party, state)
				}
			}
			state = next
		}
		if signed > 1 {
			t.Fatalf("signed %d times", signed)
		}
	})
}

func TestTableIsWellFormed(t *testing.T) {
	reached := map[State]bool{StatePrepared: true}
	seen := map[string]bool{}
	for _, line := range Transitions {
		reached[line.To] = true
		for _, from := range line.From {
			key := string(line.Action) + "/" + string(line.By) + "/" + string(from)
			if seen[key] {
				t.Errorf("two lines for %s", key)
			}
			seen[key] = true
		}
	}
	for _, s := range States {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
	}
}

func TestOnlyStaffReviveAnInvitation(t *testing.T) {
	for _, closed := range []State{StateSigned, StateDeclined, StateTransferred, StateReplaced, StateExpired, StateRevoked} {
		for _, action := range allActions {
			for _, party := range []Party{PartySystem, PartySignatory} {
				if next, ok := closed.Next(action, party); ok {
					t.Errorf("%s by %s moves %s to %s", action, party, closed, next)
				}
			}
		}
	}
}

func TestPermissionsAreDeniedByDefault(t *testing.T) {
	agent := StaffActor(Staff{ID: "a", Role: RoleAgent, Poles: []string{"estrie"}})
	reader := StaffActor(Staff{ID: "r", Role: RoleReader, Poles: []string{"estrie"}})
	admin := StaffActor(Staff{ID: "x", Role: RoleAdmin})
	disabled := admin
	disabled.Staff.Disabled = true
	for _, c := range []struct {
		name  string
		actor Actor
		ask   Permission
		pole  string
		want  ErrorKind
	}{
		{"nobody", Actor{}, PermitRead, "estrie", Unauthenticated},
		{"signatory", actorSignatory, PermitRead, "estrie", Unauthenticated},
		{"disabled", disabled, PermitRead, "estrie", Unauthenticated},
		{"agent writes at home", agent, PermitWrite, "estrie", ""},
		{"agent elsewhere", agent, PermitRead, "montreal", NotFound},
		{"agent manages", agent, PermitManage, "", Forbidden},
		{"reader reads", reader, PermitRead, "estrie", ""},
		{"reader writes", reader, PermitWrite, "estrie", Forbidden},
		{"reader elsewhere", reader, PermitWrite, "montreal", NotFound},
		{"admin anywhere", admin, PermitManage, "montreal", ""},
		{"unknown role", StaffActor(Staff{Role: "king", Poles: []string{"estrie"}}), PermitRead, "estrie", Forbidden},
		{"operator", Operator(), PermitManage, "estrie", ""},
	} {
		if got := KindOf(c.actor.Permit(c.ask, c.pole)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestScopeOfAnAgentWithoutPoleIsEmptyNotEverything(t *testing.T) {
	if p := StaffActor(Staff{Role: RoleAgent}).Poles(); p == nil {
		t.Error("nil means every pôle")
	}
	if p := StaffActor(Staff{Role: RoleAdmin}).Poles(); p != nil {
		t.Errorf("administrator limited to %v", p)
	}
}
