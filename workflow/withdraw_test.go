package workflow_test

import (
	"path"
	"strings"
	"sync"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

func TestWithdrawingACommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		other := workflowtest.Request()
		other.Organisation, other.Contact.Email = "Ville voisine", "voisine@example.org"
		signed(t, w, other)
		poleHasAddress(t, w)
		secret := h.confirmed()
		wantField(t, w.Withdraw(t.Context(), h.token, secret, false, workflowtest.Visit), "confirm", "withdraw.confirm-missing")
		if err := w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		today := workflow.CivilDate(w.Clock.Now())
		v := commitment(t, w, h.number)
		if v.Commitment.Status != workflow.CommitmentWithdrawn || v.Commitment.StatusOn != today {
			t.Errorf("the number says %s since %s", v.Commitment.Status, v.Commitment.StatusOn)
		}
		page, err := w.Register(t.Context(), workflow.RegisterFilter{Slug: v.Commitment.Slug})
		if err != nil || page.Total != 1 || page.Commitments[0].StatusOn != today {
			t.Errorf("the register shows %+v, %v", page, err)
		}
		counts, err := w.RegisterCounts(t.Context())
		if err != nil || counts.Total != 1 || counts.ByRegion["05"] != 1 || counts.ByYear[2026] != 1 {
			t.Errorf("counted %+v, %v", counts, err)
		}
		found, err := w.VerifyFile(t.Context(), h.page("").Certificate.PDF)
		if err != nil || found.Verdict != workflow.VerdictEnded || found.Commitment.Status != workflow.CommitmentWithdrawn {
			t.Errorf("its file is %s, %v", found.Verdict, err)
		}
		if b, err := w.Badge(t.Context(), h.number); err != nil || b.Holds() {
			t.Errorf("its badge: %+v, %v", b, err)
		}
		wantWithdrawalMails(t, w, h, today)
		wantKey(t, w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit), workflow.Conflict, workflow.KeyWithdrawn)
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Errorf("withdrawing again mails %d", len(mails))
		}
		verifySound(t, w)
	})
}

func wantWithdrawalMails(t *testing.T, w *workflowtest.World, h *holder, on string) {
	t.Helper()
	told := map[string]workflow.MailContent{}
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryWithdrawn {
			told[m.Delivery.Recipient] = m
		}
	}
	own, pole := told["camille@example.org"], told["pole@example.org"]
	if len(told) != 2 || own.WithdrawnOn != on || pole.WithdrawnOn != on || own.Team || !pole.Team {
		t.Fatalf("told %+v", told)
	}
	if path.Base(own.LinkURL) == path.Base(pole.LinkURL) || !strings.HasSuffix(pole.LinkURL, "/equipe/invitations/"+h.invitation.ID) {
		t.Errorf("the pôle is led to %s", pole.LinkURL)
	}
	if _, err := w.PersonalPage(t.Context(), path.Base(own.LinkURL), "", workflowtest.Visit); err != nil {
		t.Errorf("who signed is led nowhere: %v", err)
	}
}

// Of two withdrawals at once one counts, with its mails and its entry.
func TestTwoWithdrawalsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		secret := h.confirmed()
		w.Deliver(t)
		errs := make([]error, 6)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { errs[i] = w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit) })
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if workflow.KeyOf(err) != workflow.KeyWithdrawn {
				t.Errorf("a later one got %v", err)
			}
		}
		page, err := w.Invitation(t.Context(), workflow.Operator(), h.invitation.ID)
		entries := 0
		for _, e := range page.Events {
			if e.Type == "commitment.withdrawn" {
				entries++
			}
		}
		if mails := w.Deliver(t); done != 1 || entries != 1 || len(mails) != 1 || err != nil {
			t.Errorf("%d withdrew, %d entries, %d mails, %v", done, entries, len(mails), err)
		}
	})
}

// What is withdrawn can be signed for again by another invitation; what another
// commitment replaced cannot be withdrawn.
func TestAfterAnEndedCommitment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		first := signed(t, w, workflowtest.Request())
		if err := w.Withdraw(t.Context(), first.token, first.confirmed(), true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		second := signed(t, w, workflowtest.Request())
		third := signed(t, w, workflowtest.Request())
		wantKey(t, w.Withdraw(t.Context(), second.token, second.confirmed(), true, workflowtest.Visit), workflow.Conflict, "withdraw.superseded")
		if v := commitment(t, w, first.number); v.Commitment.Status != workflow.CommitmentWithdrawn {
			t.Errorf("the first is %s", v.Commitment.Status)
		}
		if counts, err := w.RegisterCounts(t.Context()); err != nil || counts.Total != 1 {
			t.Errorf("counted %d, %v", counts.Total, err)
		}
		if p := second.page(""); p.ReplacedBy.Number != third.number {
			t.Errorf("the second is replaced by %q", p.ReplacedBy.Number)
		}
	})
}

func TestChangingWhatIsPublished(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request(), namedInRegister)
		inRegister := func() string { return commitment(t, w, h.number).Commitment.PublicName }
		if inRegister() != "Camille Exemple" {
			t.Fatalf("named %q", inRegister())
		}
		wantKey(t, w.SetPublication(t.Context(), h.token, "", workflow.Publish{}, workflowtest.Visit), workflow.Unauthenticated, "manage.unconfirmed")
		secret := h.confirmed()
		for _, want := range []bool{false, false, true} {
			if err := w.SetPublication(t.Context(), h.token, secret, workflow.Publish{Signatory: want}, workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
			if got := inRegister() != ""; got != want || h.page("").Publish().Signatory != want {
				t.Errorf("asked for %v, the register names %q", want, inRegister())
			}
		}
		if err := w.Withdraw(t.Context(), h.token, secret, true, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if err := w.SetPublication(t.Context(), h.token, secret, workflow.Publish{}, workflowtest.Visit); err != nil || inRegister() != "" {
			t.Errorf("the name of a withdrawn commitment stays: %q, %v", inRegister(), err)
		}
		if sig, err := w.Store.Signature(t.Context(), h.page("").Signature.ID); err != nil || !sig.Publish.Signatory {
			t.Errorf("the signature became %+v, %v", sig.Publish, err)
		}
		verifySound(t, w)
	})
}
