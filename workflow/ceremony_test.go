package workflow_test

import (
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// shown shows a guest's link and gives its token.
func shown(t *testing.T, w *workflowtest.World, c workflow.Campaign, id string) string {
	t.Helper()
	g, err := w.ShowGuest(t.Context(), workflow.Operator(), "estrie", c.Slug, id)
	if err != nil || !strings.HasPrefix(g.LinkURL, workflowtest.BaseURL+"/i/c/") || g.Until.Sub(w.Clock.Now()) != 15*time.Minute {
		t.Fatalf("%+v, %v", g, err)
	}
	return path.Base(g.LinkURL)
}

func TestCeremonyLinkSigns(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		inv, mailed := w.Invite(t, in(c))
		token := shown(t, w, c, inv.ID)
		if token == mailed {
			t.Fatal("the mailed link was shown")
		}
		if page, err := w.PeekCeremonyLink(ctx, token, workflowtest.Visit); err != nil || page.Invitation.ID != inv.ID {
			t.Errorf("%+v, %v", page, err)
		}
		secret, err := w.OpenCeremonyLink(ctx, token, workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		w.Fill(t, secret)
		w.Confirm(t, secret)
		if to := w.Courier.Codes()[0].To; to != inv.Contact.Email {
			t.Errorf("the code went to %s", to)
		}
		if _, err := w.Sign(ctx, secret, w.Form(t, secret), workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		sig, err := w.Store.SignatureOfInvitation(ctx, inv.ID)
		if err != nil || !sig.Evidence.Ceremony {
			t.Errorf("evidence %+v, %v", sig.Evidence, err)
		}
		types := eventTypes(t, w, inv.ID)
		for _, want := range []string{"ceremony.link-shown", "ceremony.link-opened"} {
			if !slices.Contains(types, want) {
				t.Errorf("no %s in %v", want, types)
			}
		}
		if slices.Contains(types, "link.opened") {
			t.Error("the journal says the mailed link was opened")
		}
		_, err = w.ShowGuest(ctx, workflow.Operator(), "estrie", c.Slug, inv.ID)
		wantKey(t, err, workflow.Conflict, "guest.closed")
	})
}

func eventTypes(t *testing.T, w *workflowtest.World, id string) (types []string) {
	t.Helper()
	page, err := w.Invitation(t.Context(), workflow.Operator(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Events {
		types = append(types, e.Type)
	}
	return types
}

func TestCeremonyLinkDies(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		inv, mailed := w.Invite(t, in(c))
		token := shown(t, w, c, inv.ID)
		open := func(token string) error {
			_, err := w.OpenCeremonyLink(ctx, token, workflowtest.Visit)
			return err
		}
		wantKey(t, open(mailed), workflow.NotFound, "link.unknown")
		_, err := w.OpenLink(ctx, token, workflowtest.Visit)
		wantKey(t, err, workflow.NotFound, "link.unknown")
		w.Clock.Move(15 * time.Minute)
		wantKey(t, open(token), workflow.Gone, "link.expired")
		_, err = w.PeekCeremonyLink(ctx, token, workflowtest.Visit)
		wantKey(t, err, workflow.Gone, "link.ceremony")
		token = shown(t, w, c, inv.ID)
		if err := w.Resend(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		wantKey(t, open(token), workflow.Gone, "link.replaced")
		if err := w.Revoke(ctx, workflow.Operator(), inv.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.ShowGuest(ctx, workflow.Operator(), "estrie", c.Slug, inv.ID)
		wantKey(t, err, workflow.Conflict, "guest.closed")
	})
}

// An invitation of another campaign, or of none, is no guest.
func TestGuestsAreOfTheCampaign(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := campaign(t, w)
		stranger, _ := w.Invite(t, workflowtest.Request())
		_, err := w.ShowGuest(t.Context(), workflow.Operator(), "estrie", c.Slug, stranger.ID)
		wantKey(t, err, workflow.NotFound, "record.not-found")
		if types := eventTypes(t, w, stranger.ID); slices.Contains(types, "ceremony.link-shown") {
			t.Error("the journal says that a link was shown")
		}
		for i, name := range []string{"Zec-Exemple", "Étang", "Eau"} {
			r := in(c)
			r.Organisation, r.Contact.Email = name, string(rune('a'+i))+"@example.org"
			w.Invite(t, r)
		}
		list, err := w.Guests(t.Context(), workflow.Operator(), "estrie", c.Slug)
		if err != nil || len(list) != 3 || list[0].Organisation.Name != "Eau" || list[2].Organisation.Name != "Zec-Exemple" {
			t.Errorf("%v, %v", list, err)
		}
	})
}

func TestCeremonySessionIsShortAndCanBeEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		inv, mailed := w.Invite(t, in(c))
		secret, err := w.OpenCeremonyLink(ctx, shown(t, w, c, inv.ID), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		byMail := w.Open(t, mailed)
		if err := w.EndSigning(ctx, secret); err != nil {
			t.Fatal(err)
		}
		_, err = w.Signing(ctx, secret)
		wantKey(t, err, workflow.Unauthenticated, "session.none")
		if err := w.EndSigning(ctx, "never"); err != nil {
			t.Error(err)
		}
		secret, err = w.OpenCeremonyLink(ctx, shown(t, w, c, inv.ID), workflowtest.Visit)
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Move(30 * time.Minute)
		_, err = w.Signing(ctx, secret)
		wantKey(t, err, workflow.Unauthenticated, "session.none")
		if _, err := w.Signing(ctx, byMail); err != nil {
			t.Errorf("the browser opened by mail: %v", err)
		}
	})
}

func TestCopiesOfTheDay(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		for i, name := range []string{"Zec-Exemple", "Étang"} {
			r := in(c)
			r.Organisation, r.Contact.Email = name, string(rune('a'+i))+"@example.org"
			_, token := w.Invite(t, r)
			secret := w.Open(t, token)
			w.Fill(t, secret)
			if err := w.SaveOrganisation(ctx, secret, workflow.OrganisationForm{Organisation: name, Name: "Camille Exemple", Function: "Greffière"}); err != nil {
				t.Fatal(err)
			}
			w.Confirm(t, secret)
			if _, err := w.Sign(ctx, secret, w.Form(t, secret), workflowtest.Visit); err != nil {
				t.Fatal(err)
			}
		}
		file, err := w.CampaignCopies(ctx, workflow.Operator(), "estrie", c.Slug, "2026-11-22")
		if err != nil || strings.Index(string(file), "Étang") > strings.Index(string(file), "Zec-Exemple") || strings.Count(string(file), "ESJ-") != 2 {
			t.Errorf("%s, %v", file, err)
		}
		_, err = w.CampaignCopies(ctx, workflow.Operator(), "estrie", c.Slug, "2026-11-23")
		wantKey(t, err, workflow.NotFound, "copies.none")
		names, err := w.Signers(ctx, workflow.Operator(), "estrie", c.Slug)
		if err != nil || len(names) != 2 {
			t.Errorf("%v, %v", names, err)
		}
	})
}
