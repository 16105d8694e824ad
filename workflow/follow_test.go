package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/journal"
	"jachete/workflow/workflowtest"
)

// agentOf gives an agent of a pôle.
func agentOf(t *testing.T, w *workflowtest.World, pole string) workflow.Actor {
	t.Helper()
	return workflow.StaffActor(hire(t, w, "agent."+pole+"@example.org", workflow.RoleAgent, pole))
}

func TestCorrectingTheAddressMailsAnotherLink(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, old := w.Invite(t, workflowtest.Request())
		secret := w.Open(t, old)
		err := w.CorrectContact(t.Context(), agentOf(t, w, "estrie"), inv.ID,
			workflow.Contact{Name: "Dominique Modèle", Function: "Direction générale", Email: "D.Modele@Example.org", Civility: workflow.Monsieur})
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.PeekLink(t.Context(), old, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.replaced")
		if _, err := w.Signing(t.Context(), secret); err == nil {
			t.Error("the browser opened with the old link still signs")
		}
		mails := w.Deliver(t)
		if len(mails) != 1 || mails[0].Delivery.Recipient != "d.modele@example.org" || mails[0].Recipient.Name != "Dominique Modèle" {
			t.Fatalf("%+v", mails)
		}
		page, err := w.Invitation(t.Context(), workflow.Operator(), inv.ID)
		if err != nil || page.State != workflow.StateSent || page.Contact.Civility != workflow.Monsieur ||
			page.Details.Signatory.Name != "Dominique Modèle" || !page.ExpiresAt.Equal(inv.ExpiresAt) {
			t.Errorf("%+v %v", page.Invitation, err)
		}
		i := slices.IndexFunc(page.Events, func(e journal.Entry) bool { return e.Type == "invitation.correct" })
		if i < 0 {
			t.Fatal("the correction is not in the journal")
		}
		if body := page.Events[i].Body; strings.Contains(body, "camille") || strings.Contains(body, "odele") {
			t.Errorf("the body of the entry holds an address: %s", body)
		}
		was := ""
		for _, o := range page.Events[i].Openings {
			if o.Field == "was" {
				was = o.Value
			}
		}
		if was != "c…@example.org" {
			t.Errorf("the old address is kept as %q", was)
		}
	})
}

func TestCorrectingIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		good := workflow.Contact{Name: "Dominique Modèle", Function: "Direction", Email: "d@example.org"}
		correct := func(a workflow.Actor, id string, c workflow.Contact) error {
			return w.CorrectContact(t.Context(), a, id, c)
		}
		inv, _ := w.Invite(t, workflowtest.Request())
		agent, other := agentOf(t, w, "estrie"), agentOf(t, w, "montreal")
		bad := good
		bad.Email, bad.Civility = "d@@", "maître"
		wantField(t, correct(agent, inv.ID, bad), "email", "email.invalid")
		wantField(t, correct(agent, inv.ID, bad), "civility", "civility.unknown")
		wantKey(t, correct(other, inv.ID, bad), workflow.NotFound, "record.not-found") // before the form is looked at
		wantKey(t, correct(other, "AAAA", bad), workflow.NotFound, "record.not-found")

		r := workflowtest.Request()
		r.Contact.Email = "d@example.org"
		w.Invite(t, r)
		wantKey(t, correct(agent, inv.ID, good), workflow.Conflict, "invitation.open")
		if err := w.Revoke(t.Context(), agent, inv.ID); err != nil {
			t.Fatal(err)
		}
		good.Email = "e@example.org"
		wantKey(t, correct(agent, inv.ID, good), workflow.Conflict, "invitation.cannot-correct")
	})
}

func TestExtendingKeepsTheMailedLink(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, token := w.Invite(t, workflowtest.Request())
		agent := agentOf(t, w, "estrie")
		for _, until := range []time.Time{w.Clock.Now(), w.Clock.Now().Add(-time.Hour), w.Clock.Now().Add(401 * 24 * time.Hour)} {
			wantField(t, w.Extend(t.Context(), agent, inv.ID, until), "expires", "deadline.invalid")
		}
		until := inv.ExpiresAt.Add(30 * 24 * time.Hour)
		if err := w.Extend(t.Context(), agent, inv.ID, until); err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(until.Sub(w.Clock.Now()) - time.Minute)
		if len(w.Deliver(t)) != 0 {
			t.Error("extending mails something")
		}
		if _, err := w.PeekLink(t.Context(), token, workflowtest.Visit); err != nil {
			t.Errorf("a minute before the new term: %v", err)
		}
		w.Clock.Move(time.Minute)
		_, err := w.PeekLink(t.Context(), token, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.expired")
		wantKey(t, w.Extend(t.Context(), agent, inv.ID, until.Add(48*time.Hour)), workflow.Conflict, "invitation.cannot-extend")
		wantKey(t, w.Extend(t.Context(), agentOf(t, w, "montreal"), inv.ID, until), workflow.NotFound, "record.not-found")
	})
}

