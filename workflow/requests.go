package workflow

import (
	"context"
	"slices"
)

// RequestPage is a request as staff see it.
type RequestPage struct {
	InvitationRequest
	Pole   Pole
	Closer Staff            // who closed it; zero for nobody of the staff
	Past   OrganisationPast // of the organisation, while the request is open
}

// Requests lists those of the actor's pôles, with how many there are: the open
// ones first, longest waiting first, then the others, closed last first.
func (s *Service) Requests(ctx context.Context, a Actor, limit, offset int) ([]InvitationRequest, int, error) {
	if err := a.Permit(PermitRead, ""); err != nil {
		return nil, 0, err
	}
	return s.Store.InvitationRequests(ctx, InvitationRequestFilter{Poles: a.Poles(), Limit: limit, Offset: offset})
}

// OpenRequests counts the requests to answer, in a pôle or, when that is empty,
// in all of the actor's.
func (s *Service) OpenRequests(ctx context.Context, a Actor, pole string) (int, error) {
	if err := a.Permit(PermitRead, pole); err != nil {
		return 0, err
	}
	f := InvitationRequestFilter{Poles: a.Poles(), Open: true, Limit: 1}
	if pole != "" {
		f.Poles = []string{pole}
	}
	_, n, err := s.Store.InvitationRequests(ctx, f)
	return n, err
}

// permittedRequest reads a request the actor may do something with. One of
// another pôle is not found, exactly as one that is not there.
func (s *Service) permittedRequest(ctx context.Context, r Reader, a Actor, p Permission, id string) (InvitationRequest, error) {
	if err := a.Permit(p, ""); err != nil {
		return InvitationRequest{}, err
	}
	found, err := r.InvitationRequest(ctx, id)
	if IsKind(err, NotFound) || err == nil && a.Permit(p, found.PoleSlug) != nil {
		return InvitationRequest{}, notFound()
	}
	return found, err
}

// Request gives one request with what is known of the organisation.
func (s *Service) Request(ctx context.Context, a Actor, id string) (p RequestPage, err error) {
	if p.InvitationRequest, err = s.permittedRequest(ctx, s.Store, a, PermitRead, id); err != nil {
		return RequestPage{}, err
	}
	if p.Pole, err = s.Store.Pole(ctx, p.PoleSlug); err != nil {
		return RequestPage{}, err
	}
	if !p.Open() {
		p.Closer, err = s.Store.Staff(ctx, p.ClosedBy)
	} else if known, missing := s.Store.FindOrganisation(ctx, p.Body()); missing == nil {
		p.Past, err = s.organisationPast(ctx, a, known)
	} else {
		err = missing
	}
	if IsKind(err, NotFound) {
		err = nil
	}
	return p, err
}

// CloseRequest files a request away, with one of RequestReasons. Invalid names
// "outcome"; Conflict (KeyRequestClosed) when it is closed. NotFound as for
// Request.
func (s *Service) CloseRequest(ctx context.Context, a Actor, id string, outcome RequestOutcome) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		r, err := s.permittedRequest(ctx, tx, a, PermitWrite, id)
		switch {
		case err != nil:
			return err
		case !r.Open():
			return refuse(Conflict, KeyRequestClosed)
		case !slices.Contains(RequestReasons, outcome):
			return refuseField("outcome", "requests.choose")
		}
		return s.endRequest(ctx, tx, a, r, outcome, "")
	})
}

// endRequest closes an open request.
func (s *Service) endRequest(ctx context.Context, tx Tx, a Actor, r InvitationRequest, outcome RequestOutcome, invitation string) error {
	r.Outcome, r.ClosedAt, r.ClosedBy, r.InvitationID = outcome, s.now(), a.name(), invitation
	e := s.event("request.closed", a, r.PoleSlug, r.record())
	e.Data["outcome"] = string(outcome)
	if invitation != "" {
		e.Data["invitation"] = invitation
	}
	tx.Record(e)
	return tx.CloseInvitationRequest(ctx, r)
}

// sourceOfRequest says where the address comes from, unless staff do: from the
// request that is answered.
func (s *Service) sourceOfRequest(ctx context.Context, a Actor, r *InviteRequest) error {
	if r.Request == "" {
		return nil
	}
	asked, err := s.permittedRequest(ctx, s.Store, a, PermitWrite, r.Request)
	if err == nil && r.Source == "" {
		r.Source = asked.Source(r.Language)
	}
	return err
}

// answerRequest closes the request that an invitation answers.
func (s *Service) answerRequest(ctx context.Context, tx Tx, a Actor, id string, inv Invitation) error {
	if id == "" {
		return nil
	}
	r, err := s.permittedRequest(ctx, tx, a, PermitWrite, id)
	if err != nil {
		return err
	}
	return s.endRequest(ctx, tx, a, r, RequestInvited, inv.ID)
}

// lapseRequests closes those that nobody dealt with for RequestPatience.
func (s *Service) lapseRequests(ctx context.Context) error {
	list, _, err := s.Store.InvitationRequests(ctx, InvitationRequestFilter{Open: true, AskedBefore: s.now().Add(-RequestPatience), Limit: sweepBatch})
	for _, r := range list {
		lapse := func(tx Tx) error { return s.endRequest(ctx, tx, actorSystem, r, RequestLapsed, "") }
		if err := s.Store.Update(ctx, lapse); err != nil && KeyOf(err) != KeyRequestClosed {
			return err
		}
	}
	return err
}
