package workflow

import "context"

// leaveContent is what a mail says of an invitation that was declined or passed
// on. To the pôle it leads to the page where staff go on; to whoever was
// invited, to nothing.
func (s *Service) leaveContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	c.ToPole = d.Recipient != v.Contact.Email
	if d.Kind == DeliveryDeclined {
		c.Refusal, c.ToPole, c.LinkURL = v.Refusal, true, s.linkURL("equipe", "invitations", v.ID)
		return c, nil
	}
	next, err := s.Store.Invitation(ctx, v.TransferredTo)
	if err != nil {
		return MailContent{}, err
	}
	c.Successor, c.TransferReason = Contact{Name: next.Contact.Name, Function: next.Contact.Function}, next.TransferReason
	if c.ToPole {
		c.LinkURL = s.linkURL("equipe", "invitations", next.ID)
	}
	return c, nil
}

// addTransfer tells a colleague who passed the invitation on, and why.
func (s *Service) addTransfer(ctx context.Context, v InvitationView, c *MailContent) error {
	if v.TransferredFrom == "" {
		return nil
	}
	was, err := s.Store.Invitation(ctx, v.TransferredFrom)
	c.PassedOnBy, c.TransferReason = Contact{Name: was.Contact.Name, Function: was.Contact.Function}, v.TransferReason
	return err
}
