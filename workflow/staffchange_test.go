package workflow_test

import (
	"strings"
	"sync"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestInvitedColleagueIsWelcomed(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		r := workflow.StaffRequest{Email: "Jo@Example.org", Name: "Jo Exemple", Role: workflow.RoleAgent, Poles: []string{"montreal", "estrie", "estrie"}}
		staff, err := w.InviteStaff(ctx, a, r)
		if err != nil || strings.Join(staff.Poles, " ") != "estrie montreal" {
			t.Fatalf("%+v, %v", staff, err)
		}
		_, err = w.InviteStaff(ctx, a, r)
		wantKey(t, err, workflow.Conflict, "staff.exists")
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Kind != workflow.DeliveryWelcome || mails[0].Delivery.Recipient != "jo@example.org" ||
			mails[0].LinkURL != workflowtest.BaseURL+"/equipe/connexion" || mails[0].Role != workflow.RoleAgent {
			t.Errorf("mailed %+v", mails)
		}
		c, err := w.Colleague(ctx, a, staff.ID)
		if err != nil || len(c.Events) != 2 || c.Events[0].Type != "staff.added" || c.Events[1].Type != "delivery.sent" {
			t.Errorf("%+v, %v", c.Events, err)
		}
		r.Poles, r.Email = nil, "k@example.org"
		_, err = w.InviteStaff(ctx, a, r)
		wantField(t, err, "pole", "pole.missing")
	})
}

func TestWelcomeOfAClosedAccountIsNotSent(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		staff, err := w.InviteStaff(t.Context(), workflow.Operator(), workflow.StaffRequest{Email: "jo@example.org", Name: "Jo", Role: workflow.RoleAdmin})
		if err != nil {
			t.Fatal(err)
		}
		hire(t, w, "other@example.org", workflow.RoleAdmin)
		if err := w.CloseStaff(t.Context(), workflow.Operator(), staff.ID); err != nil {
			t.Fatal(err)
		}
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("mailed %+v", mails)
		}
	})
}

// What changes about a person acts on the next request, in a browser that is
// signed in already.
func TestChangesActOnTheNextRequest(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		hire(t, w, "admin@example.org", workflow.RoleAdmin)
		jo := hire(t, w, "jo@example.org", workflow.RoleAgent, "estrie")
		secret := signIn(t, w, "jo@example.org")
		may := func(p workflow.Permission, pole string) bool {
			v, err := w.StaffSession(ctx, secret)
			return err == nil && v.Actor().Permit(p, pole) == nil
		}
		change := func(role workflow.Role, poles ...string) {
			t.Helper()
			if err := w.ChangeStaff(ctx, a, jo.ID, workflow.StaffChange{Name: "Jo Exemple", Role: role, Poles: poles}); err != nil {
				t.Fatal(err)
			}
		}
		if !may(workflow.PermitWrite, "estrie") || may(workflow.PermitRead, "montreal") {
			t.Fatal("the story does not start as it should")
		}
		if change(workflow.RoleAgent, "montreal", "laval"); may(workflow.PermitRead, "estrie") || !may(workflow.PermitWrite, "montreal") || !may(workflow.PermitWrite, "laval") {
			t.Error("other pôles")
		}
		if change(workflow.RoleReader, "montreal"); may(workflow.PermitWrite, "montreal") || !may(workflow.PermitRead, "montreal") {
			t.Error("a role that reads")
		}
		if change(workflow.RoleAdmin); may(workflow.PermitRead, "montreal") {
			t.Error("an administrator without a second factor may do something")
		}
		if change(workflow.RoleAgent, "estrie"); !may(workflow.PermitWrite, "estrie") {
			t.Error("back again")
		}
		if err := w.CloseStaff(ctx, a, jo.ID); err != nil || may(workflow.PermitRead, "estrie") {
			t.Errorf("a closed account goes on, %v", err)
		}
		if err := w.ReopenStaff(ctx, a, jo.ID); err != nil || may(workflow.PermitRead, "estrie") {
			t.Errorf("the session came back with the account, %v", err)
		}
		c, err := w.Colleague(ctx, a, jo.ID)
		if err != nil {
			t.Fatal(err)
		}
		var types []string
		for _, e := range c.Events {
			types = append(types, e.Type)
			if strings.Contains(e.Body, "montreal") || strings.Contains(e.Body, "Jo Exemple") {
				t.Errorf("the journal keeps a value: %s", e.Body)
			}
		}
		want := "staff.added staff.changed staff.changed staff.changed staff.changed staff.disabled staff.enabled"
		if strings.Join(types, " ") != want {
			t.Errorf("journal: %v", types)
		}
	})
}

