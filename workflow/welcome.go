package workflow

import "context"

// welcomeMail tells a person that an account was opened.
func (s *Service) welcomeMail(staff Staff) Delivery {
	d := s.newDelivery(DeliveryWelcome, Invitation{Language: French}, staff.Email)
	d.StaffID, d.Key = staff.ID, string(DeliveryWelcome)+":"+staff.ID
	if len(staff.Poles) == 1 {
		d.PoleSlug = staff.Poles[0]
	}
	return d
}

// welcomeContent says what the mail holds: where to sign in, no way in. The
// delivery is cancelled when the account was closed meanwhile.
func (s *Service) welcomeContent(ctx context.Context, d Delivery) (MailContent, error) {
	staff, err := s.Store.Staff(ctx, d.StaffID)
	if err != nil {
		return MailContent{}, err
	}
	if staff.Disabled {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	c := MailContent{Delivery: d, Recipient: Contact{Name: staff.Name, Email: staff.Email}, Role: staff.Role,
		LinkURL: s.linkURL("equipe", "connexion")}
	if d.PoleSlug != "" {
		c.Pole, err = s.Store.Pole(ctx, d.PoleSlug)
	}
	return c, err
}

// record names what a delivery is about in the journal.
func (d Delivery) record() string {
	switch d.Kind {
	case DeliveryWelcome:
		return staffRecord(d.StaffID)
	case DeliveryRetrieval:
		return "delivery:" + d.ID
	case DeliveryRequest:
		return requestRecord(d.requestID())
	}
	return d.InvitationID
}
