package workflow_test

import (
	"errors"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

var colleague = workflow.TransferForm{Name: "Dominique Gabarit", Function: "Mairesse", Email: " Dominique@Example.org ", Reason: "Elle signe les déclarations"}

// passOn passes an invitation on and gives the invitation and link of whoever
// takes over.
func passOn(t *testing.T, w *workflowtest.World, secret string, form workflow.TransferForm) (next workflow.Invitation, token string) {
	t.Helper()
	if err := w.Transfer(t.Context(), secret, form, workflowtest.Visit); err != nil {
		t.Fatal(err)
	}
	for _, m := range w.Deliver(t) {
		if m.Delivery.Kind == workflow.DeliveryInvitation {
			return invitationOf(t, w, m.Delivery.InvitationID).Invitation, path.Base(m.LinkURL)
		}
	}
	t.Fatal("no invitation was mailed")
	return next, ""
}

// The colleague goes on where the first person stopped: nothing of the
// organisation is asked twice, and everything of the person is.
func TestAColleagueTakesOver(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		r.Message, r.Life = "Chère Camille,", 30*24*time.Hour
		inv, token := w.Invite(t, r)
		secret := w.Open(t, token)
		if err := errors.Join(w.MarkRead(t.Context(), secret),
			w.SaveOrganisation(t.Context(), secret, workflow.OrganisationForm{Organisation: "Ville de L’Exemple", Name: "Camille Exemple", Function: "Greffière"}),
			w.SaveResolution(t.Context(), secret, workflow.ResolutionForm{Needed: true, Number: "2026-118", Date: "2026-11-02", Body: "conseil",
				Extract: workflow.ExtractForm{Name: "extrait.pdf", Content: aPDF("un")}})); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(time.Hour)
		next, link := passOn(t, w, secret, colleague)
		if next.ID == inv.ID || next.TransferredFrom != inv.ID || next.Contact != (workflow.Contact{Name: "Dominique Gabarit", Function: "Mairesse", Email: "dominique@example.org"}) ||
			next.Source != "Invitation transférée par Camille Exemple, Greffière" || next.Message != "" || !next.ExpiresAt.Equal(inv.ExpiresAt) ||
			next.DeclarationVersion != inv.DeclarationVersion || next.TransferReason != colleague.Reason || next.State != workflow.StateSent {
			t.Errorf("%+v", next)
		}
		old := invitationOf(t, w, inv.ID)
		if old.State != workflow.StateTransferred || old.Successor.ID != next.ID {
			t.Errorf("%s, passed on to %q", old.State, old.Successor.ID)
		}
		if page := invitationOf(t, w, next.ID); page.Predecessor.ID != inv.ID {
			t.Errorf("from %q", page.Predecessor.ID)
		}
		hers := w.Open(t, link)
		p, err := w.Signing(t.Context(), hers)
		if err != nil || p.Step != workflow.StepRead || p.Invitation.Details.Organisation != "Ville de L’Exemple" || p.Invitation.Details.Signatory.Name != "Dominique Gabarit" ||
			p.Invitation.Details.Resolution.Number != "2026-118" || p.Invitation.Details.Named {
			t.Errorf("she finds %+v, %v", p.Invitation.Details, err)
		}
		if err := errors.Join(w.MarkRead(t.Context(), hers), w.SaveOrganisation(t.Context(), hers,
			workflow.OrganisationForm{Organisation: "Ville de L’Exemple", Name: "Dominique Gabarit", Function: "Mairesse"})); err != nil {
			t.Fatal(err)
		}
		w.Confirm(t, hers)
		if _, err := w.Sign(t.Context(), hers, w.Form(t, hers), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		if x, err := w.InvitationExtract(t.Context(), workflow.Operator(), next.ID); err != nil || string(x.Content) != string(aPDF("un")) {
			t.Errorf("the extract did not come along: %+v, %v", x, err)
		}
		sig, err := w.Store.SignatureOfInvitation(t.Context(), next.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := sig.Evidence.Transfers; len(got) != 1 || got[0].Email != "camille@example.org" || got[0].Name != "Camille Exemple" || got[0].Invitation != inv.ID ||
			got[0].Reason != colleague.Reason || !got[0].InvitedAt.Equal(inv.CreatedAt) || got[0].PassedAt.Sub(got[0].InvitedAt) != time.Hour {
			t.Errorf("the evidence keeps %+v", got)
		}
		verifySound(t, w)
	})
}

// A function that allowed one person to sign says nothing of the next.
func TestAuthorityByFunctionIsNotPassedOn(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		w.Fill(t, secret)
		next, _ := passOn(t, w, secret, colleague)
		if next.Details.Authorised || next.Details.Read {
			t.Errorf("%+v", next.Details)
		}
	})
}

