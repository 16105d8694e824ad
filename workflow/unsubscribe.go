package workflow

import "context"

// PeekUnsubscribe reads the link at the foot of an invitation and gives the
// pôle whose reminders it stops. It changes nothing.
func (s *Service) PeekUnsubscribe(ctx context.Context, token string, v Visit) (Pole, error) {
	view, err := s.unsubscribing(ctx, token, v)
	return view.Pole, err
}

// Unsubscribe stops a pôle's invitations and reminders to an address at once,
// those that wait in the queue too. Codes and
// certificates, which people ask for, still go out. Doing it again changes
// nothing.
func (s *Service) Unsubscribe(ctx context.Context, token string, v Visit) (Pole, error) {
	view, err := s.unsubscribing(ctx, token, v)
	if err != nil {
		return Pole{}, err
	}
	return view.Pole, s.Store.Update(ctx, func(tx Tx) error {
		tx.Record(s.event("unsubscribed", actorPublic, view.PoleSlug, view.ID))
		return s.suppress(ctx, tx, Suppression{PoleSlug: view.PoleSlug, Email: view.Contact.Email, Reason: SuppressedByRequest})
	})
}

func (s *Service) unsubscribing(ctx context.Context, token string, v Visit) (InvitationView, error) {
	link, err := s.readLink(ctx, LinkUnsubscribe, token, v)
	if err != nil {
		return InvitationView{}, err
	}
	view, err := s.Store.InvitationView(ctx, link.Subject)
	if IsKind(err, NotFound) {
		return InvitationView{}, refuse(NotFound, "link.unknown")
	}
	return view, err
}
