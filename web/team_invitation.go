package web

import (
	"cmp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// invitation shows one invitation and everything that happened to it.
func (s *Server) invitation(c *fiber.Ctx) error {
	page, err := s.invitationPage(c)
	if err != nil {
		return err
	}
	page.Done = cmp.Or(done(c.Query("fait"), page.Found), remindersDone(c.Query("fait"), page.Found.Invitation))
	return s.show(c, page)
}

// invitationPage fills the page, its forms with what they would change.
func (s *Server) invitationPage(c *fiber.Ctx) (*templates.TeamInvitation, error) {
	found, err := s.Service.Invitation(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	lang := s.language(c, "")
	page := &templates.TeamInvitation{TeamFrame: teamFrame(c, "invitations"), Found: found, Place: s.placeOf(found.Organisation),
		NEQDoubtful: neqDoubtful(found.Organisation.NEQ), May: map[workflow.Action]bool{}, Contact: found.Contact, Note: found.Note,
		Civilities: civilities(lang, found.Contact.Civility), Deadline: workflow.CivilDate(found.ExpiresAt),
		Reminders: templates.RemindersOf(found, s.Service.Clock.Now())}
	page.Reinvite = found.State == workflow.StateSigned && len(found.Corrections) > 0 && actor(c).Permit(workflow.PermitWrite, found.PoleSlug) == nil
	for _, action := range workflow.Actions(found.State, signedIn(c).Staff.Role) {
		page.May[action] = !found.Forgotten()
	}
	if err := s.fillCampaigns(c, page); err != nil {
		return nil, err
	}
	s.fillStory(c, page)
	return page, nil
}

// fillCampaigns names the invitation's campaign and proposes the others.
func (s *Server) fillCampaigns(c *fiber.Ctx, page *templates.TeamInvitation) error {
	all, err := s.Service.CampaignChoices(c.UserContext(), actor(c), false)
	for _, campaign := range all {
		if campaign.PoleSlug != page.Found.PoleSlug {
			continue
		}
		own := campaign.Slug == page.Found.Campaign
		if own {
			page.Campaign = campaign.Name
		}
		if own || !campaign.Closed {
			o := campaignOption(campaign, nil)
			o.Chosen = own
			page.Campaigns = append(page.Campaigns, o)
		}
	}
	return err
}

// done is the key of what has just been done, if the invitation bears it out:
// an address that somebody sent along claims nothing.
func done(what string, found workflow.InvitationPage) string {
	said := map[string]string{"creee": "created", "renvoyee": "resent", "annulee": "revoked", "corrigee": "corrected",
		"prolongee": "extended", "notee": "annotated", "regroupee": "assigned", "contreseing": "countersign", "redemandee": "asked-again",
		"reinvitee": "reinvited"}[what]
	switch said {
	case "created", "resent", "corrected", "extended", "reinvited":
		if !found.State.Open() {
			return ""
		}
	case "revoked":
		if found.State != workflow.StateRevoked {
			return ""
		}
	}
	return said
}

// placeOf names where an organisation is, from the most precise on.
func (s *Server) placeOf(o workflow.Organisation) string {
	var names []string
	if m, ok := s.Service.Atlas.Municipality(o.MunicipalityCode); ok {
		names = append(names, m.Name)
	}
	if m, ok := s.Service.Atlas.MRC(o.MRCCode); ok {
		names = append(names, m.Name)
	}
	if r, ok := s.Service.Atlas.Region(o.RegionCode); ok {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// neqDoubtful tells of a number whose last eight digits fail the check (Luhn)
// that every real one tried has passed. The rule is not published: it warns.
func neqDoubtful(neq string) bool {
	if len(neq) != 10 {
		return false
	}
	sum := 0
	for i, r := range neq[2:] {
		n := int(r - '0')
		if i%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 != 0
}

// invitationFile gives the certificate of a signed invitation.
func (s *Server) invitationFile(c *fiber.Ctx) error {
	cert, err := s.Service.InvitationCertificate(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return sendCertificate(c, cert)
}

// resend makes a new link; the old one dies.
func (s *Server) resend(c *fiber.Ctx) error {
	if err := s.Service.Resend(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=renvoyee", fiber.StatusSeeOther)
}

// revoke ends the invitation.
func (s *Server) revoke(c *fiber.Ctx) error {
	if err := s.Service.Revoke(c.UserContext(), actor(c), c.Params("id")); err != nil {
		return err
	}
	return c.Redirect(invitationPath(c.Params("id"))+"?fait=annulee", fiber.StatusSeeOther)
}
