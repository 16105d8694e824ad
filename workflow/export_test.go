package workflow_test

import (
	"strings"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// exports gives the ids of the invitations that an actor takes out.
func exports(t *testing.T, w *workflowtest.World, a workflow.Actor, f workflow.InvitationFilter) (ids []string, emails map[string]bool) {
	t.Helper()
	emails = map[string]bool{}
	err := w.ExportInvitations(t.Context(), a, f, "csv", func(v workflow.InvitationView) error {
		ids = append(ids, v.ID)
		emails[v.Contact.Email] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids, emails
}

func TestExportsStayInTheirPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		own, _ := w.Invite(t, workflowtest.Request())
		r := workflowtest.Request()
		r.Pole, r.Contact.Email, r.Organisation = "montreal", "b@example.org", "Ville de l’Ailleurs"
		other, _ := w.Invite(t, r)
		agent := workflow.StaffActor(hire(t, w, "a@example.org", workflow.RoleAgent, "estrie"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		if ids, emails := exports(t, w, agent, workflow.InvitationFilter{}); len(ids) != 1 || ids[0] != own.ID || !emails["camille@example.org"] {
			t.Errorf("an agent takes %v of %v", ids, emails)
		}
		if ids, emails := exports(t, w, reader, workflow.InvitationFilter{Pole: "estrie"}); len(ids) != 1 || !emails["c…@example.org"] {
			t.Errorf("a reader takes %v of %v", ids, emails)
		}
		if ids, _ := exports(t, w, workflow.Operator(), workflow.InvitationFilter{Query: "ailleurs"}); len(ids) != 1 || ids[0] != other.ID {
			t.Errorf("the operator takes %v", ids)
		}
		never := func(workflow.InvitationView) error { t.Error("a line came"); return nil }
		for pole, a := range map[string]workflow.Actor{"montreal": agent, "nulle-part": agent, "partir": workflow.Operator()} {
			wantKey(t, w.ExportInvitations(ctx, a, workflow.InvitationFilter{Pole: pole}, "csv", never), workflow.NotFound, "record.not-found")
			wantKey(t, w.ExportRegister(ctx, a, workflow.RegisterFilter{Pole: pole}, "csv", func(workflow.Commitment) error { return nil }),
				workflow.NotFound, "record.not-found")
		}
		wantKey(t, w.ExportInvitations(ctx, workflow.Actor{}, workflow.InvitationFilter{}, "csv", never), workflow.Unauthenticated, "session.none")
		verifySound(t, w)
	})
}

// Whatever leaves is known: who, what, how many, under which filter. What was
// searched for may be a name, and stays as erasable as one.
func TestExportsAreJournalled(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		w.Invite(t, workflowtest.Request())
		staff := hire(t, w, "a@example.org", workflow.RoleAgent, "estrie")
		exports(t, w, workflow.StaffActor(staff), workflow.InvitationFilter{Pole: "estrie", Query: "camille", State: workflow.StateSent})
		entries, err := w.Store.JournalOf(t.Context(), "list:invitations")
		if err != nil || len(entries) != 1 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		e := entries[0]
		if e.Type != "list.exported" || e.Pole != "estrie" || len(e.Openings) != 1 || e.Openings[0].Value != "camille" {
			t.Errorf("%+v", e)
		}
		for _, part := range []string{staff.ID, `"rows":"1"`, `"format":"csv"`, `"state":"sent"`} {
			if !strings.Contains(e.Body, part) {
				t.Errorf("%s lacks %s", e.Body, part)
			}
		}
		if strings.Contains(e.Body, "camille") {
			t.Errorf("%s holds what was searched for", e.Body)
		}
		verifySound(t, w)
	})
}

func TestRegisterExportIsOfOnesPoles(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for pole, name := range map[string]string{"estrie": "Ville de Rivière-Exemple", "montreal": "Ville de l’Ailleurs"} {
			r := workflowtest.Request()
			r.Pole, r.Organisation, r.Contact.Email = pole, name, pole+"@example.org"
			_, token := w.Invite(t, r)
			secret, form := w.Ready(t, token)
			if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		}
		for want, a := range map[int]workflow.Actor{1: workflow.StaffActor(hire(t, w, "a@example.org", workflow.RoleReader, "estrie")), 2: workflow.Operator()} {
			n := 0
			err := w.ExportRegister(t.Context(), a, workflow.RegisterFilter{}, "json", func(c workflow.Commitment) error {
				if n++; want == 1 && c.PoleSlug != "estrie" {
					t.Errorf("%s came", c.PoleSlug)
				}
				return nil
			})
			if err != nil || n != want {
				t.Errorf("%d lines of %d, %v", n, want, err)
			}
		}
		if entries, err := w.Store.JournalOf(t.Context(), "list:signatories"); err != nil || len(entries) != 2 {
			t.Errorf("%d entries, %v", len(entries), err)
		}
	})
}
