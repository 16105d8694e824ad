package workflow

import "context"

// MailCopy is one mail of an invitation as it went.
type MailCopy struct {
	InvitationView
	Mail Delivery
}

// MailCopy gives a mail of an invitation with its copy. NotFound when either is
// unknown, in another pôle, or when they do not belong together.
func (s *Service) MailCopy(ctx context.Context, a Actor, invitationID, deliveryID string) (MailCopy, error) {
	v, err := s.permitted(ctx, s.Store, a, PermitRead, invitationID)
	if err != nil {
		return MailCopy{}, err
	}
	d, err := s.Store.Delivery(ctx, deliveryID)
	if IsKind(err, NotFound) || err == nil && d.InvitationID != v.ID {
		return MailCopy{}, notFound()
	}
	v.State = v.StateAt(s.now())
	return MailCopy{InvitationView: v, Mail: d}, err
}