// The old link, its sessions and its codes are dead and say who takes over,
// never at which address.
func TestTheOldLinkSaysWhoTakesOver(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		w.Fill(t, secret)
		if err := w.SendCode(t.Context(), secret, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		code := w.Courier.Last(t)
		passOn(t, w, secret, colleague)
		_, opened := w.OpenLink(t.Context(), token, workflowtest.Visit)
		_, peeked := w.PeekLink(t.Context(), token, workflowtest.Visit)
		for name, err := range map[string]error{"open": opened, "peek": peeked, "code": w.ConfirmCode(t.Context(), secret, code),
			"again": w.Transfer(t.Context(), secret, colleague, workflowtest.Visit), "decline": w.Decline(t.Context(), secret, workflow.DeclineForm{}, workflowtest.Visit),
			"later": w.Snooze(t.Context(), secret, workflow.SnoozeForm{Choice: workflow.SnoozeWeek})} {
			var e *workflow.Error
			if !errors.As(err, &e) || e.Key != "link.transferred" || e.Args["name"] != "Dominique Gabarit" || e.Args["function"] != "Mairesse" {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, value := range e.Args {
				if strings.Contains(value, "@") {
					t.Errorf("%s tells the address: %v", name, e.Args)
				}
			}
		}
		f, err := w.Farewell(t.Context(), secret, workflow.StateTransferred)
		if err != nil || f.Successor != (workflow.Contact{Name: "Dominique Gabarit", Function: "Mairesse"}) {
			t.Errorf("%+v, %v", f, err)
		}
		_, err = w.Farewell(t.Context(), secret, workflow.StateDeclined)
		wantKey(t, err, workflow.Gone, "link.transferred")
		wantKey(t, w.Resend(t.Context(), workflow.Operator(), inv.ID), workflow.Conflict, "invitation.cannot-resend")
	})
}

// The pôle and the person invited until now are told, each once.
func TestATransferIsTold(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		if err := w.SetPoleContact(t.Context(), workflow.Operator(), "estrie", workflow.PoleContact{Email: "pole@example.org"}); err != nil {
			t.Fatal(err)
		}
		inv, token := w.Invite(t, workflowtest.Request())
		if err := w.Transfer(t.Context(), w.Open(t, token), colleague, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		told := map[string]workflow.MailContent{}
		for _, m := range w.Deliver(t) {
			told[string(m.Delivery.Kind)+" "+m.Delivery.Recipient] = m
		}
		pole, person, hers := told["transferred pole@example.org"], told["transferred camille@example.org"], told["invitation dominique@example.org"]
		if len(told) != 3 || !pole.ToPole || !strings.HasSuffix(pole.LinkURL, "/equipe/invitations/"+hers.Delivery.InvitationID) || pole.Successor.Name != "Dominique Gabarit" {
			t.Errorf("told %+v", told)
		}
		if person.ToPole || person.LinkURL != "" || person.Successor.Email != "" || person.Recipient.Name != "Camille Exemple" {
			t.Errorf("the person is told %+v", person)
		}
		if hers.PassedOnBy.Name != "Camille Exemple" || hers.PassedOnBy.Email != "" || hers.TransferReason != colleague.Reason || hers.UnsubscribeURL == "" {
			t.Errorf("the colleague reads %+v", hers)
		}
		for _, e := range invitationOf(t, w, inv.ID).Events {
			if strings.Contains(e.Body, "Dominique") || strings.Contains(e.Body, "dominique") || strings.Contains(e.Body, colleague.Reason) {
				t.Errorf("the journal holds in clear: %s", e.Body)
			}
		}
	})
}

func TestTransfersThatAreRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		other := workflowtest.Request()
		other.Contact.Email = "invitee@example.org"
		w.Invite(t, other)
		_, token := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, token)
		for _, s := range []workflow.Suppression{{PoleSlug: "estrie", Email: "stop@example.org", Reason: workflow.SuppressedByRequest},
			{PoleSlug: "estrie", Email: "revient@example.org", Reason: workflow.SuppressedByBounce}} {
			s.At = w.Clock.Now()
			if err := w.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.Suppress(t.Context(), s) }); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			change     func(*workflow.TransferForm)
			field, key string
		}{
			{func(f *workflow.TransferForm) { f.Name = " " }, "name", "text.empty"},
			{func(f *workflow.TransferForm) { f.Function = "🏛" }, "function", "text.symbol"},
			{func(f *workflow.TransferForm) { f.Email = "a\r\nBcc: b@example.org" }, "email", "email.invalid"},
			{func(f *workflow.TransferForm) { f.Reason = strings.Repeat("a", 301) }, "why", "text.long"},
			{func(f *workflow.TransferForm) { f.Reason = "Voir evil.com/x" }, "why", "text.address"},
			{func(f *workflow.TransferForm) { f.Email = "CAMILLE@example.org" }, "email", "transfer.same"},
			{func(f *workflow.TransferForm) { f.Email = "stop@example.org" }, "email", "transfer.ask"},
			{func(f *workflow.TransferForm) { f.Email = "revient@example.org" }, "email", "transfer.ask"},
			{func(f *workflow.TransferForm) { f.Email = "invitee@example.org" }, "email", "transfer.ask"},
		} {
			form := colleague
			c.change(&form)
			wantField(t, w.Transfer(t.Context(), secret, form, workflowtest.Visit), c.field, c.key)
		}
		// Four well-formed tries were counted: the fifth is the last of the day.
		form := colleague
		form.Email = "stop@example.org"
		wantField(t, w.Transfer(t.Context(), secret, form, workflowtest.Visit), "email", "transfer.ask")
		wantKey(t, w.Transfer(t.Context(), secret, colleague, workflowtest.Visit), workflow.Limited, "limit.transfer")
		w.Clock.Move(25 * time.Hour)
		_, _ = passOn(t, w, w.Open(t, token), colleague)
	})
}

// Three times at most, back to an earlier person too; the first one counts.
func TestAChainOfTransfersEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		_, token := w.Invite(t, workflowtest.Request())
		for _, email := range []string{"b@example.org", "camille@example.org", "b@example.org"} {
			form := colleague
			form.Email = email
			_, token = passOn(t, w, w.Open(t, token), form)
		}
		secret := w.Open(t, token)
		wantKey(t, w.Transfer(t.Context(), secret, colleague, workflowtest.Visit), workflow.Conflict, "transfer.most")
		w.Fill(t, secret)
		w.Confirm(t, secret)
		number, err := w.Sign(t.Context(), secret, w.Form(t, secret), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		wantKey(t, w.Transfer(t.Context(), secret, colleague, workflowtest.Visit), workflow.Conflict, "step.signed")
		c, err := w.Store.Certificate(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		sig, err := w.Store.Signature(t.Context(), c.SignatureID)
		if err != nil || len(sig.Evidence.Transfers) != 3 || sig.Evidence.Transfers[0].Email != "camille@example.org" || sig.Evidence.Transfers[1].Email != "b@example.org" {
			t.Errorf("%+v, %v", sig.Evidence.Transfers, err)
		}
	})
}

// Of many transfers at once, from many browsers, one wins.
func TestOneOfManyTransfersWins(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		const tries = 5
		var group sync.WaitGroup
		results := make([]error, tries)
		var secrets []string
		for range tries {
			secrets = append(secrets, w.Open(t, token))
		}
		for i, secret := range secrets {
			form := colleague
			form.Email = string(rune('a'+i)) + "@example.org"
			group.Go(func() { results[i] = w.Transfer(t.Context(), secret, form, workflowtest.Visit) })
		}
		group.Wait()
		won := 0
		for _, err := range results {
			if err == nil {
				won++
			} else if workflow.KeyOf(err) != "link.transferred" {
				t.Error(err)
			}
		}
		_, total, err := w.Invitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{})
		if won != 1 || total != 2 || err != nil || state(t, w, inv.ID) != workflow.StateTransferred {
			t.Errorf("%d won, %d invitations, %v", won, total, err)
		}
	})
}
