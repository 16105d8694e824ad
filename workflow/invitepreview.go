package workflow

import "context"

// InvitePreview is what an invitation would do, before anybody confirms it.
type InvitePreview struct {
	Mail         MailContent // without links, which do not exist yet
	Organisation Organisation
	Past         OrganisationPast
}

// OrganisationPast is what is known already of an organisation that is about to
// be invited: a reason to think twice, never a refusal.
type OrganisationPast struct {
	Invitations []InvitationView // in the actor's pôles, newest first
	Commitments []Commitment     // public ones, latest first
}

// pastShown bounds how many earlier invitations are told.
const pastShown = 5

// PreviewInvitation checks a request as Invite does, changes nothing, and gives
// the mail that it would send.
func (s *Service) PreviewInvitation(ctx context.Context, a Actor, r InviteRequest) (InvitePreview, error) {
	if err := a.Permit(PermitWrite, r.Pole); err != nil {
		return InvitePreview{}, err
	}
	if err := s.sourceOfRequest(ctx, a, &r); err != nil {
		return InvitePreview{}, err
	}
	org, err := s.cleanInvite(&r)
	if err != nil {
		return InvitePreview{}, err
	}
	pole, err := s.Store.Pole(ctx, r.Pole)
	if IsKind(err, NotFound) {
		return InvitePreview{}, refuseField("pole", "pole.unknown")
	} else if err != nil {
		return InvitePreview{}, err
	}
	p := InvitePreview{Organisation: org}
	if known, err := s.Store.FindOrganisation(ctx, org); err == nil {
		p.Organisation = known
		if p.Past, err = s.organisationPast(ctx, a, known); err != nil {
			return InvitePreview{}, err
		}
	} else if !IsKind(err, NotFound) {
		return InvitePreview{}, err
	}
	now := s.now()
	v := InvitationView{Organisation: p.Organisation, Pole: pole, Invitation: Invitation{ID: "-", PoleSlug: pole.Slug,
		Contact: r.Contact, Language: r.Language, Source: r.Source, Message: r.Message, ExpiresAt: now.Add(r.Life)}}
	p.Mail = contentOfMail(s.invitationMail(v.Invitation), v)
	return p, nil
}

// organisationPast looks at what the actor may know of an organisation.
func (s *Service) organisationPast(ctx context.Context, a Actor, org Organisation) (past OrganisationPast, err error) {
	now := s.now()
	past.Invitations, _, err = s.Store.Invitations(ctx, InvitationFilter{Poles: a.Poles(), Organisation: org.ID, At: now, Limit: pastShown})
	for i := range past.Invitations {
		past.Invitations[i].State = past.Invitations[i].StateAt(now)
	}
	if err != nil {
		return past, err
	}
	past.Commitments, err = s.OrganisationCommitments(ctx, org.Slug)
	if IsKind(err, NotFound) {
		err = nil
	}
	return past, err
}
