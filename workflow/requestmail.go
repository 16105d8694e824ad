package workflow

import (
	"context"
	"slices"
	"strings"
)

// requestMail tells a pôle of a request, in French.
func (s *Service) requestMail(pole Pole, r InvitationRequest) Delivery {
	d := s.newDelivery(DeliveryRequest, Invitation{PoleSlug: pole.Slug, Language: French}, pole.Contact.Email)
	d.Key = r.record()
	return d
}

// requestContent says which organisation asks, and where staff read the rest:
// who asks stays out of mailboxes, where it could not be forgotten. The delivery
// is cancelled when the request was closed meanwhile.
func (s *Service) requestContent(ctx context.Context, d Delivery) (MailContent, error) {
	r, err := s.Store.InvitationRequest(ctx, d.requestID())
	if err != nil {
		return MailContent{}, err
	}
	if !r.Open() {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	c := MailContent{Delivery: d, Organisation: r.Organisation, ToPole: true, AskedKind: r.Kind, AskedPlace: s.PlaceOfRequest(r), AskedAt: r.AskedAt,
		LinkURL: s.linkURL("equipe", "demandes", r.ID)}
	c.Pole, err = s.Store.Pole(ctx, r.PoleSlug)
	return c, err
}

// requestID is the id of the request a mail is about.
func (d Delivery) requestID() string { return strings.TrimPrefix(d.Key, requestRecord("")) }

// PlaceOfRequest names where a request comes from, from the most precise on. A
// municipality is told from its homonyms.
func (s *Service) PlaceOfRequest(r InvitationRequest) string {
	var names []string
	m, known := s.Atlas.Municipality(r.Place.MunicipalityCode)
	label := s.Atlas.Label(m)
	if known {
		names = append(names, label)
	}
	if mrc, ok := s.Atlas.MRC(r.Place.MRCCode); ok && label == m.Name { // else it is in the label
		names = append(names, mrc.FullName())
	}
	if g, ok := s.Atlas.Region(r.Place.RegionCode); ok {
		names = append(names, g.Name)
	}
	return strings.Join(slices.Compact(names), ", ")
}
