package workflow_test

import (
	"path"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// marked is a request in which all that is personal holds the mark.
func marked(mark string) workflow.InviteRequest {
	r := workflowtest.Request()
	r.Contact = workflow.Contact{Name: "Zoé " + mark, Function: mark + " municipale", Email: "zoe@" + mark + ".example.org", Civility: workflow.Madame}
	r.Source, r.Message = "Rencontre avec Zoé "+mark, "Bonjour "+mark
	return r
}

// answered invites, and answers up to the first of two signatures: everything
// that can be typed or joined holds the mark.
func answered(t *testing.T, w *workflowtest.World, mark string) (inv workflow.Invitation, secret string) {
	t.Helper()
	w.Clock.Move(time.Hour)
	inv, token := w.Invite(t, marked(mark))
	must(t, w.SetNote(t.Context(), workflow.Operator(), inv.ID, "Rappeler "+mark))
	secret = w.Open(t, token)
	second := workflow.Cosignatory{Signatory: workflow.Signatory{Name: "Luc " + mark, Function: mark}, Email: "luc@" + mark + ".example.org", Together: true}
	must(t, w.MarkRead(t.Context(), secret))
	must(t, w.SaveOrganisation(t.Context(), secret, workflow.OrganisationForm{Organisation: "Ville " + mark, Name: "Zoé " + mark, Function: mark, Beside: true, Second: second}))
	must(t, w.SaveResolution(t.Context(), secret, resolved(mark+".pdf", aPDF(mark))))
	return inv, secret
}

// Whoever was invited and did not sign is nowhere in the database 90 days after
// the end; the row stays for the counts, and the journal stays whole.
func TestUnsignedInvitationsAreForgotten(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		w := v.World
		given, secret := answered(t, w, "gabarit") // one of two has signed
		w.Confirm(t, secret)
		_, err := w.Sign(t.Context(), secret, w.Form(t, secret), workflowtest.Visit)
		must(t, err)
		w.Deliver(t)
		declined, secret := answered(t, w, "marquise")
		must(t, w.Decline(t.Context(), secret, workflow.DeclineForm{Refusal: workflow.Refusal{Reason: workflow.RefusedText, Words: "Non, Marquise"}, Confirmed: true}, workflowtest.Visit))
		w.Deliver(t)
		want := append([]string{"delivery", "invitation", "journal_opening", "resolution_extract"}, "seat")
		if got := v.places(t, "gabarit"); !cmp.Equal(got, want) {
			t.Errorf("before, the mark is in %v", got)
		}

		at := w.Clock.Now()
		w.Clock.Move(workflow.InvitationMemory - time.Millisecond)
		must(t, w.Tick(t.Context()))
		if v.holds(t, "invitation", "marquise") == 0 {
			t.Error("forgotten before its day")
		}
		w.Clock.Move(time.Millisecond)
		must(t, w.Tick(t.Context()))
		if got := v.places(t, "marquise"); got != nil {
			t.Errorf("declined and still in %v", got)
		}
		if v.holds(t, "invitation", "gabarit") == 0 {
			t.Error("it expired later, and its time has not come")
		}
		w.Clock.Move(given.ExpiresAt.Add(workflow.InvitationMemory).Sub(w.Clock.Now()))
		must(t, w.Tick(t.Context()))
		if got := v.places(t, "gabarit"); got != nil {
			t.Errorf("expired and still in %v", got)
		}

		page := invitationOf(t, w, declined.ID)
		kept := workflow.Invitation{ID: declined.ID, PoleSlug: "estrie", OrganisationID: declined.OrganisationID, DeclarationID: declined.DeclarationID,
			DeclarationVersion: declined.DeclarationVersion, Language: workflow.French, Refusal: workflow.Refusal{Reason: workflow.RefusedText},
			State: workflow.StateDeclined, Issue: 1, Version: page.Version, CreatedBy: "operator", CreatedAt: declined.CreatedAt, ExpiresAt: declined.ExpiresAt,
			EndedAt: at, SentAt: declined.CreatedAt, ConsultedAt: declined.CreatedAt}
		if diff := cmp.Diff(kept, page.Invitation); diff != "" || page.Organisation.Name == "" {
			t.Errorf("what stays, -want +got:\n%s", diff)
		}
		counts, err := w.CountInvitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{})
		if err != nil || counts[workflow.StateDeclined] != 1 || counts[workflow.StateExpired] != 1 {
			t.Errorf("%v, %v", counts, err)
		}
		verifySound(t, w)
	})
}

