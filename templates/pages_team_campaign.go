package templates

import (
	"cmp"
	"slices"
	"time"

	"jachete/workflow"
)

// campaignPath is the address of a campaign's page.
func campaignPath(c workflow.Campaign) string {
	return "/equipe/campagnes/" + c.PoleSlug + "/" + c.Slug
}

// TeamCampaigns is the list of campaigns.
type TeamCampaigns struct {
	TeamFrame
	Found []workflow.CampaignView
}

// File implements [Page].
func (*TeamCampaigns) File() string { return "team_campaigns" }

// Path is the address of a campaign.
func (*TeamCampaigns) Path(c workflow.Campaign) string { return campaignPath(c) }

// OpenMark says whether a campaign takes invitations.
func (f *TeamFrame) OpenMark(c workflow.Campaign) Mark {
	if c.Closed {
		return Mark{"ended", f.T("campaign.is-closed")}
	}
	return Mark{"good", f.T("campaign.open")}
}

// TeamCampaign is one campaign.
type TeamCampaign struct {
	TeamFrame
	Found          workflow.CampaignPage
	Now            time.Time
	Page, Pages    int
	Previous, Next string // addresses, or empty
	Done           string // "created", "changed", or empty
}

// File implements [Page].
func (*TeamCampaign) File() string { return "team_campaign" }

// Path is the address of the campaign.
func (p *TeamCampaign) Path() string { return campaignPath(p.Found.Campaign) }

// CampaignFigure is a figure of the progress, with its mark.
type CampaignFigure struct {
	Mark  Mark
	Count int
}

// Figures are the figures that are not zero, in the order of the story.
func (p *TeamCampaign) Figures() (list []CampaignFigure) {
	of := p.Found.Progress
	for _, f := range []CampaignFigure{
		{Mark{"", p.T("campaign.unopened")}, of.Unopened}, {Mark{"bad", p.T("campaign.undelivered")}, of.Undelivered},
		{Mark{"going", p.T("campaign.consulted")}, of.Consulted}, {Mark{"going", p.T("campaign.waiting")}, of.Waiting},
		{Mark{"going", p.T("campaign.ready")}, of.Ready}, {Mark{"good", p.T("campaign.signed")}, of.Signed},
		{Mark{"ended", p.T("campaign.declined")}, of.Declined}, {Mark{"ended", p.T("campaign.expired")}, of.Expired},
	} {
		if f.Count > 0 {
			list = append(list, f)
		}
	}
	return list
}

// Embargo says until when what is signed is confidential.
func (p *TeamCampaign) Embargo() string {
	switch until := p.Found.EmbargoUntil; {
	case until.IsZero():
		return p.T("campaign.embargo-none")
	case until.After(p.Now):
		return p.T("campaign.embargo-until", "Moment", p.Moment(until))
	default:
		return p.T("campaign.embargo-over", "Moment", p.Moment(until))
	}
}

// Milestone is a moment on the way of a campaign.
type Milestone struct {
	At    time.Time
	Words string
	Note  string // how far away it is, or empty
}

// Milestones are the moments of the campaign and the present one, in order.
func (p *TeamCampaign) Milestones() []Milestone {
	list := []Milestone{{At: p.Found.CreatedAt, Words: p.T("campaign.mark-created")}, {At: p.Now, Words: p.T("campaign.mark-now")}}
	if at := p.Found.CeremonyAt; !at.IsZero() {
		list = append(list, Milestone{At: at, Words: p.T("campaign.mark-ceremony"), Note: p.away()})
	}
	if at := p.Found.EmbargoUntil; !at.IsZero() {
		list = append(list, Milestone{At: at, Words: p.T("campaign.mark-embargo")})
	}
	slices.SortStableFunc(list, func(a, b Milestone) int { return cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()) })
	return list
}

// away tells how far the ceremony is.
func (p *TeamCampaign) away() string {
	switch phase, nights := p.Found.Phase(p.Now); phase {
	case workflow.PhaseBefore:
		return p.N("campaign.nights", nights)
	case workflow.PhaseToday:
		return p.T("campaign.today")
	default:
		return ""
	}
}

// CampaignForm is the form of a campaign as it was typed.
type CampaignForm struct {
	Pole, Name, Place, Day, Hour, EmbargoDay, EmbargoHour string
	Closed, Announce                                      bool
	Reminders                                             workflow.ReminderForm
}

// TeamCampaignForm asks what a campaign is.
type TeamCampaignForm struct {
	TeamFrame
	Form   CampaignForm
	Poles  []Option           // to choose from, when it is new
	Change *workflow.Campaign // as it is now; nil for a new one
}

// File implements [Page].
func (*TeamCampaignForm) File() string { return "team_campaign_form" }

// Plan describes the fields of the reminders for their block.
func (p *TeamCampaignForm) Plan() PlanForm { return p.PlanForm(p.Form.Reminders, true) }

// Action is where the form goes.
func (p *TeamCampaignForm) Action() string {
	if p.Change == nil {
		return "/equipe/campagnes/nouvelle"
	}
	return p.Back() + "/modifier"
}

// Back is the page the form was opened from.
func (p *TeamCampaignForm) Back() string {
	if p.Change == nil {
		return "/equipe/campagnes"
	}
	return campaignPath(*p.Change)
}
