package workflow_test

import (
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// committed signs for a new organisation, and takes its mails.
func committed(t *testing.T, w *workflowtest.World, change ...func(*workflow.InviteRequest)) (inv workflow.Invitation, number string) {
	t.Helper()
	r := workflowtest.Request()
	for _, f := range change {
		f(&r)
	}
	inv, token := w.Invite(t, r)
	secret, form := w.Ready(t, token)
	number, err := w.Sign(t.Context(), secret, form, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	w.Deliver(t)
	return inv, number
}

// yearly is the question that a tick asks, and where its link leads.
func yearly(t *testing.T, w *workflowtest.World) (mails []workflow.MailContent, token string) {
	t.Helper()
	if err := w.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryAnniversary {
			mails, token = append(mails, m), path.Base(m.LinkURL)
		}
	}
	return mails, token
}

func dayAt(t *testing.T, at string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", at, workflow.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func moveTo(t *testing.T, w *workflowtest.World, at string) {
	t.Helper()
	w.Clock.Move(dayAt(t, at).Sub(w.Clock.Now()))
}

func confirmYear(t *testing.T, w *workflowtest.World, token string, form workflow.FollowUpForm) error {
	t.Helper()
	if err := w.SendFollowUpCode(t.Context(), token, "browser", workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	form.Code = w.Courier.Last(t)
	return w.ConfirmFollowUp(t.Context(), token, "browser", form, workflowtest.Visit)
}

// A year after the signature, at nine, the organisation is asked once; its yes
// renews the commitment, and the person it names is asked the year after.
func TestEveryYearTheCommitmentIsConfirmed(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, number := committed(t, w)
		moveTo(t, w, "2027-11-22 08:59")
		if mails, _ := yearly(t, w); len(mails) != 0 {
			t.Fatal("asked before the day")
		}
		moveTo(t, w, "2027-11-22 09:00")
		mails, token := yearly(t, w)
		if len(mails) != 1 || mails[0].Delivery.Recipient != inv.Contact.Email || mails[0].UnsubscribeURL == "" {
			t.Fatalf("asked %+v", mails)
		}
		if again, _ := yearly(t, w); len(again) != 0 {
			t.Error("asked twice")
		}
		form := workflow.FollowUpForm{Amount: "12\u00a0500 $", Contracts: "4", Practices: []string{"clause", "nothing we know"},
			Contact: workflow.Contact{Name: "Claude Relève", Function: "Approvisionnement", Email: "claude@example.org"}}
		if err := confirmYear(t, w, token, form); err != nil {
			t.Fatal(err)
		}
		page := invitationOf(t, w, inv.ID)
		if len(page.FollowUps) != 1 || page.FollowUps[0].Amount != (workflow.Figure{Known: true, N: 12500}) || page.FollowUps[0].Suppliers.Known ||
			!slices.Equal(page.FollowUps[0].Practices, []workflow.Practice{workflow.PracticeClause}) {
			t.Errorf("kept %+v", page.FollowUps)
		}
		v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit)
		if err != nil || v.Commitment.Status != workflow.CommitmentRenewed || v.Commitment.ConfirmedOn != "2027-11-22" {
			t.Errorf("%+v, %v", v.Commitment, err)
		}
		moveTo(t, w, "2028-11-22 09:00")
		mails, token = yearly(t, w)
		if len(mails) != 1 || mails[0].Delivery.Recipient != "claude@example.org" || mails[0].Recipient.Name != "Claude Relève" {
			t.Fatalf("the year after: %+v", mails)
		}
		if err := w.SendFollowUpCode(t.Context(), token, "browser", workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if to := w.Courier.Codes()[len(w.Courier.Codes())-1].To; to != "claude@example.org" {
			t.Errorf("the code went to %s", to)
		}
		stop := path.Base(mails[0].UnsubscribeURL)
		if _, err := w.Unsubscribe(t.Context(), stop, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		moveTo(t, w, "2029-11-22 09:00")
		if mails, _ := yearly(t, w); len(mails) != 0 {
			t.Error("asked whoever asked for no more")
		}
		verifySound(t, w)
	})
}

func TestAYearIsConfirmedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		committed(t, w)
		moveTo(t, w, "2027-11-22 09:00")
		_, token := yearly(t, w)
		wantField(t, w.ConfirmFollowUp(t.Context(), token, "browser", workflow.FollowUpForm{Code: "123456"}, workflowtest.Visit), "code", "code.none")
		if err := w.SendFollowUpCode(t.Context(), token, "browser", workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		right := w.Courier.Last(t)
		wantField(t, w.ConfirmFollowUp(t.Context(), token, "other", workflow.FollowUpForm{Code: right}, workflowtest.Visit), "code", "code.none")
		for field, form := range map[string]workflow.FollowUpForm{"amount": {Amount: "beaucoup", Code: right}, "contracts": {Contracts: "-1", Code: right},
			"email": {Contact: workflow.Contact{Name: "Claude", Function: "Achats", Email: "claude"}, Code: right}} {
			key := map[string]string{"email": "email.invalid"}[field]
			if key == "" {
				key = "followup.figure"
			}
			wantField(t, w.ConfirmFollowUp(t.Context(), token, "browser", form, workflowtest.Visit), field, key)
		}
		var wait sync.WaitGroup
		faults := make([]error, 2)
		for i := range faults {
			wait.Go(func() {
				faults[i] = w.ConfirmFollowUp(t.Context(), token, "browser", workflow.FollowUpForm{Code: right}, workflowtest.Visit)
			})
		}
		wait.Wait()
		if (faults[0] == nil) == (faults[1] == nil) {
			t.Errorf("%v, want one to pass", faults)
		}
		wantKey(t, w.SendFollowUpCode(t.Context(), token, "browser", workflowtest.Visit), workflow.Conflict, "followup.done")
	})
}

