package workflow

import (
	"context"
	"strconv"
	"strings"
)

// PeekUnsubscribe reads the link at the foot of an invitation and gives the
// pôle whose reminders it stops. It changes nothing.
func (s *Service) PeekUnsubscribe(ctx context.Context, token string, v Visit) (Pole, error) {
	view, _, err := s.unsubscribing(ctx, token, v)
	return view.Pole, err
}

// Unsubscribe stops a pôle's invitations and reminders to an address at once,
// those that wait in the queue too. Codes and
// certificates, which people ask for, still go out. Doing it again changes
// nothing.
func (s *Service) Unsubscribe(ctx context.Context, token string, v Visit) (Pole, error) {
	view, address, err := s.unsubscribing(ctx, token, v)
	if err != nil {
		return Pole{}, err
	}
	return view.Pole, s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("unsubscribed", actorPublic, view.PoleSlug, view.ID))
		return s.suppress(ctx, tx, Suppression{PoleSlug: view.PoleSlug, Email: address, Reason: SuppressedByRequest})
	})
}

// unsubscribing gives the invitation that a link is about, and the address that
// wants no more: the contact's, or whose that year's question went to. Gone (key
// "unsubscribe.forgotten") when that is not known any more.
func (s *Service) unsubscribing(ctx context.Context, token string, v Visit) (view InvitationView, address string, err error) {
	link, err := s.readLink(ctx, LinkUnsubscribe, token, v)
	if err != nil {
		return InvitationView{}, "", err
	}
	id, year, yearly := strings.Cut(link.Subject, ":")
	view, err = s.Store.InvitationView(ctx, id)
	if IsKind(err, NotFound) {
		return InvitationView{}, "", refuse(NotFound, "link.unknown")
	} else if err != nil || !yearly {
		return view, view.Contact.Email, refuseForgotten(view.Contact, err)
	}
	c, err := s.Store.CommitmentByNumber(ctx, view.Number)
	if err != nil {
		return InvitationView{}, "", err
	}
	n, err := strconv.Atoi(year)
	if err != nil {
		return InvitationView{}, "", refuse(NotFound, "link.unknown")
	}
	f, err := s.followUp(ctx, s.Store, c.ID, n)
	return view, f.Recipient.Email, refuseForgotten(f.Recipient, err)
}

// refuseForgotten tells whoever is forgotten that there is no address left to
// write to.
func refuseForgotten(who Contact, err error) error {
	if err == nil && who.Email == "" {
		return refuse(Gone, "unsubscribe.forgotten")
	}
	return err
}
