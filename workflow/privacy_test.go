package workflow_test

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"testing"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

const gummy = "zoe@gabarit.example.org" // of whoever marked("gabarit") invites

// everywhere leaves the mark wherever a person who signs nothing can: it gives
// the id of an open invitation.
func everywhere(t *testing.T, w *workflowtest.World) (open string) {
	t.Helper()
	_, secret := answered(t, w, "gabarit")
	must(t, w.Decline(t.Context(), secret, workflow.DeclineForm{Refusal: workflow.Refusal{Reason: workflow.RefusedText, Words: "Gabarit dit non"}, Confirmed: true}, workflowtest.Visit))
	elsewhere := marked("gabarit")
	elsewhere.Pole, elsewhere.Organisation = "montreal", "MRC du Haut-Essai"
	inv, err := w.Service.Invite(t.Context(), workflow.Operator(), elsewhere) // its mail waits
	must(t, err)

	corrected, err := w.Service.Invite(t.Context(), workflow.Operator(), func() workflow.InviteRequest {
		r := marked("gabarit")
		r.Organisation, r.Message, r.Source = "Ville de l’Essai", "", "" // these stay with the invitation
		return r
	}())
	must(t, err)
	must(t, w.CorrectContact(t.Context(), workflow.Operator(), corrected.ID, workflow.Contact{Name: "Jo Exemple", Function: "Greffe", Email: "jo@example.org"}))
	askInvitation(t, w, askForm(func(f *workflow.RequestForm) {
		f.Contact, f.Message = workflow.Contact{Name: "Zoé Gabarit", Function: "Gabarit", Email: gummy}, "De Gabarit"
		f.Organisation = "Coopérative Exemple"
	}))
	preview(t, w, []byte(batchHead+"Coop Exemple;coop;43027;;;Zoé Gabarit;Gabarit;Zoe@Gabarit.example.org\n"))
	must(t, w.ExportInvitations(t.Context(), workflow.Operator(), workflow.InvitationFilter{Query: gummy}, "csv", func(workflow.InvitationView) error { return nil }))
	return inv.ID
}

// askedYearly makes another's commitment, whose yearly question goes to that person from
// now on.
func askedYearly(t *testing.T, w *workflowtest.World, who workflow.Contact) {
	t.Helper()
	committed(t, w)
	moveTo(t, w, "2027-11-22 12:00")
	_, token := yearly(t, w)
	must(t, confirmYear(t, w, token, workflow.FollowUpForm{Contact: who}))
}

// An erasure leaves nothing of a person who signed nothing, in any table; it
// revokes first, and the chain of the journal stays.
func TestErasingAPerson(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		w := v.World
		askedYearly(t, w, workflow.Contact{Name: "Zoé Gabarit", Function: "Gabarit", Email: gummy})
		open := everywhere(t, w)
		before := rowsOf(t, w)
		told, err := w.ErasePerson(t.Context(), workflow.Operator(), " Zoe@Gabarit.example.org ", false)
		if err != nil || told.Done || rowsOf(t, w) != before || invitationOf(t, w, open).Forgotten() {
			t.Fatalf("telling changed something: %+v, %v", told, err)
		}
		if len(told.Invitations) != 2 || len(told.Requests) != 1 || told.FollowUps != 1 || told.Lines != 1 || told.Mails != 1 || told.Kept != nil {
			t.Errorf("told %+v", told)
		}
		done, err := w.ErasePerson(t.Context(), workflow.Operator(), gummy, true)
		if err != nil || !done.Done {
			t.Fatal(err)
		}
		for mark, want := range map[string][]string{"zoé": nil, "zoe@": nil} {
			if got := v.places(t, mark); !slices.Equal(got, want) {
				t.Errorf("%s is in %v", mark, got)
			}
		}
		page := invitationOf(t, w, open)
		if page.State != workflow.StateRevoked || !page.EndedAt.Equal(w.Clock.Now()) || page.Deliveries[0].State != workflow.DeliveryCancelled {
			t.Errorf("%+v", page)
		}
		last := page.Events[len(page.Events)-1]
		if last.Type != "privacy.erased" || len(last.Openings) > 0 {
			t.Errorf("the journal ends with %+v", last)
		}
		again, err := w.ErasePerson(t.Context(), workflow.Operator(), gummy, true)
		if err != nil || len(again.Invitations)+len(again.Requests)+again.Mails+again.FollowUps+again.Lines+len(again.Kept) > 0 {
			t.Errorf("again %+v, %v", again, err)
		}
		signatory := workflowtest.Request().Contact.Email // the evidence keeps that, the question of last year does not
		if e, err := w.ErasePerson(t.Context(), workflow.Operator(), signatory, true); err != nil || e.FollowUps != 1 {
			t.Errorf("%+v, %v", e, err)
		}
		moveTo(t, w, "2028-11-22 09:00")
		if mails, _ := yearly(t, w); len(mails) != 1 || mails[0].Delivery.Recipient != signatory {
			t.Errorf("the year after, who signed is asked: %+v", mails)
		}
		verifySound(t, w)
	})
}

