package workflow_test

import (
	"errors"
	"path"
	"slices"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

var clerk = workflow.Cosignatory{Signatory: workflow.Signatory{Name: "Dominique Essai", Function: "Greffier"}, Email: "dominique@example.org"}

// withSecond answers everything for a town whose clerk signs beside the mayor.
func withSecond(t *testing.T, w *workflowtest.World, together bool) (inv workflow.Invitation, first string) {
	t.Helper()
	inv, _, first = withSecondByLink(t, w, together)
	return inv, first
}

func withSecondByLink(t *testing.T, w *workflowtest.World, together bool) (inv workflow.Invitation, token, first string) {
	t.Helper()
	inv, token = w.Invite(t, workflowtest.Request())
	first = w.Open(t, token)
	second := clerk
	second.Together = together
	form := workflow.OrganisationForm{Organisation: "Ville de Rivière-Exemple", Name: "Camille Exemple", Function: "Mairesse", Beside: true, Second: second}
	if err := errors.Join(w.MarkRead(t.Context(), first), w.SaveOrganisation(t.Context(), first, form),
		w.SaveResolution(t.Context(), first, workflow.ResolutionForm{})); err != nil {
		t.Fatal(err)
	}
	w.Confirm(t, first)
	return inv, token, first
}

// cosignToken is the link of the last mail to somebody who signs beside.
func cosignToken(t *testing.T, mails []workflow.MailContent) string {
	t.Helper()
	for _, m := range slices.Backward(mails) {
		if m.Delivery.Kind == workflow.DeliveryCosign {
			return path.Base(m.LinkURL)
		}
	}
	t.Fatalf("nobody was asked to sign beside: %d mails", len(mails))
	return ""
}

// seated opens the link of somebody who signs beside, as far as the act.
func seated(t *testing.T, w *workflowtest.World, token string) (secret string) {
	t.Helper()
	secret, err := w.OpenCosignLink(t.Context(), token, workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.MarkRead(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	w.Clock.Move(time.Minute)
	w.Confirm(t, secret)
	return secret
}

func sign(t *testing.T, w *workflowtest.World, secret string) string {
	t.Helper()
	number, err := w.Sign(t.Context(), secret, w.Form(t, secret), workflowtest.Visit)
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func stepOf(t *testing.T, w *workflowtest.World, secret string) workflow.SigningStep {
	t.Helper()
	p, err := w.Signing(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return p.Step
}

func TestTwoSignInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, first := withSecond(t, w, false)
		if mails := w.Deliver(t); len(mails) != 0 {
			t.Fatalf("mailed %d before the first signed", len(mails))
		}
		if number := sign(t, w, first); number != "" || stepOf(t, w, first) != workflow.StepOthers {
			t.Fatalf("sealed %q with one of two signatures", number)
		}
		if got := state(t, w, inv.ID); got != workflow.StateReady {
			t.Errorf("after the first: %s", got)
		}
		if again, err := w.Sign(t.Context(), first, workflow.SignRequest{}, workflowtest.Visit); again != "" || err != nil {
			t.Errorf("the first signs again: %q, %v", again, err)
		}
		mails := w.Deliver(t)
		if m := mails[0]; m.Delivery.Recipient != clerk.Email || m.Recipient.Name != clerk.Name || m.Organisation != "Ville de Rivière-Exemple" {
			t.Errorf("asked %+v", m.Delivery)
		}
		second := seated(t, w, cosignToken(t, mails))
		if to := w.Courier.Codes()[len(w.Courier.Codes())-1].To; to != clerk.Email {
			t.Errorf("the code went to %s", to)
		}
		number := sign(t, w, second)
		if number == "" || stepOf(t, w, first) != workflow.StepDone || stepOf(t, w, second) != workflow.StepDone {
			t.Fatalf("number %q", number)
		}
		cert, err := w.SignedCertificate(t.Context(), second)
		if err != nil {
			t.Fatal(err)
		}
		checkBoth(t, cert.Content)
		var to []string
		for _, m := range w.Deliver(t) {
			to = append(to, m.Delivery.Recipient)
		}
		if !slices.Contains(to, clerk.Email) || !slices.Contains(to, inv.Contact.Email) {
			t.Errorf("the certificate went to %v", to)
		}
		verifySound(t, w)
	})
}

func checkBoth(t *testing.T, c workflow.CertificateContent) {
	t.Helper()
	if len(c.Signatories) != 2 || c.Signatories[0].Name != "Camille Exemple" || c.Signatories[1].Signatory != clerk.Signatory {
		t.Errorf("the certificate names %+v", c.Signatories)
	}
	if c.Signatories[1].Mailbox != "d…@example.org" || c.Signatories[1].MailboxConfirmedAt.IsZero() || c.Signatories[1].ConsentSHA256 == "" {
		t.Errorf("of the second it says %+v", c.Signatories[1])
	}
	signed := 0
	for i, step := range c.Steps {
		if step.Kind == workflow.StepSigned {
			signed++
		}
		if i > 0 && step.At.Before(c.Steps[i-1].At) {
			t.Errorf("step %d comes before its time", i)
		}
	}
	if signed != 2 {
		t.Errorf("%d steps say that somebody signed", signed)
	}
}

// What the first joins is kept until the last has signed, and then in the
// certificate and the register only.
func TestWhatTheFirstJoinsWaitsForTheLast(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token, first := withSecondByLink(t, w, false)
		form := w.Form(t, first)
		form.Joined = workflow.Joined{Drawing: strokes(t), PublishQuote: true, Quote: "Nous achetons ici."}
		if _, err := w.Sign(t.Context(), first, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		elsewhere := w.Open(t, token) // another browser of the contact asks for another link
		if err := w.AskAgain(t.Context(), elsewhere, workflow.SeatSecond); err != nil {
			t.Fatal(err)
		}
		number := sign(t, w, seated(t, w, cosignToken(t, w.Deliver(t))))
		cert, err := w.SignedCertificate(t.Context(), first)
		if err != nil || len(cert.Content.Drawing) == 0 || len(cert.Content.Signatories[1].Drawing) != 0 {
			t.Errorf("drawings of %d and %d bytes, %v", len(cert.Content.Drawing), len(cert.Content.Signatories[1].Drawing), err)
		}
		v, err := w.VerifyNumber(t.Context(), number, workflowtest.Visit)
		if err != nil || v.Commitment.PublicQuote != "Nous achetons ici." {
			t.Errorf("the register quotes %q, %v", v.Commitment.PublicQuote, err)
		}
		for _, record := range invitationOf(t, w, inv.ID).Seats {
			if len(record.Act.Drawing) > 0 {
				t.Errorf("the seat of the %s still holds a drawing", record.Seat)
			}
		}
	})
}

// The second is asked at once, and signs first if quicker.
func TestTwoSignTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, first := withSecond(t, w, true)
		second := seated(t, w, cosignToken(t, w.Deliver(t)))
		if number := sign(t, w, second); number != "" {
			t.Fatal("sealed without the first")
		}
		if sign(t, w, first) == "" {
			t.Error("not sealed when the last had signed")
		}
	})
}

