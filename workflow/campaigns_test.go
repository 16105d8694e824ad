package workflow_test

import (
	"testing"
	"time"

	"jachete/workflow"
	"jachete/workflow/workflowtest"
)

// campaign adds a campaign of estrie; tests change what they are about.
func campaign(t *testing.T, w *workflowtest.World, change ...func(*workflow.CampaignRequest)) workflow.Campaign {
	t.Helper()
	r := workflow.CampaignRequest{Name: "Les villes de l’Estrie", Place: "Salle de l’Exemple"}
	for _, f := range change {
		f(&r)
	}
	c, err := w.AddCampaign(t.Context(), workflow.Operator(), "estrie", r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// in makes requests belong to a campaign.
func in(c workflow.Campaign) workflow.InviteRequest {
	r := workflowtest.Request()
	r.Campaign = c.Slug
	return r
}

func TestCampaignTypedInLocalTime(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := campaign(t, w, func(r *workflow.CampaignRequest) {
			r.Ceremony, r.Embargo = workflow.LocalTime{Day: "2026-12-01", Hour: "14 h 30"}, workflow.LocalTime{Day: " 2026-12-01 ", Hour: "16h"}
		})
		if c.Slug != "les-villes-de-l-estrie" || c.CeremonyAt != time.Date(2026, 12, 1, 19, 30, 0, 0, time.UTC) ||
			c.EmbargoUntil != time.Date(2026, 12, 1, 21, 0, 0, 0, time.UTC) {
			t.Errorf("%+v", c)
		}
		if again := campaign(t, w); again.Slug != "les-villes-de-l-estrie-2" {
			t.Errorf("the same name again: %s", again.Slug)
		}
		changed, err := w.ChangeCampaign(t.Context(), workflow.Operator(), "estrie", c.Slug,
			workflow.CampaignRequest{Name: "Autre nom", Ceremony: workflow.LocalTimeOf(c.CeremonyAt), Closed: true})
		if err != nil || changed.Slug != c.Slug || changed.CeremonyAt != c.CeremonyAt || !changed.EmbargoUntil.IsZero() || !changed.Closed {
			t.Errorf("%+v, %v", changed, err)
		}
		verifySound(t, w)
	})
}

func TestCampaignSaysWhatIsWrong(t *testing.T) {
	w := workflowtest.New(t, openStore(t, databases["sqlite"](t)))
	for _, c := range []struct {
		field, key string
		change     workflow.CampaignRequest
	}{
		{"name", "text.empty", workflow.CampaignRequest{}},
		{"day", "date.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Hour: "14 h"}}},
		{"day", "date.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2026-02-30", Hour: "14 h"}}},
		{"day", "date.far", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2062-12-01", Hour: "14 h"}}},
		{"hour", "hour.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2026-12-01"}}},
		{"hour", "hour.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2026-12-01", Hour: "24 h"}}},
		{"hour", "hour.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2026-12-01", Hour: "14 h 60"}}},
		{"hour", "hour.invalid", workflow.CampaignRequest{Ceremony: workflow.LocalTime{Day: "2027-03-14", Hour: "2 h 30"}}}, // skipped by the clocks
		{"embargoday", "embargo.past", workflow.CampaignRequest{Embargo: workflow.LocalTime{Day: "2026-11-21", Hour: "8:00"}}},
		{"embargohour", "hour.invalid", workflow.CampaignRequest{Embargo: workflow.LocalTime{Day: "2026-12-21", Hour: "midi"}}},
	} {
		_, err := w.AddCampaign(t.Context(), workflow.Operator(), "estrie", c.change)
		wantField(t, err, c.field, c.key)
	}
}

func TestCampaignsStayInTheirPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		inv, _ := w.Invite(t, in(c))
		elsewhere := workflow.StaffActor(hire(t, w, "la@example.org", workflow.RoleAgent, "montreal"))
		reader := workflow.StaffActor(hire(t, w, "lit@example.org", workflow.RoleReader, "estrie"))
		for _, slug := range []string{c.Slug, "inconnue"} {
			_, errs := w.Campaign(ctx, elsewhere, "estrie", slug)
			wantKey(t, errs, workflow.NotFound, "record.not-found")
			_, errs = w.ChangeCampaign(ctx, elsewhere, "estrie", slug, workflow.CampaignRequest{Name: "A"})
			wantKey(t, errs, workflow.NotFound, "record.not-found")
			_, errs = w.ShowGuest(ctx, elsewhere, "estrie", slug, inv.ID)
			wantKey(t, errs, workflow.NotFound, "record.not-found")
			_, errs = w.CampaignCopies(ctx, elsewhere, "estrie", slug, "")
			wantKey(t, errs, workflow.NotFound, "record.not-found")
			_, errs = w.Signers(ctx, elsewhere, "estrie", slug)
			wantKey(t, errs, workflow.NotFound, "record.not-found")
		}
		_, err := w.AddCampaign(ctx, elsewhere, "estrie", workflow.CampaignRequest{Name: "A"})
		wantKey(t, err, workflow.NotFound, "record.not-found")
		_, err = w.AddCampaign(ctx, reader, "estrie", workflow.CampaignRequest{Name: "A"})
		wantKey(t, err, workflow.Forbidden, "role.insufficient")
		_, err = w.ShowGuest(ctx, reader, "estrie", c.Slug, inv.ID)
		wantKey(t, err, workflow.Forbidden, "role.insufficient")
		_, err = w.OpenCampaigns(ctx, elsewhere, "estrie")
		wantKey(t, err, workflow.NotFound, "record.not-found")
		list, err := w.Campaigns(ctx, elsewhere)
		if err != nil || len(list) != 0 {
			t.Errorf("elsewhere sees %v, %v", list, err)
		}
	})
}

func TestInvitationsJoinOpenCampaignsOfTheirPole(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		ctx, c := t.Context(), campaign(t, w)
		w.Invite(t, in(c))
		invite := func(r workflow.InviteRequest) error {
			_, err := w.Service.Invite(ctx, workflow.Operator(), r)
			return err
		}
		wantField(t, invite(in(workflow.Campaign{Slug: "inconnue"})), "campaign", "campaign.unknown")
		other := in(c)
		other.Pole, other.Place.RegionCode = "montreal", "06"
		wantField(t, invite(other), "campaign", "campaign.unknown")
		if _, err := w.ChangeCampaign(ctx, workflow.Operator(), "estrie", c.Slug, workflow.CampaignRequest{Name: c.Name, Closed: true}); err != nil {
			t.Fatal(err)
		}
		late := in(c)
		late.Organisation = "Ville de l’Essai"
		wantField(t, invite(late), "campaign", "campaign.no-more")
		open, err := w.OpenCampaigns(ctx, workflow.Operator(), "estrie")
		if err != nil || len(open) != 0 {
			t.Errorf("open: %v, %v", open, err)
		}
	})
}

func TestCampaignPageCountsAndFollowsUp(t *testing.T) {
	onBoth(t, func(t *testing.T, w *workflowtest.World) {
		c := campaign(t, w, func(r *workflow.CampaignRequest) { r.Ceremony = workflow.LocalTime{Day: "2026-11-23", Hour: "14:00"} })
		signer, token := w.Invite(t, in(c))
		sent := in(c)
		sent.Organisation, sent.Contact.Email = "MRC du Haut-Essai", "b@example.org"
		late, _ := w.Invite(t, sent)
		secret, form := w.Ready(t, token)
		if _, err := w.Sign(t.Context(), secret, form, workflowtest.Visit); err != nil {
			t.Fatal(err)
		}
		page := func() workflow.CampaignPage {
			t.Helper()
			p, err := w.CampaignPage(t.Context(), workflow.Operator(), "estrie", c.Slug, 1)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		p := page()
		if p.Progress != (workflow.Progress{Invited: 2, Unopened: 1, Signed: 1}) || p.Total != 2 || len(p.Late) != 0 ||
			len(p.Days) != 1 || p.Days[0] != (workflow.SignedDay{Day: "2026-11-22", Count: 1}) {
			t.Errorf("before: %+v", p)
		}
		if phase, nights := p.Phase(w.Clock.Now()); phase != workflow.PhaseBefore || nights != 1 {
			t.Errorf("%s, %d nights", phase, nights)
		}
		w.Clock.Move(48 * time.Hour)
		p = page()
		if len(p.Late) != 1 || p.Late[0].ID != late.ID || p.LateTotal != 1 || p.Late[0].ID == signer.ID {
			t.Errorf("after: %+v", p.Late)
		}
		if phase, _ := p.Phase(w.Clock.Now()); phase != workflow.PhaseAfter {
			t.Error(phase)
		}
	})
}
