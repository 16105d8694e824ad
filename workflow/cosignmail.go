package workflow

import "context"

// cosignContent is the mail to somebody who signs beside the contact. Its link
// opens that person's seat only.
func (s *Service) cosignContent(ctx context.Context, d Delivery, v InvitationView, c MailContent) (MailContent, error) {
	seats, err := s.Store.Seats(ctx, v.ID)
	if err != nil {
		return MailContent{}, err
	}
	if !v.StateAt(s.now()).Open() || d.Issue != seatRecords(seats).live(v.Invitation, d.Seat) {
		return MailContent{}, s.cancelDelivery(ctx, d)
	}
	link := Link{Subject: cosignSubject(v.ID, d.Seat), Issue: d.Issue, Expires: d.CreatedAt.Add(linkLife)}
	token, err := s.links.Mint(LinkCosign, link, d.CreatedAt)
	c.LinkURL, c.Organisation, c.Countersigns = s.linkURL("i", "s", token), v.Details.Organisation, d.Seat == SeatPole
	for _, seat := range v.Details.Seats() {
		c.Signatories = append(c.Signatories, v.Details.signatory(seat))
	}
	return c, err
}

// PeekCosignLink is PeekLink for the link of somebody who signs beside the
// contact. Gone with key "link.paused" while the declaration is being changed.
func (s *Service) PeekCosignLink(ctx context.Context, token string, v Visit) (LinkPage, error) {
	return s.peek(ctx, LinkCosign, token, v)
}

// OpenCosignLink is OpenLink for such a link.
func (s *Service) OpenCosignLink(ctx context.Context, token string, v Visit) (secret string, err error) {
	return s.openLink(ctx, LinkCosign, token, v)
}