// Nothing can be done with an invitation whose person is forgotten; its
// unsubscribing link says so.
func TestNothingIsDoneWithAForgottenInvitation(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request())
		must(t, err)
		stop := path.Base(w.Deliver(t)[0].UnsubscribeURL)
		must(t, w.Revoke(t.Context(), workflow.Operator(), inv.ID))
		other, err := w.Service.Invite(t.Context(), workflow.Operator(), workflowtest.Request())
		must(t, err)
		w.Clock.Move(other.ExpiresAt.Sub(w.Clock.Now()) + workflow.InvitationMemory)
		must(t, w.Tick(t.Context()))
		for _, id := range []string{inv.ID, other.ID} {
			for name, err := range map[string]error{
				"resend": w.Resend(t.Context(), workflow.Operator(), id), "note": w.SetNote(t.Context(), workflow.Operator(), id, "Camille"),
				"correct": w.CorrectContact(t.Context(), workflow.Operator(), id, workflow.Contact{Name: "Camille", Function: "Greffière", Email: "c@example.org"}),
			} {
				if !workflow.IsKind(err, workflow.Conflict) || workflow.KeyOf(err) != workflow.KeyForgotten {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		_, err = w.Unsubscribe(t.Context(), stop, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "unsubscribe.forgotten")
		rows := 0
		err = w.ExportInvitations(t.Context(), workflow.StaffActor(hire(t, w, "lecture@example.org", workflow.RoleReader, "estrie")),
			workflow.InvitationFilter{}, "csv", func(v workflow.InvitationView) error {
				rows++
				if !v.Forgotten() {
					t.Errorf("a mask made somebody of nobody: %+v", v.Contact)
				}
				return nil
			})
		if err != nil || rows != 2 {
			t.Errorf("%d rows, %v", rows, err)
		}
	})
}

// One that was signed stays as it is, with its mails, for as long as one looks.
func TestSignedInvitationsAreNotForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		h := signed(t, w, workflowtest.Request())
		w.Deliver(t)
		was := invitationOf(t, w, h.invitation.ID)
		w.Clock.Move(5 * 365 * day)
		n, err := w.PurgeNow(t.Context(), workflow.Operator())
		if err != nil || n != (workflow.Forgotten{}) {
			t.Errorf("%+v, %v", n, err)
		}
		now := invitationOf(t, w, h.invitation.ID)
		if diff := cmp.Diff(was.Invitation, now.Invitation) + cmp.Diff(was.Deliveries, now.Deliveries); diff != "" {
			t.Error(diff)
		}
	})
}

// Who passed an invitation on is known while the colleague may sign: the
// evidence says who was invited before. Then both are forgotten.
func TestAChainIsForgottenFromItsEnd(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		w := v.World
		first, secret := answered(t, w, "gabarit")
		must(t, w.Transfer(t.Context(), secret, workflow.TransferForm{Name: "Léa Marquise", Function: "Marquise", Email: "lea@marquise.example.org", Reason: "Congé de gabarit"}, workflowtest.Visit))
		w.Deliver(t)
		next := invitationOf(t, w, invitationOf(t, w, first.ID).TransferredTo)
		must(t, w.Extend(t.Context(), workflow.Operator(), next.ID, w.Clock.Now().Add(200*day)))
		w.Clock.Move(150 * day)
		must(t, w.Tick(t.Context()))
		if invitationOf(t, w, first.ID).Forgotten() {
			t.Error("forgotten while the colleague may still sign")
		}
		w.Clock.Move(50 * day)
		must(t, w.Tick(t.Context())) // the colleague's expires, the first ended long ago
		if got := v.places(t, "zoé gabarit"); got != nil {
			t.Errorf("who passed it on is in %v", got)
		}
		if left := invitationOf(t, w, next.ID); left.Contact.Name != "Léa Marquise" || left.Source != "Invitation transférée au sein de l’organisation" {
			t.Errorf("%+v, %q", left.Contact, left.Source)
		}
		w.Clock.Move(workflow.InvitationMemory)
		must(t, w.Tick(t.Context()))
		if got := v.places(t, "marquise"); got != nil {
			t.Errorf("the colleague is in %v", got)
		}
		verifySound(t, w)
	})
}