func TestLastAdministratorStays(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, a := t.Context(), workflow.Operator()
		last := hire(t, w, "last@example.org", workflow.RoleAdmin)
		closed := hire(t, w, "closed@example.org", workflow.RoleAdmin)
		hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie")
		if err := w.CloseStaff(ctx, a, closed.ID); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.CloseStaff(ctx, a, last.ID), workflow.Conflict, "staff.last-admin")
		wantKey(t, w.DisableStaff(ctx, a, "last@example.org"), workflow.Conflict, "staff.last-admin")
		demote := workflow.StaffChange{Name: "Jo", Role: workflow.RoleAgent, Poles: []string{"estrie"}}
		wantKey(t, w.ChangeStaff(ctx, a, last.ID, demote), workflow.Conflict, "staff.last-admin")
		if err := w.ChangeStaff(ctx, a, last.ID, workflow.StaffChange{Name: "Autre Nom", Role: workflow.RoleAdmin}); err != nil {
			t.Error(err)
		}
		if err := w.ReopenStaff(ctx, a, closed.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.ChangeStaff(ctx, a, last.ID, demote); err != nil {
			t.Error(err)
		}
	})
}

// Administrators who close each other's accounts at once leave one open.
func TestAdministratorsCannotAllClose(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		var group sync.WaitGroup
		for _, email := range []string{"a@example.org", "b@example.org", "c@example.org", "d@example.org"} {
			hire(t, w, email, workflow.RoleAdmin)
		}
		list, err := w.StaffList(t.Context(), workflow.Operator())
		if err != nil {
			t.Fatal(err)
		}
		for _, staff := range list {
			group.Go(func() {
				if err := w.CloseStaff(t.Context(), workflow.Operator(), staff.ID); err != nil && workflow.KeyOf(err) != "staff.last-admin" {
					t.Error(err)
				}
			})
		}
		group.Wait()
		open := 0
		list, err = w.StaffList(t.Context(), workflow.Operator())
		for _, staff := range list {
			if !staff.Disabled {
				open++
			}
		}
		if open != 1 || err != nil {
			t.Errorf("%d administrators are left, %v", open, err)
		}
	})
}

func TestColleagues(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		admin := hire(t, w, "admin@example.org", workflow.RoleAdmin)
		agent := hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie")
		hire(t, w, "both@example.org", workflow.RoleReader, "estrie", "montreal")
		far := hire(t, w, "far@example.org", workflow.RoleAgent, "montreal")
		gone := hire(t, w, "gone@example.org", workflow.RoleAgent, "estrie")
		if err := w.CloseStaff(ctx, workflow.Operator(), gone.ID); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[*workflow.Staff]int{&admin: 5, &agent: 3, &far: 3} {
			list, err := w.Colleagues(ctx, workflow.StaffActor(*who))
			if err != nil || len(list) != want {
				t.Errorf("%s knows %d people, %v, want %d", who.Email, len(list), err, want)
			}
		}
		a := workflow.StaffActor(agent)
		if c, err := w.Colleague(ctx, a, admin.ID); err != nil || len(c.Events) != 0 {
			t.Errorf("an agent sees %+v, %v", c.Events, err)
		}
		for _, id := range []string{far.ID, gone.ID, "nowhere"} {
			_, err := w.Colleague(ctx, a, id)
			wantKey(t, err, workflow.NotFound, "record.not-found")
		}
		wantKey(t, w.CloseStaff(ctx, a, far.ID), workflow.Forbidden, "role.insufficient")
		wantKey(t, w.ChangeStaff(ctx, a, far.ID, workflow.StaffChange{}), workflow.Forbidden, "role.insufficient")
		wantKey(t, w.ResetSecondFactor(ctx, a, far.ID), workflow.Forbidden, "role.insufficient")
		wantKey(t, w.ReopenStaff(ctx, workflow.Operator(), "nowhere"), workflow.NotFound, "record.not-found")
	})
}
