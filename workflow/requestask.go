package workflow

import (
	"context"
	"slices"
	"time"
)

// Limits of asking for an invitation.
var (
	limitRequestIP      = limit{"request-address", 5, time.Hour}
	limitRequestMailbox = limit{"request-mailbox", 3, 24 * time.Hour}
	limitRequestPole    = limit{"request-pole", 60, 24 * time.Hour}
)

// RequestForm is the form of a request, as typed.
type RequestForm struct {
	Organisation string
	Kind         OrganisationKind
	Place        string // name of a municipality or an MRC
	Choice       string // key of a PlaceMatch, where the name alone does not tell
	Contact      Contact
	Message      string
	Language     Language // of the page
	Trap         string   // of the field that people do not see and leave empty
}

// AskInvitation keeps a request and tells the pôle that answers it, which it
// gives. Nothing is mailed to the address in the form, and nobody learns whether
// the organisation is invited or committed: that is not looked at. Asking again
// while the request is open does nothing and is answered alike.
//
// Invalid names the fields "organisation", "kind", "place", "name", "function",
// "email", "message", "website"; where no pôle covers the place, Args "region" has
// the code of its region. Limited (keys "limit.request-address",
// "limit.request-mailbox", "limit.request-pole") after too many; the pôle is given
// then too.
func (s *Service) AskInvitation(ctx context.Context, form RequestForm, v Visit) (Pole, error) {
	r, err := s.cleanRequest(form)
	if err != nil {
		return Pole{}, err
	}
	pole, err := s.poleFor(ctx, r.Place)
	if err != nil {
		return Pole{}, err
	}
	r.PoleSlug = pole.Slug
	err = s.Store.Update(ctx, func(tx Tx) error {
		if err := s.take(ctx, tx, limitRequestIP, clientKey(v.IP)); err != nil {
			return err
		}
		_, err := tx.OpenInvitationRequest(ctx, r.Contact.Email, r.Likeness)
		if !IsKind(err, NotFound) {
			return err
		}
		return s.keepRequest(ctx, tx, pole, r)
	})
	if KeyOf(err) == KeyRequestExists { // the same form, sent twice at once
		return pole, nil
	} else if err == nil {
		s.signalMail()
	}
	return pole, err
}

func (s *Service) keepRequest(ctx context.Context, tx Tx, pole Pole, r InvitationRequest) error {
	if err := s.take(ctx, tx, limitRequestMailbox, r.Contact.Email); err != nil {
		return err
	}
	if err := s.take(ctx, tx, limitRequestPole, pole.Slug); err != nil {
		return err
	}
	e := s.event("request.asked", actorPublic, r.PoleSlug, r.record())
	e.Data["kind"], e.Data["region"] = string(r.Kind), r.Place.RegionCode
	e.Personal = map[string]string{"email": r.Contact.Email, "name": r.Contact.Name}
	tx.Record(e)
	if err := tx.AddInvitationRequest(ctx, r); err != nil || pole.Contact.Email == "" {
		return err // staff see it on their pages
	}
	return tx.AddDelivery(ctx, s.requestMail(pole, r))
}

// cleanRequest tidies a form and gives the request it makes.
func (s *Service) cleanRequest(form RequestForm) (InvitationRequest, error) {
	var f fields
	var problem *FieldError
	r := InvitationRequest{ID: newID(), Kind: form.Kind, Contact: form.Contact, Language: form.Language, AskedAt: s.now()}
	r.Organisation, problem = CleanName(form.Organisation, MaxName)
	f.check("organisation", problem)
	if !slices.Contains(OrganisationKinds, form.Kind) {
		f.add("kind", "ask.kind")
	}
	r.Place = s.placeIn(form, &f)
	cleanContact(&r.Contact, &f)
	r.Message, problem = CleanText(form.Message, MaxMessage)
	f.check("message", problem)
	if holdsAddress(r.Message) {
		f.add("message", "text.address")
	}
	if form.Trap != "" {
		f.add("website", "ask.trap")
	}
	if r.Language != English {
		r.Language = French
	}
	r.Likeness = TextSHA256(r.Body().likeness())
	return r, f.err()
}