// passed is a chain of two, with mails whose copies name both.
func passed(t *testing.T, w *workflowtest.World) (first, next workflow.Invitation) {
	t.Helper()
	first, secret := answered(t, w, "gabarit")
	must(t, w.Transfer(t.Context(), secret, workflow.TransferForm{Name: "Léa Marquise", Function: "Achats", Email: "lea@marquise.example.org", Reason: "Zoé Gabarit s’absente"}, workflowtest.Visit))
	due, err := w.ClaimDeliveries(t.Context(), 10)
	must(t, err)
	for _, d := range due {
		must(t, w.SettleDelivery(t.Context(), d, workflow.Outcome{Sent: true, Answer: "250 OK", Copy: "De Zoé Gabarit à Léa Marquise"}))
	}
	return first, invitationOf(t, w, invitationOf(t, w, first.ID).TransferredTo).Invitation
}

// Either of a chain is erased from the other's too, at once: words, history and
// copies of mails.
func TestErasingOneOfAChain(t *testing.T) {
	for who, mark := range map[string]string{"zoe@gabarit.example.org": "zoé gabarit", "lea@marquise.example.org": "léa marquise"} {
		onBothVaults(t, func(t *testing.T, v *vault) {
			first, next := passed(t, v.World)
			_, err := v.ErasePerson(t.Context(), workflow.Operator(), who, true)
			must(t, err)
			for _, trace := range []string{mark, who} {
				if got := v.places(t, trace); got != nil {
					t.Errorf("%s is in %v", trace, got)
				}
			}
			before, after := invitationOf(t, v.World, first.ID), invitationOf(t, v.World, next.ID)
			if before.Forgotten() == after.Forgotten() || after.State.Open() == after.Forgotten() {
				t.Errorf("%s: %+v, then %+v", who, before.Invitation, after.Invitation)
			}
			verifySound(t, v.World)
		})
	}
}

// Mails that prove nothing forget whom they went to after two years; their keys
// stay, without the address.
func TestOldMailsAreForgotten(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		w := v.World
		h := signed(t, w, workflowtest.Request())
		must(t, w.RequestCertificates(t.Context(), h.invitation.Contact.Email, workflow.French, workflowtest.Visit))
		w.Deliver(t)
		w.Clock.Move(w.Clock.Now().AddDate(0, workflow.MailMemoryMonths, 0).Sub(w.Clock.Now()) - time.Second)
		must(t, w.Tick(t.Context()))
		const known, openings = "kind = 'retrieval' AND recipient <> '' AND answer <> ''", "record LIKE 'delivery:%'"
		told := "SELECT COUNT(*) FROM journal_opening WHERE seq IN (SELECT seq FROM journal WHERE " + openings + ")"
		if v.count(t, "SELECT COUNT(*) FROM delivery WHERE "+known) != 1 || v.count(t, told) == 0 {
			t.Error("forgotten before its day")
		}
		w.Clock.Move(time.Second)
		n, err := w.PurgeNow(t.Context(), workflow.Operator())
		if err != nil || n != (workflow.Forgotten{Mails: 1}) {
			t.Errorf("%+v, %v", n, err)
		}
		if v.count(t, "SELECT COUNT(*) FROM delivery WHERE kind = 'retrieval' AND recipient = '' AND answer = '' AND copy = '' AND state = 'sent'") != 1 || v.count(t, told) != 0 {
			t.Error("not forgotten on its day")
		}
		for _, d := range invitationOf(t, w, h.invitation.ID).Deliveries {
			if d.Recipient == "" {
				t.Errorf("part of the evidence, and forgotten: %+v", d)
			}
		}
		verifySound(t, w)
	})
}
