package workflow

import (
	"context"
	"strings"
)

// ChooseOrganisation gives the organisation that a key of FindOrganisations
// names, with what is known of it. NotFound when there is none, or it is known
// only by the invitations of other pôles.
func (s *Service) ChooseOrganisation(ctx context.Context, a Actor, key string) (Organisation, OrganisationPast, error) {
	if err := a.Permit(PermitWrite, ""); err != nil {
		return Organisation{}, OrganisationPast{}, err
	}
	id, recorded := strings.CutPrefix(key, fromRecords)
	if !recorded {
		return s.choosePlace(ctx, a, key)
	}
	org, err := s.Store.Organisation(ctx, id)
	if IsKind(err, NotFound) {
		return Organisation{}, OrganisationPast{}, notFound()
	} else if err != nil {
		return Organisation{}, OrganisationPast{}, err
	}
	past, err := s.organisationPast(ctx, a, org)
	if err == nil && len(past.Invitations)+len(past.Commitments) == 0 {
		return Organisation{}, OrganisationPast{}, notFound()
	}
	return org, past, err
}

func (s *Service) choosePlace(ctx context.Context, a Actor, key string) (Organisation, OrganisationPast, error) {
	for _, p := range s.directory() {
		if p.match.Key != key {
			continue
		}
		known, err := s.Store.FindOrganisation(ctx, p.match.Organisation)
		if IsKind(err, NotFound) {
			return p.match.Organisation, OrganisationPast{}, nil
		} else if err != nil {
			return Organisation{}, OrganisationPast{}, err
		}
		past, err := s.organisationPast(ctx, a, known)
		if len(past.Invitations)+len(past.Commitments) == 0 {
			known = p.match.Organisation // another pôle's way of writing it is not ours to show
		}
		return known, past, err
	}
	return Organisation{}, OrganisationPast{}, notFound()
}