// Two signatories at the same second: one certificate, both in it.
func TestTwoSignAtTheSameMoment(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, first := withSecond(t, w, true)
		second := seated(t, w, cosignToken(t, w.Deliver(t)))
		numbers, faults := [2]string{}, [2]error{}
		forms := [2]workflow.SignRequest{w.Form(t, first), w.Form(t, second)}
		var wait sync.WaitGroup
		for i, secret := range []string{first, second} {
			wait.Go(func() { numbers[i], faults[i] = w.Sign(t.Context(), secret, forms[i], workflowtest.Visit) })
		}
		wait.Wait()
		if err := errors.Join(faults[:]...); err != nil {
			t.Fatal(err)
		}
		if (numbers[0] == "") == (numbers[1] == "") {
			t.Errorf("numbers %v, want one", numbers)
		}
		cert, err := w.SignedCertificate(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		if len(cert.Content.Signatories) != 2 {
			t.Errorf("the certificate names %+v", cert.Content.Signatories)
		}
		verifySound(t, w)
	})
}

// What changes after somebody signed is signed again by everybody, and the
// mailed link says why it no longer opens.
func TestAChangeVoidsWhatWasSigned(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, first := withSecond(t, w, false)
		sign(t, w, first)
		old := cosignToken(t, w.Deliver(t))
		second := seated(t, w, old)
		form := w.Form(t, second)
		if err := w.SaveResolution(t.Context(), first, workflow.ResolutionForm{Needed: true, Number: "2026-118", Date: "2026-11-02", Body: "conseil municipal"}); err != nil {
			t.Fatal(err)
		}
		_, err := w.Sign(t.Context(), second, form, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.paused")
		_, err = w.PeekCosignLink(t.Context(), old, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.paused")
		if got := stepOf(t, w, first); got != workflow.StepSign {
			t.Fatalf("the first stands at %s", got)
		}
		sign(t, w, first)
		_, err = w.PeekCosignLink(t.Context(), old, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.replaced")
		w.Clock.Move(time.Hour)
		if sign(t, w, seated(t, w, cosignToken(t, w.Deliver(t)))) == "" {
			t.Error("not sealed")
		}
		if page := invitationOf(t, w, inv.ID); !slices.ContainsFunc(page.Events, func(e journal.Entry) bool { return e.Type == "cosign.void" }) {
			t.Error("the journal does not say that a signature was void")
		}
	})
}

func TestThePoleCountersignsLast(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx := t.Context()
		inv, token := w.Invite(t, workflowtest.Request())
		wantKey(t, w.SetCountersignature(ctx, workflow.Operator(), inv.ID, true), workflow.Conflict, "countersign.nobody")
		director := workflow.Cosignatory{Signatory: workflow.Signatory{Name: "Sacha Gabarit", Function: "Direction générale"}, Email: "direction@example.org"}
		if err := errors.Join(w.SavePole(ctx, workflow.Operator(), "estrie", workflow.PoleForm{Director: &director}),
			w.SetCountersignature(ctx, workflow.Operator(), inv.ID, true)); err != nil {
			t.Fatal(err)
		}
		first, form := w.Ready(t, token)
		if number, err := w.Sign(ctx, first, form, workflowtest.Visit); number != "" || err != nil {
			t.Fatalf("sealed %q, %v without the pôle", number, err)
		}
		pole := seated(t, w, cosignToken(t, w.Deliver(t)))
		p, err := w.Signing(ctx, pole)
		if err != nil || p.Consent == form.Review || !slices.Equal(p.Path(), []workflow.SigningStep{workflow.StepRead, workflow.StepVerification, workflow.StepSign}) {
			t.Fatalf("%v, %v", p.Path(), err)
		}
		wantKey(t, w.SaveResolution(ctx, pole, workflow.ResolutionForm{}), workflow.Conflict, "step.order")
		number := sign(t, w, pole)
		page, err := w.Register(ctx, workflow.RegisterFilter{})
		if err != nil || len(page.Commitments) != 1 || !page.Commitments[0].Countersigned || page.Commitments[0].Number != number {
			t.Errorf("register holds %+v, %v", page.Commitments, err)
		}
	})
}

