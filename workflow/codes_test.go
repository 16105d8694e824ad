package workflow_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// filled opens an invitation and answers the pages before the code.
func Filled(t *testing.T, w *workflowtest.World) (workflow.Invitation, string, string) {
	t.Helper()
	inv, token := w.Invite(t, workflowtest.Request())
	secret := w.Open(t, token)
	w.Fill(t, secret)
	return inv, token, secret
}

// wrong gives a code that is not the mailed one.
func wrong(t *testing.T, w *workflowtest.World) string {
	if w.Courier.Last(t) == "000000" {
		return "111111"
	}
	return "000000"
}

func TestFiveWrongTriesEndACode(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, _, secret := Filled(t, w)
		if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		for range workflow.CodeTries {
			wantField(t, w.ConfirmCode(t.Context(), secret, wrong(t, w)), "code", "code.wrong")
		}
		wantField(t, w.ConfirmCode(t.Context(), secret, w.Courier.Last(t)), "code", "code.none")
		w.Clock.Move(2 * time.Minute)
		if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		for range workflow.InvitationCodeTries - workflow.CodeTries {
			wantField(t, w.ConfirmCode(t.Context(), secret, wrong(t, w)), "code", "code.wrong")
		}
		wantKey(t, w.ConfirmCode(t.Context(), secret, w.Courier.Last(t)), workflow.Limited, "code.locked")
		w.Clock.Move(time.Hour)
		wantKey(t, w.SendCode(t.Context(), secret, workflowtest.Visit), workflow.Limited, "code.locked")
	})
}

func TestParallelGuessesAreCountedBeforeTheyAreCompared(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, _, secret := Filled(t, w)
		if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		var compared atomic.Int32
		var group sync.WaitGroup
		for range 60 {
			group.Go(func() {
				err := w.ConfirmCode(t.Context(), secret, wrong(t, w))
				var e *workflow.Error
				if asError(err, &e) && len(e.Fields) == 1 && e.Fields[0].Key == "code.wrong" {
					compared.Add(1)
				}
			})
		}
		group.Wait()
		if n := compared.Load(); n > workflow.CodeTries {
			t.Errorf("%d guesses were compared, at most %d may be", n, workflow.CodeTries)
		}
	})
}

func TestACodeWorksOnceInItsBrowserAndInTime(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token, asked := Filled(t, w)
		other := w.Open(t, token)
		if err := w.SendCode(t.Context(), asked, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		code := w.Courier.Last(t)
		wantField(t, w.ConfirmCode(t.Context(), other, code), "code", "code.none")
		for _, bad := range []string{"", "12345", "1234567", "１２３４５６", "+12345", "1e5000", "12 34 5", code + "\x00"} {
			wantField(t, w.ConfirmCode(t.Context(), asked, bad), "code", "code.shape")
		}
		w.Clock.Move(workflow.CodeLife)
		wantField(t, w.ConfirmCode(t.Context(), asked, code), "code", "code.none")
		if err := w.SendCode(t.Context(), asked, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		code = w.Courier.Last(t)
		if err := w.ConfirmCode(t.Context(), asked, " "+code[:2]+"\u00a0"+code[2:4]+"\u2011"+code[4:]+"\n"); err != nil {
			t.Errorf("the code with spaces: %v", err)
		}
	})
}

func TestARefusedMailMakesTheCodeVoid(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, _, secret := Filled(t, w)
		w.Courier.Fail(true)
		wantKey(t, w.SendCode(t.Context(), secret, workflowtest.Visit), workflow.Unavailable, "code.not-sent")
		wantField(t, w.ConfirmCode(t.Context(), secret, "123456"), "code", "code.none")
		for range 10 { // an outage must not use up the codes of the hour
			w.Clock.Move(time.Minute)
			wantKey(t, w.SendCode(t.Context(), secret, workflowtest.Visit), workflow.Unavailable, "code.not-sent")
		}
		w.Courier.Fail(false)
		w.Clock.Move(time.Minute)
		w.Confirm(t, secret)
	})
}

func TestCodesAreMailedSparingly(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, _, secret := Filled(t, w)
		send := func() error { return w.SendCode(t.Context(), secret, workflowtest.Visit) }
		if err := send(); err != nil {
			t.Fatal(err)
		}
		wantKey(t, send(), workflow.Limited, "limit.code-pause")
		for range 2 {
			w.Clock.Move(time.Minute)
			if err := send(); err != nil {
				t.Fatal(err)
			}
		}
		w.Clock.Move(time.Minute)
		wantKey(t, send(), workflow.Limited, "limit.code-hour")
	})
}

// Of any number of signers at once, on any number of instances, one signs.
func TestOneInvitationOneSignature(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for i := range 10 {
			r := workflowtest.Request()
			r.Organisation = fmt.Sprintf("Ville d’Exemple %d", i) // one organisation holds one commitment
			r.Contact.Email = fmt.Sprintf("p%d@example.org", i)
			_, token := w.Invite(t, r)
			secret, form := w.Ready(t, token)
			numbers := make(chan string, 8)
			var group sync.WaitGroup
			for range 8 {
				group.Go(func() {
					n, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
					if err != nil {
						t.Error(err)
					}
					numbers <- n
				})
			}
			group.Wait()
			close(numbers)
			first := <-numbers
			for n := range numbers {
				if n != first {
					t.Errorf("two certificates: %s and %s", first, n)
				}
			}
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{})
		if err != nil || page.Total != 10 {
			t.Errorf("%d commitments, %v", page.Total, err)
		}
		verifySound(t, w)
	})
}

func TestSignedOrRevokedNeverBoth(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for i := range 10 {
			r := workflowtest.Request()
			r.Contact.Email = fmt.Sprintf("p%d@example.org", i)
			inv, token := w.Invite(t, r)
			secret, form := w.Ready(t, token)
			var signErr, revokeErr error
			var group sync.WaitGroup
			group.Go(func() { _, signErr = w.Sign(t.Context(), secret, form, workflowtest.Visit) })
			group.Go(func() { revokeErr = w.Revoke(t.Context(), workflow.Operator(), inv.ID) })
			group.Wait()
			if (signErr == nil) == (revokeErr == nil) {
				t.Errorf("sign: %v, revoke: %v", signErr, revokeErr)
			}
			want := workflow.StateRevoked
			if signErr == nil {
				want = workflow.StateSigned
			}
			if got := state(t, w, inv.ID); got != want {
				t.Errorf("state %s, want %s", got, want)
			}
		}
	})
}
