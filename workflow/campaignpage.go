package workflow

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Progress counts the invitations of a campaign: each stands in one of the
// fields but Invited, which is all of them. Those that were annulled or taken
// over by another are not counted.
type Progress struct {
	Invited     int
	Unopened    int // prepared, in the queue or sent
	Undelivered int
	Consulted   int
	Waiting     int // for a resolution
	Ready       int
	Signed      int
	Declined    int
	Expired     int
}

func progressOf(counts map[State]int) Progress {
	p := Progress{
		Unopened:    counts[StatePrepared] + counts[StateQueued] + counts[StateSent],
		Undelivered: counts[StateUndelivered], Consulted: counts[StateConsulted], Waiting: counts[StateAwaitingResolution],
		Ready: counts[StateReady], Signed: counts[StateSigned], Declined: counts[StateDeclined], Expired: counts[StateExpired],
	}
	p.Invited = p.Unopened + p.Undelivered + p.Consulted + p.Waiting + p.Ready + p.Signed + p.Declined + p.Expired
	return p
}

// awaited are the states in which a signature can still be hoped for.
var awaited = append(slices.Clone(open), StateExpired)

// CampaignView is a campaign with what lists show beside it.
type CampaignView struct {
	Campaign
	Pole     Pole
	Progress Progress
}

// SignedDay is a day on which somebody signed.
type SignedDay struct {
	Day   string // YYYY-MM-DD in America/Toronto
	Count int
}

// CampaignPage is a campaign with its invitations.
type CampaignPage struct {
	CampaignView
	Invitations []InvitationView // of the page asked for, newest first
	Total       int              // of all pages
	Late        []InvitationView // not signed though the ceremony is over, oldest first; at most PageSize
	LateTotal   int
	Days        []SignedDay // with certificates to print, in order
}

// Campaigns lists the campaigns the actor may read, latest first.
func (s *Service) Campaigns(ctx context.Context, a Actor) ([]CampaignView, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, err
	}
	list, err := s.Store.Campaigns(ctx, CampaignFilter{Poles: a.Poles()})
	if err != nil {
		return nil, err
	}
	views := make([]CampaignView, len(list))
	for i, c := range list {
		if views[i], err = s.campaignView(ctx, c); err != nil {
			return nil, err
		}
	}
	return views, nil
}

func (s *Service) campaignView(ctx context.Context, c Campaign) (CampaignView, error) {
	pole, err := s.Store.Pole(ctx, c.PoleSlug)
	if err != nil {
		return CampaignView{}, err
	}
	counts, err := s.Store.CountInvitations(ctx, InvitationFilter{Pole: c.PoleSlug, Campaign: c.Slug}, s.now())
	return CampaignView{Campaign: c, Pole: pole, Progress: progressOf(counts)}, err
}

// Campaign gives a campaign with its figures. NotFound when it is unknown or
// in another pôle.
func (s *Service) Campaign(ctx context.Context, a Actor, pole, slug string) (CampaignView, error) {
	c, err := s.permittedCampaign(ctx, s.Store, a, PermitRead, pole, slug)
	if err != nil {
		return CampaignView{}, err
	}
	return s.campaignView(ctx, c)
}

// CampaignPage gives a campaign with a page of its invitations, from 1. Errors
// as Campaign.
func (s *Service) CampaignPage(ctx context.Context, a Actor, pole, slug string, page int) (CampaignPage, error) {
	view, err := s.Campaign(ctx, a, pole, slug)
	if err != nil {
		return CampaignPage{}, err
	}
	p := CampaignPage{CampaignView: view}
	f := InvitationFilter{Pole: pole, Campaign: slug, Limit: PageSize, Offset: (max(page, 1) - 1) * PageSize}
	if p.Invitations, p.Total, err = s.Invitations(ctx, a, f); err != nil {
		return CampaignPage{}, err
	}
	if err := s.addLate(ctx, a, &p); err != nil {
		return CampaignPage{}, err
	}
	signed, err := s.Store.CampaignCommitments(ctx, pole, slug)
	p.Days = signedDays(signed)
	return p, err
}

// addLate lists whom to ask again, once the ceremony is over.
func (s *Service) addLate(ctx context.Context, a Actor, p *CampaignPage) (err error) {
	if p.CeremonyAt.IsZero() || s.now().Before(p.CeremonyAt) {
		return nil
	}
	f := InvitationFilter{Pole: p.PoleSlug, Campaign: p.Slug, States: awaited}
	if p.Late, p.LateTotal, err = s.Invitations(ctx, a, f); err != nil {
		return err
	}
	slices.Reverse(p.Late)
	p.Late = p.Late[:min(len(p.Late), PageSize)]
	return nil
}

// signedDays counts certificates by the day they were signed.
func signedDays(list []Commitment) (days []SignedDay) {
	for _, c := range certified(list, "") {
		if n := len(days); n > 0 && days[n-1].Day == c.SignedOn {
			days[n-1].Count++
		} else {
			days = append(days, SignedDay{c.SignedOn, 1})
		}
	}
	return days
}

// Signers are the organisations that signed in a campaign, latest first, for
// a screen in the room.
func (s *Service) Signers(ctx context.Context, a Actor, pole, slug string) ([]string, error) {
	if _, err := s.permittedCampaign(ctx, s.Store, a, PermitRead, pole, slug); err != nil {
		return nil, err
	}
	list, err := s.Store.CampaignCommitments(ctx, pole, slug)
	var names []string
	for _, c := range slices.Backward(list) {
		if c.holds() {
			names = append(names, c.Organisation.Name)
		}
	}
	return names, err
}

// holds tells that nothing has ended the commitment.
func (c Commitment) holds() bool {
	return c.Status != CommitmentWithdrawn && c.Status != CommitmentSuperseded
}

// Phase is where a campaign stands in time.
type Phase string

// The phases.
const (
	PhaseUndated Phase = "undated" // no ceremony is planned
	PhaseBefore  Phase = "before"
	PhaseToday   Phase = "today"
	PhaseAfter   Phase = "after"
)

// Phase gives the phase at a moment and, before the ceremony, how many nights
// are left.
func (c Campaign) Phase(now time.Time) (phase Phase, nights int) {
	if c.CeremonyAt.IsZero() {
		return PhaseUndated, 0
	}
	today, _ := time.Parse(time.DateOnly, CivilDate(now))
	day, _ := time.Parse(time.DateOnly, CivilDate(c.CeremonyAt))
	nights = int(day.Sub(today).Hours() / 24)
	return []Phase{PhaseAfter, PhaseToday, PhaseBefore}[cmp.Compare(nights, 0)+1], max(nights, 0)
}