// Silence for a year and a half is told, not taken for a withdrawal.
func TestASilentCommitmentLapses(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, number := committed(t, w)
		for at, want := range map[string]workflow.CommitmentStatus{"2028-05-21 12:00": workflow.CommitmentActive, "2028-05-23 12:00": workflow.CommitmentLapsed} {
			moveTo(t, w, at)
			v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit)
			if err != nil || v.Commitment.Status != want {
				t.Errorf("on %s: %s, %v", at, v.Commitment.Status, err)
			}
			page, err := w.Register(t.Context(), workflow.RegisterFilter{})
			if err != nil || page.Total != 1 || page.Commitments[0].Status != want {
				t.Errorf("the register on %s: %+v, %v", at, page, err)
			}
		}
		_, token := yearly(t, w)
		if err := confirmYear(t, w, token, workflow.FollowUpForm{}); err != nil {
			t.Fatal(err)
		}
		if v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit); err != nil || v.Commitment.Status != workflow.CommitmentRenewed {
			t.Errorf("confirmed late: %s, %v", v.Commitment.Status, err)
		}
	})
}

// A sum is told when three gave the figure: nobody's own can be read from it.
func TestFiguresAreToldTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for i := range 3 {
			committed(t, w, func(r *workflow.InviteRequest) {
				r.Organisation += strings.Repeat("-bis", i)
				r.Contact.Email = strings.Repeat("c", i+1) + "@example.org"
			})
			w.Clock.Move(time.Hour)
		}
		moveTo(t, w, "2027-11-23 09:00")
		mails, _ := yearly(t, w)
		if len(mails) != 3 {
			t.Fatalf("asked %d", len(mails))
		}
		for i, m := range mails {
			form := workflow.FollowUpForm{Amount: "1000", Practices: []string{"training"}}
			if i == 0 {
				form.Suppliers = "7"
			}
			if err := confirmYear(t, w, path.Base(m.LinkURL), form); err != nil {
				t.Fatal(err)
			}
			totals, err := w.FollowUpTotals(t.Context(), "05")
			if err != nil || totals.Organisations != i+1 || totals.Amount.Known != (i == 2) || totals.Suppliers != (workflow.Figure{}) {
				t.Errorf("after %d: %+v, %v", i+1, totals, err)
			}
			if i == 2 && (totals.Amount.N != 3000 || totals.Practices[workflow.PracticeTraining] != 3) {
				t.Errorf("%+v", totals)
			}
		}
		if elsewhere, err := w.FollowUpTotals(t.Context(), "06"); err != nil || elsewhere.Organisations != 0 {
			t.Errorf("%+v, %v", elsewhere, err)
		}
	})
}