// Who signed, unsubscribed, has an account or is to sign is told to stay, and
// does.
func TestWhatAnErasureKeeps(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		r := workflowtest.Request()
		h := signed(t, w, r)
		w.Deliver(t)
		was := invitationOf(t, w, h.invitation.ID)
		r.Organisation = "MRC du Haut-Essai"
		inv, err := w.Service.Invite(t.Context(), workflow.Operator(), r)
		must(t, err)
		stop := path.Base(w.Deliver(t)[0].UnsubscribeURL)
		_, err = w.Unsubscribe(t.Context(), stop, workflowtest.Visit)
		must(t, err)
		staff := hire(t, w, r.Contact.Email, workflow.RoleAgent, "estrie")
		e, err := w.ErasePerson(t.Context(), workflow.Operator(), r.Contact.Email, true)
		want := []workflow.Kept{{Reason: workflow.KeptSigned, Record: h.number}, {Reason: workflow.KeptStaff, Record: staff.ID}, {Reason: workflow.KeptSuppression, Record: "estrie"}}
		if err != nil || !slices.Equal(e.Kept, want) || len(e.Invitations) != 1 || e.Invitations[0].ID != inv.ID || e.Mails != 0 {
			t.Errorf("%+v, %v", e, err)
		}
		now := invitationOf(t, w, h.invitation.ID)
		if now.Invitation != was.Invitation || !slices.Equal(now.Deliveries, was.Deliveries) || len(now.Events) != len(was.Events) || len(now.Events[0].Openings) == 0 {
			t.Errorf("the signed one is %+v", now)
		}
		if _, n, err := w.Suppressions(t.Context(), workflow.Operator(), "estrie", 0, 0); n != 1 || err != nil {
			t.Errorf("%d suppressions, %v", n, err)
		}
		verifySound(t, w)
	})
}

// Whoever is to sign beside the contact stays while the invitation is open, and
// goes once it has ended; the contact's own answers stay.
func TestErasingWhoSignsBeside(t *testing.T) {
	onBothVaults(t, func(t *testing.T, v *vault) {
		w := v.World
		inv, _ := withSecond(t, w, true)
		w.Deliver(t)
		e, err := w.ErasePerson(t.Context(), workflow.Operator(), clerk.Email, true)
		if err != nil || len(e.Kept) != 1 || e.Kept[0] != (workflow.Kept{Reason: workflow.KeptSeat, Record: inv.ID}) || v.holds(t, "invitation", "dominique") != 1 || v.holds(t, "journal_opening", "dominique") == 0 {
			t.Errorf("%+v, %v", e, err)
		}
		must(t, w.Revoke(t.Context(), workflow.Operator(), inv.ID))
		e, err = w.ErasePerson(t.Context(), workflow.Operator(), clerk.Email, true)
		if err != nil || len(e.Kept) != 0 || !slices.Equal(e.Seats, []string{inv.ID}) || e.Mails != 1 {
			t.Errorf("%+v, %v", e, err)
		}
		if got := v.places(t, "dominique"); got != nil {
			t.Errorf("is in %v", got)
		}
		if page := invitationOf(t, w, inv.ID); page.Contact != inv.Contact || page.Details.Signatory.Function != "Mairesse" || len(page.Seats) != 0 && page.Seats[0].Seat == workflow.SeatSecond {
			t.Errorf("the contact's is %+v", page)
		}
	})
}

// A person's data are complete, for programs, without secrets, and a look at the
// evidence; nothing is an empty list.
func TestExportingAPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		var lists map[string]json.RawMessage
		file, err := w.ExportPerson(t.Context(), workflow.Operator(), "nobody@example.org")
		must(t, err)
		must(t, json.Unmarshal(file, &lists))
		empty := 0
		for _, list := range lists {
			if string(list) == "[]" {
				empty++
			}
		}
		if empty != len(lists)-3 {
			t.Errorf("of nobody: %s", file)
		}
		h := signed(t, w, marked("gabarit"))
		w.Deliver(t)
		askedYearly(t, w, workflow.Contact{Name: "Zoé Gabarit", Function: "Gabarit", Email: gummy})
		everywhere(t, w)
		hire(t, w, gummy, workflow.RoleAgent, "estrie")
		file, err = w.ExportPerson(t.Context(), workflow.Operator(), gummy)
		must(t, err)
		must(t, json.Unmarshal(file, &lists))
		for name, want := range map[string]int{"invitations": 3, "signatures": 1, "requests": 1, "lines_of_uploaded_lists": 1, "staff_accounts": 1, "suppressions": 0} {
			var list []json.RawMessage
			must(t, json.Unmarshal(lists[name], &list))
			if len(list) != want {
				t.Errorf("%d %s", len(list), name)
			}
		}
		for _, words := range []string{"Rencontre avec Zoé gabarit", "Rappeler gabarit", "Gabarit dit non", "De Gabarit", h.number, `"open_sessions": 0`} {
			if !bytes.Contains(file, []byte(words)) {
				t.Errorf("does not say %q", words)
			}
		}
		_, err = w.ExportPerson(t.Context(), workflow.Operator(), "nobody")
		wantField(t, err, "email", "email.invalid")
		_, err = w.ExportPerson(t.Context(), agentOf(t, w, "estrie"), gummy)
		wantKey(t, err, workflow.Forbidden, "role.insufficient")
	})
}
