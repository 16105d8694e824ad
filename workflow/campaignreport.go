package workflow

import (
	"bytes"
	"context"
	"slices"
	"time"
)

// maxReported bounds the lines of a printed report, some sixty pages.
const maxReported = 2000

// CampaignReport is what the printed report of a campaign says. It names
// organisations and no person.
type CampaignReport struct {
	Pole     string // name
	Campaign Campaign
	Progress Progress
	Signed   []ReportedSignature // by name, those that nothing has ended
	Awaited  []ReportedState     // by name, those that can still be hoped for
	MadeAt   time.Time
}

// ReportedSignature is an organisation that signed.
type ReportedSignature struct {
	Organisation string
	Kind         OrganisationKind
	SignedOn     string // YYYY-MM-DD
	Mode         Mode
}

// ReportedState is an organisation that has not signed.
type ReportedState struct {
	Organisation string
	Kind         OrganisationKind
	State        State
}

// CampaignReport gives the report of a campaign as a PDF. NotFound when it is
// unknown or in another pôle; Conflict (key "report.many") above maxReported
// lines.
func (s *Service) CampaignReport(ctx context.Context, a Actor, pole, slug string) ([]byte, error) {
	view, err := s.Campaign(ctx, a, pole, slug)
	if err != nil {
		return nil, err
	}
	r := CampaignReport{Pole: view.Pole.Name, Campaign: view.Campaign, Progress: view.Progress, MadeAt: s.now()}
	if view.Progress.Invited > maxReported {
		return nil, refuse(Conflict, "report.many")
	}
	if r.Signed, err = s.reportedSignatures(ctx, pole, slug); err != nil {
		return nil, err
	}
	if r.Awaited, err = s.reportedStates(ctx, pole, slug); err != nil {
		return nil, err
	}
	return s.Sealer.Report(ctx, r)
}

func (s *Service) reportedSignatures(ctx context.Context, pole, slug string) (signed []ReportedSignature, err error) {
	list, err := s.Store.CampaignCommitments(ctx, pole, slug)
	slices.SortStableFunc(list, func(a, b Commitment) int {
		return bytes.Compare(CollationKey(a.Organisation.Name), CollationKey(b.Organisation.Name))
	})
	for _, c := range list {
		if c.holds() {
			signed = append(signed, ReportedSignature{c.Organisation.Name, c.Organisation.Kind, c.SignedOn, c.Mode})
		}
	}
	return signed, err
}

func (s *Service) reportedStates(ctx context.Context, pole, slug string) (waiting []ReportedState, err error) {
	now := s.now()
	f := InvitationFilter{Pole: pole, Campaign: slug, States: awaited, At: now, Sort: SortName}
	err = s.Store.EachInvitation(ctx, f, func(v InvitationView) error {
		waiting = append(waiting, ReportedState{v.Organisation.Name, v.Organisation.Kind, v.StateAt(now)})
		return nil
	})
	return waiting, err
}
