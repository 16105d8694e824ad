package workflow

import (
	"context"
	"fmt"
)

// CampaignRequest is the form of a campaign, as typed.
type CampaignRequest struct {
	Name     string
	Place    string
	Ceremony LocalTime
	Embargo  LocalTime
	Closed   bool
	Announce bool // tell the public of the ceremony before it is held
	// Reminders is the plan of the campaign; without a choice it stays as it is.
	Reminders ReminderForm
}

// AddCampaign adds a campaign under a slug made of its name, unique in the
// pôle. Invalid names the fields to correct: "name", "place", "day" and "hour"
// of the ceremony, "embargoday" and "embargohour", and those of
// ReminderForm.Plan.
func (s *Service) AddCampaign(ctx context.Context, a Actor, pole string, r CampaignRequest) (Campaign, error) {
	if err := a.Permit(PermitWrite, pole); err != nil {
		return Campaign{}, err
	}
	c := Campaign{PoleSlug: pole, CreatedBy: a.name(), CreatedAt: s.now()}
	if err := s.fillCampaign(&c, r); err != nil {
		return Campaign{}, err
	}
	err := s.Store.Update(ctx, func(tx Tx) error {
		if _, err := tx.Pole(ctx, pole); IsKind(err, NotFound) {
			return notFound()
		} else if err != nil {
			return err
		}
		var err error
		if c.Slug, err = freeCampaignSlug(ctx, tx, c); err != nil {
			return err
		}
		e := s.event("campaign.added", a, pole, c.record())
		e.Data = c.data()
		tx.Record(e)
		return tx.AddCampaign(ctx, c)
	})
	return c, err
}

// ChangeCampaign changes everything of a campaign but its slug, moves what is
// not public yet with the embargo (see Tx.MoveEmbargo), and plans reminders
// again. Errors as AddCampaign; NotFound when it is unknown or in another pôle.
func (s *Service) ChangeCampaign(ctx context.Context, a Actor, pole, slug string, r CampaignRequest) (Campaign, error) {
	var c Campaign
	err := s.Store.Update(ctx, func(tx Tx) (err error) {
		if c, err = s.permittedCampaign(ctx, tx, a, PermitWrite, pole, slug); err != nil {
			return err
		}
		was := c
		if err := s.fillCampaign(&c, r); err != nil {
			return err
		}
		e := s.event("campaign.changed", a, pole, c.record())
		e.Data = c.data()
		tx.Record(e)
		if err := tx.SetCampaign(ctx, c); err != nil { // first: signatures wait for it, see KeepCampaign
			return err
		}
		if err := s.moveEmbargo(ctx, tx, c); err != nil {
			return err
		}
		return s.moveReminders(ctx, tx, a, was, c)
	})
	return c, s.replanned(ctx, err)
}

// moveReminders lets the schedule plan anew what follows from the plan of a
// campaign and from the day of its ceremony.
func (s *Service) moveReminders(ctx context.Context, tx Tx, a Actor, was, is Campaign) error {
	replanned := !is.Reminders.equal(was.Reminders)
	if replanned {
		tx.Record(s.event("reminders.planned", a, is.PoleSlug, is.record()))
	}
	if !replanned && is.CeremonyAt.Equal(was.CeremonyAt) {
		return nil
	}
	return tx.MoveReminders(ctx, ReminderScope{Pole: is.PoleSlug, Campaign: is.Slug}, unplanned)
}

// permittedCampaign reads a campaign the actor may act upon. One of another
// pôle is refused as one that does not exist.
func (s *Service) permittedCampaign(ctx context.Context, r Reader, a Actor, p Permission, pole, slug string) (Campaign, error) {
	if err := a.Permit(p, pole); err != nil {
		return Campaign{}, err
	}
	c, err := r.Campaign(ctx, pole, slug)
	if IsKind(err, NotFound) {
		return Campaign{}, notFound()
	}
	return c, err
}

// OpenCampaigns lists the campaigns of a pôle that take invitations, latest
// first.
func (s *Service) OpenCampaigns(ctx context.Context, a Actor, pole string) ([]Campaign, error) {
	if err := a.Permit(PermitRead, pole); err != nil {
		return nil, err
	}
	all, err := s.Store.Campaigns(ctx, CampaignFilter{Poles: []string{pole}})
	var open []Campaign
	for _, c := range all {
		if !c.Closed {
			open = append(open, c)
		}
	}
	return open, err
}

// refuseCampaign holds an invitation to a campaign of its pôle that is open;
// none is always right.
func refuseCampaign(ctx context.Context, r Reader, pole, slug string) error {
	if slug == "" {
		return nil
	}
	var f fields
	c, err := r.Campaign(ctx, pole, slug)
	switch {
	case IsKind(err, NotFound):
		f.add("campaign", "campaign.unknown")
	case err != nil:
		return err
	case c.Closed:
		f.add("campaign", "campaign.no-more")
	}
	return f.err()
}

func freeCampaignSlug(ctx context.Context, r Reader, c Campaign) (string, error) {
	base := slugOf(c.Name)
	slug := base
	for i := 2; i < 1000; i++ {
		if _, err := r.Campaign(ctx, c.PoleSlug, slug); IsKind(err, NotFound) {
			return slug, nil
		} else if err != nil {
			return "", err
		}
		slug = fmt.Sprintf("%s-%d", base, i)
	}
	return "", fmt.Errorf("no free slug for campaign %q", c.Name)
}

// record names the campaign in the journal.
func (c Campaign) record() string { return "campaign:" + c.PoleSlug + "/" + c.Slug }

// data is what the journal keeps of a campaign.
func (c Campaign) data() map[string]string {
	d := map[string]string{"name": c.Name, "closed": fmt.Sprint(c.Closed)}
	if !c.CeremonyAt.IsZero() {
		d["ceremony"] = UTCStamp(c.CeremonyAt)
	}
	if !c.EmbargoUntil.IsZero() {
		d["embargo"] = UTCStamp(c.EmbargoUntil)
	}
	if c.Announced {
		d["announced"] = "true"
	}
	return d
}
