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
	c.Closed, c.Announced = r.Closed, r.Announce
	was := c.EmbargoUntil
	var day, hour *FieldError
	c.CeremonyAt, day, hour = s.nearMoment(r.Ceremony)
	f.check("day", day)
	f.check("hour", hour)
	c.EmbargoUntil, day, hour = s.nearMoment(r.Embargo)
	f.check("embargoday", day)
	f.check("embargohour", hour)
	if until := c.EmbargoUntil; !until.IsZero() && !until.Equal(was) && !until.After(s.now()) {
		f.add("embargoday", "embargo.past")
	}
	if r.Reminders.Choice != "" {
		plan, wrong := r.Reminders.plan()
		c.Reminders, f = plan, append(f, wrong...)
	}
	return f.err()
}

// nearMoment reads a moment within the horizon.
func (s *Service) nearMoment(typed LocalTime) (at time.Time, day, hour *FieldError) {
	at, day, hour = typed.instant()
	if at.After(s.now().Add(campaignHorizon)) {
		day = &FieldError{Key: "date.far"}
	}
	return at, day, hour
}
