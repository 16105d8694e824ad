package workflow

import "time"

// campaignHorizon bounds how far ahead a ceremony or an embargo may be: a year
// mistyped would hide what was signed for a lifetime.
const campaignHorizon = 2 * 366 * 24 * time.Hour

// fillCampaign puts the answers of a form into a campaign, or refuses them all
// together.
func (s *Service) fillCampaign(c *Campaign, r CampaignRequest) error {
	var f fields
	var problem *FieldError
	c.Name, problem = CleanName(r.Name, MaxName)
	f.check("name", problem)
	c.Place, problem = CleanLine(r.Place, MaxName)
	f.check("place", problem)
	c.Closed = r.Closed
	c.CeremonyAt = s.campaignMoment(r.Ceremony, &f, "day", "hour")
	was := c.EmbargoUntil
	c.EmbargoUntil = s.campaignMoment(r.Embargo, &f, "embargoday", "embargohour")
	if until := c.EmbargoUntil; !until.IsZero() && !until.Equal(was) && !until.After(s.now()) {
		f.add("embargoday", "embargo.past")
	}
	return f.err()
}

func (s *Service) campaignMoment(typed LocalTime, f *fields, day, hour string) time.Time {
	at, wrong := typed.instant()
	switch {
	case wrong.day != "":
		f.add(day, wrong.day)
	case wrong.hour != "":
		f.add(hour, wrong.hour)
	case at.After(s.now().Add(campaignHorizon)):
		f.add(day, "date.far")
	}
	return at
}
