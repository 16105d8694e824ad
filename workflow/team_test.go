package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func hire(t *testing.T, w *workflowtest.World, email string, role workflow.Role, poles ...string) workflow.Staff {
	t.Helper()
	s, err := w.AddStaff(t.Context(), workflow.Operator(), workflow.StaffRequest{Email: email, Name: "Jo Exemple", Role: role, Poles: poles})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// signIn goes through the mailed code.
func signIn(t *testing.T, w *workflowtest.World, email string) string {
	t.Helper()
	browser := w.Browser()
	if err := w.StartSignIn(t.Context(), email, browser, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	secret, err := w.FinishSignIn(t.Context(), email, browser, waitCode(t, w), workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// waitCode waits for the mail that is sent behind the answer.
func waitCode(t *testing.T, w *workflowtest.World) string {
	t.Helper()
	for range 200 {
		if len(w.Courier.Codes()) > 0 {
			return w.Courier.Last(t)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no code came")
	return ""
}

func TestSignInByMailedCode(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie")
		secret := signIn(t, w, "Agent@Example.org")
		v, err := w.StaffSession(t.Context(), secret)
		if err != nil || !v.SecondFactor || v.Actor().Permit(workflow.PermitWrite, "estrie") != nil {
			t.Errorf("%+v, %v", v, err)
		}
		if err := w.SignOut(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		_, err = w.StaffSession(t.Context(), secret)
		wantKey(t, err, workflow.Unauthenticated, "session.none")
	})
}

func TestSignInCodeIsBoundToItsBrowserAndWorksOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie")
		ctx, browser := t.Context(), w.Browser()
		if err := w.StartSignIn(ctx, "agent@example.org", browser, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		code := waitCode(t, w)
		finish := func(browser, code string) error {
			_, err := w.FinishSignIn(ctx, "agent@example.org", browser, code, workflowtest.Visit)
			return err
		}
		wantField(t, finish(w.Browser(), code), "code", "sign-in.wrong")
		wantField(t, finish(browser, "00000000"), "code", "sign-in.wrong")
		if err := finish(browser, code); err != nil {
			t.Fatal(err)
		}
		wantField(t, finish(browser, code), "code", "sign-in.wrong")
	})
}

func TestUnknownAddressGetsTheSameAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		browser := w.Browser()
		if err := w.StartSignIn(t.Context(), "personne@example.org", browser, workflowtest.Visit); err != nil {
			t.Errorf("unlike a known one: %v", err)
		}
		_, err := w.FinishSignIn(t.Context(), "personne@example.org", browser, "ABCDEFGH", workflowtest.Visit)
		wantField(t, err, "code", "sign-in.wrong")
		if len(w.Courier.Codes()) != 0 {
			t.Error("a code was mailed to a stranger")
		}
	})
}

func TestDisablingActsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		hire(t, w, "agent@example.org", workflow.RoleAgent, "estrie")
		secret := signIn(t, w, "agent@example.org")
		if err := w.DisableStaff(t.Context(), workflow.Operator(), "agent@example.org"); err != nil {
			t.Fatal(err)
		}
		_, err := w.StaffSession(t.Context(), secret)
		wantKey(t, err, workflow.Unauthenticated, "session.none")
	})
}

func TestAdministratorsNeedASecondFactor(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		hire(t, w, "admin@example.org", workflow.RoleAdmin)
		secret := signIn(t, w, "admin@example.org")
		v, err := w.StaffSession(ctx, secret)
		if err != nil || v.SecondFactor || v.Enrolled || v.Actor().Permit(workflow.PermitRead, "estrie") == nil {
			t.Fatalf("before the second factor: %+v, %v", v, err)
		}
		key, _, err := w.EnrolSecondFactor(ctx, secret)
		if err != nil {
			t.Fatal(err)
		}
		code := func() string { return workflowtest.TOTP(key, w.Clock.Now().Unix()/30) }
		pass := func(code string) error {
			fresh, err := w.PassSecondFactor(ctx, secret, code, workflowtest.Visit)
			if err == nil {
				_, old := w.StaffSession(ctx, secret)
				wantKey(t, old, workflow.Unauthenticated, "session.none")
				secret = fresh
			}
			return err
		}
		wantField(t, pass("abcdef"), "code", "totp.wrong")
		used := code()
		if err := pass(used); err != nil {
			t.Fatal(err)
		}
		wantField(t, pass(used), "code", "totp.used")
		if v, err := w.StaffSession(ctx, secret); err != nil || v.Actor().Permit(workflow.PermitManage, "") != nil {
			t.Errorf("after the second factor: %+v, %v", v, err)
		}
		_, _, err = w.EnrolSecondFactor(ctx, secret)
		wantKey(t, err, workflow.Conflict, "totp.enrolled")
	})
}

func TestAnotherPolesRecordIsUnknown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, _ := w.Invite(t, workflowtest.Request())
		stranger := workflow.StaffActor(hire(t, w, "b@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		for name, ask := range map[string]func(workflow.Actor, string) error{
			"read":        func(a workflow.Actor, id string) error { _, err := w.Invitation(ctx, a, id); return err },
			"resend":      func(a workflow.Actor, id string) error { return w.Resend(ctx, a, id) },
			"revoke":      func(a workflow.Actor, id string) error { return w.Revoke(ctx, a, id) },
			"certificate": func(a workflow.Actor, id string) error { _, err := w.InvitationCertificate(ctx, a, id); return err },
		} {
			there, nowhere := ask(stranger, inv.ID), ask(stranger, "nowhere")
			if there == nil || there.Error() != nowhere.Error() || !workflow.IsKind(there, workflow.NotFound) {
				t.Errorf("%s: %v for another pôle's, %v for an unknown one", name, there, nowhere)
			}
		}
		wantKey(t, w.Revoke(ctx, reader, inv.ID), workflow.Forbidden, "role.insufficient")
		list, total, err := w.Invitations(ctx, stranger, workflow.InvitationFilter{})
		if err != nil || total != 0 || len(list) != 0 {
			t.Errorf("the stranger sees %d invitations, %v", total, err)
		}
		list, _, err = w.Invitations(ctx, reader, workflow.InvitationFilter{})
		if err != nil || len(list) != 1 {
			t.Errorf("the reader sees %d invitations, %v", len(list), err)
		}
		r := workflowtest.Request()
		_, err = w.Service.Invite(ctx, stranger, r)
		wantKey(t, err, workflow.NotFound, "record.not-found")
	})
}

func TestPublishedTextCannotChange(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		d := workflow.Declaration{ID: workflow.DeclarationID, Version: "1.0", TitleFR: "x", TitleEN: "x",
			TextFR: workflowtest.DeclarationFR, TextEN: workflowtest.DeclarationEN}
		if err := w.Seed(t.Context(), []workflow.Declaration{d}); err != nil {
			t.Errorf("the same text again: %v", err)
		}
		d.TextFR += "."
		if err := w.Seed(t.Context(), []workflow.Declaration{d}); err == nil {
			t.Error("another text took the place of version 1.0")
		}
		poles, err := w.Poles(t.Context())
		if err != nil || len(poles) != 19 {
			t.Errorf("%d pôles, %v", len(poles), err)
		}
	})
}
