package workflow

import (
	"context"
	"time"
)

// MaxRenewals bounds the invitations that one click makes; the page offers the
// rest again.
const MaxRenewals = 200

// RenewalBarrier is why an organisation cannot be invited anew with a click.
type RenewalBarrier string

// The barriers.
const (
	BarrierNoContact    RenewalBarrier = "no-contact"   // nobody was invited: signed on paper, or the mails came back
	BarrierOpen         RenewalBarrier = "open"         // has an open invitation
	BarrierUnsubscribed RenewalBarrier = "unsubscribed" // the address asked for no more
)

// Renewal is a commitment to an older text than the one in force.
type Renewal struct {
	Commitment Commitment
	Invitation Invitation     // the last one that reached somebody, or the open one; zero when none did
	Barrier    RenewalBarrier // empty when a click invites
}

// RenewalPage is who has signed an older text with a pôle.
type RenewalPage struct {
	Pole    Pole
	Text    Declaration // in force in the pôle
	Lines   []Renewal   // by name
	Invites int         // how many of them a click invites
}

// Renewals lists who could adhere to the text in force. NotFound when the pôle
// is unknown or another's.
func (s *Service) Renewals(ctx context.Context, a Actor, pole string) (page RenewalPage, err error) {
	if err := a.Permit(PermitWrite, pole); err != nil {
		return page, err
	}
	if page.Pole, err = s.Store.Pole(ctx, pole); err != nil {
		return page, unknownPole(err)
	}
	if page.Text, err = s.Store.CurrentDeclaration(ctx, DeclarationID, pole, s.now()); err != nil {
		return page, err
	}
	older, err := s.olderCommitments(ctx, pole, page.Text)
	if err != nil {
		return page, err
	}
	invited, err := s.Store.InvitationsOfCommitted(ctx, pole)
	if err != nil {
		return page, err
	}
	for _, c := range older {
		line, err := s.renewal(ctx, c, invited)
		if err != nil {
			return page, err
		}
		if page.Lines = append(page.Lines, line); line.Barrier == "" {
			page.Invites++
		}
	}
	return page, nil
}

// olderCommitments gives the latest commitment of each organisation, if it is
// to a text that was published before.
func (s *Service) olderCommitments(ctx context.Context, pole string, text Declaration) (list []Commitment, err error) {
	standing, err := s.Store.StandingCommitments(ctx, pole, "")
	if err != nil {
		return nil, err
	}
	published, err := s.Store.Declarations(ctx, DeclarationID)
	if err != nil {
		return nil, err
	}
	at := map[string]time.Time{}
	for _, d := range published {
		at[d.Version] = d.PublishedAt
	}
	latest := map[string]Commitment{}
	for _, c := range standing {
		if before, ok := latest[c.OrganisationID]; !ok || !c.PublishedAt.Before(before.PublishedAt) {
			latest[c.OrganisationID] = c
		}
	}
	for _, c := range standing {
		if latest[c.OrganisationID].ID == c.ID && c.Version != text.Version && at[c.Version].Before(text.PublishedAt) {
			list = append(list, c)
		}
	}
	return list, nil
}

// renewal finds whom to write to: the last invited person whose mail did not
// come back.
func (s *Service) renewal(ctx context.Context, c Commitment, invited []Invitation) (Renewal, error) {
	line := Renewal{Commitment: c, Barrier: BarrierNoContact}
	for _, inv := range invited {
		if inv.OrganisationID != c.OrganisationID {
			continue
		}
		if inv.StateAt(s.now()).Open() {
			return Renewal{Commitment: c, Invitation: inv, Barrier: BarrierOpen}, nil
		}
		if inv.State != StateUndelivered && inv.Contact.Email != "" {
			line.Invitation, line.Barrier = inv, ""
		}
	}
	if line.Barrier != "" {
		return line, nil
	}
	suppressed, err := s.Store.Suppressed(ctx, c.PoleSlug, line.Invitation.Contact.Email)
	if suppressed {
		line.Barrier = BarrierUnsubscribed
	}
	return line, err
}

// Renew invites who has signed an older text with a pôle to adhere to the one
// in force: everybody, or the holder of one commitment when only names it. It
// tells how many were invited; whom a barrier stops is left out.
func (s *Service) Renew(ctx context.Context, a Actor, pole, only string) (made int, err error) {
	page, err := s.Renewals(ctx, a, pole)
	if err != nil {
		return 0, err
	}
	defer s.signalMail()
	for _, line := range page.Lines {
		if line.Barrier != "" || only != "" && only != line.Commitment.ID || made == MaxRenewals {
			continue
		}
		err := s.Store.Update(ctx, func(tx Tx) error { _, err := s.renew(ctx, tx, a, line); return err })
		if err != nil && !IsKind(err, Conflict) { // somebody else invited it, or it has unsubscribed
			return made, err
		}
		if err == nil {
			made++
		}
	}
	return made, nil
}

// renew makes one invitation, to the address and from the source of the last.
func (s *Service) renew(ctx context.Context, tx Tx, a Actor, line Renewal) (Invitation, error) {
	// Two clicks at once take turns here; the later one finds the invitation.
	if err := tx.HoldOrganisation(ctx, line.Commitment.OrganisationID); err != nil {
		return Invitation{}, err
	}
	org, err := tx.Organisation(ctx, line.Commitment.OrganisationID)
	if err != nil {
		return Invitation{}, err
	}
	last := line.Invitation
	return s.addInvitation(ctx, tx, a, InviteRequest{Pole: line.Commitment.PoleSlug, Contact: last.Contact, Language: last.Language,
		Source: last.Source, Life: InvitationLife, renews: line.Commitment.ID}, org)
}