func TestNoteStaysInside(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		agent := agentOf(t, w, "estrie")
		if err := w.SetNote(t.Context(), agent, inv.ID, " Rappeler lundi\r\nau bureau "); err != nil {
			t.Fatal(err)
		}
		if err := w.Revoke(t.Context(), agent, inv.ID); err != nil {
			t.Fatal(err)
		}
		if err := w.SetNote(t.Context(), agent, inv.ID, "Rappeler lundi\nau bureau"); err != nil {
			t.Errorf("the same note on a revoked invitation: %v", err)
		}
		page, err := w.Invitation(t.Context(), workflow.Operator(), inv.ID)
		if err != nil || page.Note != "Rappeler lundi\nau bureau" {
			t.Errorf("%q %v", page.Note, err)
		}
		noted := 0
		for _, e := range page.Events {
			if e.Type == "invitation.annotate" {
				noted++
			}
			if strings.Contains(e.Body, "Rappeler") || len(e.Openings) > 0 && strings.Contains(e.Openings[0].Value, "Rappeler") {
				t.Error("the journal holds the note")
			}
		}
		if noted != 1 {
			t.Errorf("%d entries for one change", noted)
		}
		wantField(t, w.SetNote(t.Context(), agent, inv.ID, strings.Repeat("a", workflow.MaxNote+1)), "note", "text.long")
		wantKey(t, w.SetNote(t.Context(), agentOf(t, w, "montreal"), inv.ID, "x"), workflow.NotFound, "record.not-found")
		reader := workflow.StaffActor(hire(t, w, "r@example.org", workflow.RoleReader, "estrie"))
		if err := w.SetNote(t.Context(), reader, inv.ID, "x"); !workflow.IsKind(err, workflow.Forbidden) {
			t.Errorf("a reader writes: %v", err)
		}
	})
}

func TestCampaignOfAnInvitation(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		for _, c := range []workflow.Campaign{{PoleSlug: "estrie", Slug: "automne", Name: "Automne"},
			{PoleSlug: "estrie", Slug: "hiver", Name: "Hiver", Closed: true}, {PoleSlug: "montreal", Slug: "ailleurs", Name: "Ailleurs"}} {
			if err := w.Store.Update(t.Context(), func(tx workflow.Tx) error { return tx.AddCampaign(t.Context(), c) }); err != nil {
				t.Fatal(err)
			}
		}
		inv, _ := w.Invite(t, workflowtest.Request())
		agent := agentOf(t, w, "estrie")
		set := func(slug string) error { return w.SetInvitationCampaign(t.Context(), agent, inv.ID, slug) }
		wantField(t, set("hiver"), "campaign", "campaign.closed")
		wantField(t, set("ailleurs"), "campaign", "campaign.unknown")
		for _, slug := range []string{"automne", ""} {
			if err := set(slug); err != nil {
				t.Fatal(err)
			}
			list, total, err := w.Invitations(t.Context(), agent, workflow.InvitationFilter{Campaign: "automne"})
			if err != nil || (total == 1) != (slug == "automne") {
				t.Errorf("%d of the campaign, %v: %+v", total, err, list)
			}
		}
		choices, err := w.CampaignChoices(t.Context(), agent, true)
		if err != nil || len(choices) != 1 || choices[0].Slug != "automne" {
			t.Errorf("%+v %v", choices, err)
		}
		if all, err := w.CampaignChoices(t.Context(), agent, false); err != nil || len(all) != 2 {
			t.Errorf("%+v %v", all, err)
		}
	})
}

func TestCopyOfAMailIsForItsPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		inv, _ := w.Invite(t, workflowtest.Request())
		r := workflowtest.Request()
		r.Contact.Email = "b@example.org"
		second, _ := w.Invite(t, r)
		page, err := w.Invitation(t.Context(), workflow.Operator(), inv.ID)
		if err != nil || len(page.Deliveries) != 1 {
			t.Fatal(page, err)
		}
		mail := page.Deliveries[0].ID
		agent := agentOf(t, w, "estrie")
		if c, err := w.MailCopy(t.Context(), agent, inv.ID, mail); err != nil || c.Mail.ID != mail || c.ID != inv.ID {
			t.Errorf("%+v %v", c, err)
		}
		for _, wrong := range [][2]string{{second.ID, mail}, {inv.ID, "AAAA"}, {"AAAA", mail}} {
			_, err := w.MailCopy(t.Context(), agent, wrong[0], wrong[1])
			wantKey(t, err, workflow.NotFound, "record.not-found")
		}
		_, err = w.MailCopy(t.Context(), agentOf(t, w, "montreal"), inv.ID, mail)
		wantKey(t, err, workflow.NotFound, "record.not-found")
	})
}

func TestWhatStaffMayDoFollowsTheTable(t *testing.T) {
	for _, state := range workflow.States {
		for _, action := range workflow.Actions(state, workflow.RoleAgent) {
			if !state.Can(action, workflow.PartyStaff) {
				t.Errorf("%s is offered in %s", action, state)
			}
		}
		if !slices.Contains(workflow.Actions(state, workflow.RoleAgent), workflow.ActionAnnotate) {
			t.Errorf("no note may be written in %s", state)
		}
		if list := workflow.Actions(state, workflow.RoleReader); len(list) > 0 {
			t.Errorf("a reader may %v", list)
		}
	}
}
