package workflow

import (
	"context"
	"time"

	"jachete/workflow/territory"
)

// AttentionShown is how many invitations of each reason the dashboard shows.
const AttentionShown = 5

// latestShown is how many of the newest invitations it shows.
const latestShown = 5

// Dashboard is where a pôle stands, or all those the actor may read together.
type Dashboard struct {
	Poles     []Pole // that the actor may read, by name
	Pole      Pole   // the one that is shown; zero for all of several
	Counts    map[State]int
	Total     int
	Attention []AttentionList // in the order of Attentions, without those that nobody is in
	Latest    []InvitationView
	Coverage  Coverage // of one pôle
	Progress  []Week   // of one pôle
	Each      []PoleSummary
}

// AttentionList is what needs a hand for one reason: the first few, and how
// many there are in all.
type AttentionList struct {
	Reason Attention
	InvitationList
}

// PoleSummary is one of several pôles in a line.
type PoleSummary struct {
	Pole     Pole
	Counts   map[State]int
	Total    int
	Coverage Tally
}

// Dashboard tells where the actor's pôles stand: the one of that slug, or the
// only one there is, or all. NotFound when the slug is unknown or of another's.
func (s *Service) Dashboard(ctx context.Context, a Actor, slug string) (Dashboard, error) {
	d, err := s.dashboardOf(ctx, a, slug)
	if err != nil {
		return d, err
	}
	now, weeks := s.now(), weeksUntil(s.now())
	survey, err := s.Store.SurveyInvitations(ctx, questions(a, d.Pole.Slug, now, weeks))
	if err != nil {
		return d, err
	}
	live, err := s.Store.LiveMunicipalities(ctx, now)
	if err != nil {
		return d, err
	}
	d.take(survey, now)
	if d.Pole.Slug == "" {
		d.summarise(s, survey.Counts, live)
		return d, nil
	}
	d.Coverage = Cover(s.Atlas, d.Pole.Territory, knownTo(d.Pole.Slug, live), survey.Municipalities)
	signed, err := s.Store.SignedBefore(ctx, d.Pole.Slug, civilDates(weeks))
	if err == nil {
		d.Progress = progress(weeks, survey.Before, signed)
	}
	return d, err
}

// dashboardOf chooses the pôle that is shown.
func (s *Service) dashboardOf(ctx context.Context, a Actor, slug string) (d Dashboard, err error) {
	if err := a.Permit(PermitRead, slug); err != nil {
		return d, err
	}
	all, err := s.Store.Poles(ctx)
	for _, p := range all {
		if a.Permit(PermitRead, p.Slug) == nil {
			d.Poles = append(d.Poles, p)
		}
	}
	if slug == "" && len(d.Poles) == 1 {
		slug = d.Poles[0].Slug
	}
	for _, p := range d.Poles {
		if p.Slug == slug {
			d.Pole = p
		}
	}
	if err == nil && d.Pole.Slug != slug {
		err = notFound()
	}
	return d, err
}

func questions(a Actor, pole string, now time.Time, weeks []time.Time) InvitationQuestions {
	q := InvitationQuestions{Poles: a.Poles(), Pole: pole, At: now, Lists: []InvitationFilter{{Limit: latestShown}}}
	if pole != "" {
		q.Moments = weeks
	}
	for _, reason := range Attentions {
		q.Lists = append(q.Lists, reason.Narrow(InvitationFilter{Limit: AttentionShown}, now))
	}
	return q
}

// take notes what was answered to the questions.
func (d *Dashboard) take(s InvitationSurvey, now time.Time) {
	d.Counts = map[State]int{}
	for _, counts := range s.Counts {
		for state, n := range counts {
			d.Counts[state] += n
			d.Total += n
		}
	}
	for _, list := range s.Lists {
		for i := range list.Invitations {
			list.Invitations[i].State = list.Invitations[i].StateAt(now)
		}
	}
	d.Latest = s.Lists[0].Invitations
	for i, list := range s.Lists[1:] {
		if list.Total > 0 {
			d.Attention = append(d.Attention, AttentionList{Attentions[i], list})
		}
	}
}

// summarise puts each pôle in a line.
func (d *Dashboard) summarise(s *Service, counts map[string]map[State]int, live []LiveMunicipality) {
	places := make([]territory.Place, len(live))
	for i, m := range live {
		place, _ := s.Atlas.Municipality(m.Code)
		places[i] = place.Place()
	}
	for _, p := range d.Poles {
		line := PoleSummary{Pole: p, Counts: counts[p.Slug]}
		for _, n := range line.Counts {
			line.Total += n
		}
		line.Coverage = Tally{Signed: signedIn(p, live, places), Total: s.Atlas.Count(p.Territory)}
		d.Each = append(d.Each, line)
	}
}

// signedIn counts the municipalities of a pôle that signed; places are where
// each of them lies.
func signedIn(p Pole, live []LiveMunicipality, places []territory.Place) int {
	counted := map[string]bool{}
	for i, m := range live {
		if m.knownTo(p.Slug) && p.Territory.Covers(places[i]) {
			counted[m.Code] = true
		}
	}
	return len(counted)
}

func knownTo(pole string, live []LiveMunicipality) (codes []string) {
	for _, m := range live {
		if m.knownTo(pole) {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

func civilDates(moments []time.Time) (days []string) {
	for _, m := range moments {
		days = append(days, CivilDate(m))
	}
	return days
}
