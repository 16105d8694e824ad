package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// totp is the code of a secret at this moment.
func totp(w *workflowtest.World, key string) string {
	return workflowtest.TOTP(key, w.Clock.Now().Unix()/30)
}

// enrolled signs an administrator in, up to the second factor.
func enrolled(t *testing.T, w *workflowtest.World, email string) (secret, key string) {
	t.Helper()
	half := openSession(t, w, email, firefox)
	key, _, err := w.EnrolSecondFactor(t.Context(), half)
	if err != nil {
		t.Fatal(err)
	}
	secret, err = w.PassSecondFactor(t.Context(), half, totp(w, key), workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return secret, key
}

func TestReplacingTheAuthenticator(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		hire(t, w, "admin@example.org", workflow.RoleAdmin)
		secret, old := enrolled(t, w, "admin@example.org")
		half := openSession(t, w, "admin@example.org", iPhone)
		fresh, _, err := w.ReplacementKey(ctx, secret)
		if err != nil || fresh == old {
			t.Fatalf("offered %q, %v", fresh, err)
		}
		replace := func(secret, current, code string) (string, error) {
			return w.ReplaceSecondFactor(ctx, secret, current, code, workflowtest.Visit)
		}
		_, err = replace(half, totp(w, old), totp(w, fresh))
		wantKey(t, err, workflow.Conflict, "totp.none") // has not passed the one there is
		_, err = replace(secret, totp(w, old), totp(w, fresh))
		wantField(t, err, "current", "totp.used") // the code that signed in
		w.Clock.Move(time.Minute)
		_, err = replace(secret, "000000", totp(w, fresh))
		wantField(t, err, "current", "totp.wrong")
		_, err = replace(secret, totp(w, old), "000000")
		wantField(t, err, "code", "totp.wrong")
		if again, _, _ := w.ReplacementKey(ctx, secret); again != fresh {
			t.Error("a wrong code changed what is offered: the person would have to start again")
		}
		next, err := replace(secret, totp(w, old), totp(w, fresh))
		if err != nil {
			t.Fatal(err)
		}
		for _, dead := range []string{secret, half} {
			_, err := w.StaffSession(ctx, dead)
			wantKey(t, err, workflow.Unauthenticated, "session.none")
		}
		if v, err := w.StaffSession(ctx, next); err != nil || v.Actor().Permit(workflow.PermitManage, "") != nil {
			t.Errorf("%+v, %v", v, err)
		}
		w.Clock.Move(6 * time.Minute) // the tries above were counted
		half = openSession(t, w, "admin@example.org", firefox)
		_, err = w.PassSecondFactor(ctx, half, totp(w, old), workflowtest.Visit)
		wantField(t, err, "code", "totp.wrong")
		if _, err := w.PassSecondFactor(ctx, half, totp(w, fresh), workflowtest.Visit); err != nil {
			t.Error(err)
		}
	})
}

func TestGuessingTheCurrentCodeIsSlowedDown(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		hire(t, w, "admin@example.org", workflow.RoleAdmin)
		secret, _ := enrolled(t, w, "admin@example.org")
		var err error
		for range 5 {
			_, err = w.ReplaceSecondFactor(t.Context(), secret, "000000", "000000", workflowtest.Visit)
		}
		wantKey(t, err, workflow.Limited, "limit.totp")
	})
}

func TestResettingTheAuthenticator(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		admin, jo := hire(t, w, "admin@example.org", workflow.RoleAdmin), hire(t, w, "jo@example.org", workflow.RoleAdmin)
		secret, old := enrolled(t, w, "jo@example.org")
		seen, _, err := w.ReplacementKey(ctx, secret)
		if err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.ResetSecondFactor(ctx, workflow.StaffActor(jo), jo.ID), workflow.Conflict, "staff.self")
		if err := w.ResetSecondFactor(ctx, workflow.StaffActor(admin), jo.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.StaffSession(ctx, secret)
		wantKey(t, err, workflow.Unauthenticated, "session.none")
		w.Clock.Move(time.Minute)
		half := openSession(t, w, "jo@example.org", firefox)
		key, _, err := w.EnrolSecondFactor(ctx, half)
		if err != nil || key == old || key == seen {
			t.Errorf("offered again what somebody may have seen: %q, %v", key, err)
		}
		_, err = w.PassSecondFactor(ctx, half, totp(w, old), workflowtest.Visit)
		wantField(t, err, "code", "totp.wrong")
		entries, err := w.Store.JournalOf(ctx, "staff:"+jo.ID)
		if err != nil || entries[len(entries)-1].Type != "sign-in.failed" {
			t.Errorf("%d entries, %v", len(entries), err)
		}
		found := false
		for _, e := range entries {
			found = found || e.Type == "second-factor.reset"
		}
		if !found {
			t.Error("the reset is not in the journal")
		}
	})
}

// Whose role needs no second factor may have one, and needs it from then on.
func TestAgentMaySetUpAnAuthenticator(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		hire(t, w, "jo@example.org", workflow.RoleAgent, "estrie")
		secret := openSession(t, w, "jo@example.org", firefox)
		_, _, err := w.ReplacementKey(ctx, secret)
		wantKey(t, err, workflow.Conflict, "totp.none")
		key, _, err := w.EnrolSecondFactor(ctx, secret)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.PassSecondFactor(ctx, secret, totp(w, key), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(time.Minute)
		if v, err := w.StaffSession(ctx, openSession(t, w, "jo@example.org", firefox)); err != nil || v.SecondFactor || !v.Enrolled {
			t.Errorf("%+v, %v", v, err)
		}
	})
}
