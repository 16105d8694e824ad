package workflow_test

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// Every look at the evidence by staff or the operator is told to who signed,
// without saying who.
func TestLooksAtTheEvidence(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		h := signed(t, w, workflowtest.Request())
		if looks := h.page("").Looks; len(looks) != 0 {
			t.Fatalf("looks before any: %+v", looks)
		}
		agent := workflow.StaffActor(workflow.Staff{ID: "agent-1", Name: "Alex Exemple", Role: workflow.RoleAgent, Poles: []string{"estrie"}})
		for range 3 {
			if _, err := w.Invitation(ctx, agent, h.invitation.ID); err != nil {
				t.Fatal(err)
			}
		}
		for _, look := range []func() error{
			func() error { _, err := w.InvitationCertificate(ctx, agent, h.invitation.ID); return err },
			func() error { _, err := w.CertificateByNumber(ctx, workflow.Operator(), h.number); return err },
			func() error {
				return w.ExportInvitations(ctx, agent, workflow.InvitationFilter{Pole: "estrie"}, "csv", func(workflow.InvitationView) error { return nil })
			},
			func() error {
				return w.ExportInvitations(ctx, workflow.Operator(), workflow.InvitationFilter{Pole: "monteregie-est"}, "csv", func(workflow.InvitationView) error { return nil })
			},
		} {
			w.Clock.Move(time.Minute)
			if err := look(); err != nil && !workflow.IsKind(err, workflow.NotFound) {
				t.Fatal(err)
			}
		}
		var got []string
		for _, l := range h.page("").Looks {
			got = append(got, l.What+" "+string(l.By)+" "+string(l.Role))
		}
		want := []string{"list.exported staff ", "certificate.downloaded operator ", "certificate.downloaded staff agent", "evidence.viewed staff agent"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
		w.Clock.Move(2 * time.Hour)
		if _, err := w.Invitation(ctx, agent, h.invitation.ID); err != nil || len(h.page("").Looks) != len(want)+1 {
			t.Errorf("a later look is not told: %v", err)
		}
		verifySound(t, w)
	})
}

// The copy of one's data holds everything of that person and nothing of
// another.
func TestPersonalData(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		r.Contact = workflow.Contact{Name: "Dominique Autre", Function: "Adjointe", Email: "dominique@example.org"}
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
		if err != nil {
			t.Fatal(err)
		}
		w.Deliver(t)
		if err := w.CorrectContact(t.Context(), workflow.Operator(), inv.ID, workflowtest.Request().Contact); err != nil {
			t.Fatal(err)
		}
		h := signedFrom(t, w, inv)
		_, _, err = w.PersonalData(t.Context(), h.token, "", workflowtest.Visit)
		wantKey(t, err, workflow.Unauthenticated, "manage.unconfirmed")
		number, file, err := w.PersonalData(t.Context(), h.token, h.confirmed(), workflowtest.Visit)
		if err != nil || number != h.number || !json.Valid(file) || !strings.Contains(string(file), "\n  \"signatory\": {\n") {
			t.Fatalf("%s, %v\n%s", number, err, file)
		}
		for _, own := range []string{`"name": "Camille Exemple"`, `"email": "camille@example.org"`, `"ip": "192.0.2.7"`, h.number, `"kind": "certificate"`,
			`"type": "signed"`, `"consent"`, `"chosen_at_signing"`, `"looks_at_the_evidence"`, `"corrections"`} {
			if !strings.Contains(string(file), own) {
				t.Errorf("%s is not in it:\n%s", own, file)
			}
		}
		for _, others := range []string{"dominique", "Dominique", "session_hash"} {
			if strings.Contains(string(file), others) {
				t.Errorf("%s is in it", others)
			}
		}
	})
}

// signedFrom goes from an invitation whose last mail was not read yet to the
// certificate mail.
func signedFrom(t *testing.T, w *workflowtest.World, inv workflow.Invitation) *holder {
	t.Helper()
	h := &holder{World: w, t: t, invitation: inv}
	for _, m := range w.Deliver(t) {
		h.token = path.Base(m.LinkURL)
	}
	secret, form := w.Ready(t, h.token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	h.number = number
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryCertificate {
			h.token = path.Base(m.LinkURL)
		}
	}
	return h
}