// A link opens its own seat, whatever the door it is tried at.
func TestACosignLinkOpensNothingElse(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, first := withSecond(t, w, false)
		sign(t, w, first)
		token := cosignToken(t, w.Deliver(t))
		_, err := w.OpenLink(t.Context(), token, workflowtest.Visit)
		wantKey(t, err, workflow.NotFound, "link.unknown")
		secret, err := w.OpenCosignLink(t.Context(), token, workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.AskAgain(t.Context(), secret, workflow.SeatSecond), workflow.Conflict, "cosign.not-waiting")
		for range 3 { // asked anew: three times in a day
			if err := w.AskAgain(t.Context(), first, workflow.SeatSecond); err != nil {
				t.Fatal(err)
			}
			_, err := w.Signing(t.Context(), secret)
			wantKey(t, err, workflow.Gone, "link.replaced")
			secret, err = w.OpenCosignLink(t.Context(), cosignToken(t, w.Deliver(t)), workflowtest.Visit)
			if err != nil {
				t.Fatal(err)
			}
		}
		wantKey(t, w.AskAgain(t.Context(), first, workflow.SeatSecond), workflow.Limited, "limit.ask-again")
	})
}

// Ten wrong codes end a link of a second signatory as they end the first's.
func TestACosignLinkHasTenTries(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, first := withSecond(t, w, false)
		sign(t, w, first)
		secret, err := w.OpenCosignLink(t.Context(), cosignToken(t, w.Deliver(t)), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.MarkRead(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		for i := range workflow.InvitationCodeTries {
			if i%workflow.CodeTries == 0 {
				w.Clock.Move(2 * time.Minute)
				if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
					t.Fatal(err)
				}
			}
			wrong := "000000"
			if w.Courier.Last(t) == wrong {
				wrong = "000001"
			}
			wantField(t, w.ConfirmCode(t.Context(), secret, wrong), "code", "code.wrong")
		}
		w.Clock.Move(2 * time.Minute)
		if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.ConfirmCode(t.Context(), secret, w.Courier.Last(t)), workflow.Limited, "code.locked")
	})
}

func TestTheSecondIsSomebodyElse(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		if err := w.MarkRead(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		form := workflow.OrganisationForm{Organisation: "Ville", Name: "Camille Exemple", Function: "Mairesse", Beside: true,
			Second: workflow.Cosignatory{Signatory: workflow.Signatory{Name: "D", Function: ""}, Email: inv.Contact.Email}}
		err := w.SaveOrganisation(t.Context(), secret, form)
		wantField(t, err, "second-email", "cosign.same-mailbox")
		wantField(t, err, "second-function", "text.empty")
		form.Beside = false // what was typed counts no more
		if err := w.SaveOrganisation(t.Context(), secret, form); err != nil {
			t.Error(err)
		}
	})
}
