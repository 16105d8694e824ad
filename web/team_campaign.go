package web

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// campaignPath is the staff's page of a campaign, or the list for what cannot
// be the slugs of one.
func campaignPath(pole, slug string) string {
	if !slugShape.MatchString(pole) || !slugShape.MatchString(slug) {
		return "/equipe/campagnes"
	}
	return "/equipe/campagnes/" + pole + "/" + slug
}

// campaigns lists them all.
func (s *Server) campaigns(c *fiber.Ctx) error {
	poles, err := s.myPoles(c)
	if err != nil {
		return err
	}
	page := &templates.TeamCampaigns{TeamFrame: teamFrame(c, "campaigns")}
	page.Several = len(poles) > 1
	if page.Found, err = s.Service.Campaigns(c.UserContext(), actor(c)); err != nil {
		return err
	}
	return s.show(c, page)
}

// campaign shows one, with a page of its invitations.
func (s *Server) campaign(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	page := &templates.TeamCampaign{TeamFrame: teamFrame(c, "campaigns"), Now: s.Service.Clock.Now(), Page: 1}
	if !readNumber(q["page"], 1, maxPage, &page.Page) {
		return errFilter
	}
	page.Found, err = s.Service.CampaignPage(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"), page.Page)
	if err != nil {
		return err
	}
	page.Done = map[string]string{"creee": "created", "modifiee": "changed"}[q["fait"]]
	page.Pages = pagesOf(page.Found.Total)
	if page.Page > 1 {
		page.Previous = campaignPage(page.Path(), min(page.Page-1, max(page.Pages, 1)))
	}
	if page.Page < page.Pages {
		page.Next = campaignPage(page.Path(), page.Page+1)
	}
	return s.show(c, page)
}

// campaignPage is the address of a page of a campaign's invitations.
func campaignPage(path string, page int) string {
	if page == 1 {
		return path
	}
	return address(path, url.Values{"page": {strconv.Itoa(page)}})
}

// campaignCopies gives copies of the declarations to print, of a day or of all.
func (s *Server) campaignCopies(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	pole, slug, day := c.Params("pole"), c.Params("campaign"), q["jour"]
	file, err := s.Service.CampaignCopies(c.UserContext(), actor(c), pole, slug, day)
	if err != nil {
		return err
	}
	name := "attestations-" + slug
	if day != "" {
		name += "-" + day
	}
	return sendFile(c, name+".pdf", "application/pdf", file)
}

// campaignReport gives the report to print.
func (s *Server) campaignReport(c *fiber.Ctx) error {
	file, err := s.Service.CampaignReport(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	day := workflow.CivilDate(s.Service.Clock.Now())
	return sendFile(c, "bilan-"+c.Params("campaign")+"-"+day+".pdf", "application/pdf", file)
}

// showNewCampaign shows the form of a campaign.
func (s *Server) showNewCampaign(c *fiber.Ctx) error {
	page, err := s.newCampaignPage(c, templates.CampaignForm{Reminders: workflow.ReminderPlan{}.Form()})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// newCampaignPage fills the pôles to choose from. With one, there is no choice
// to make.
func (s *Server) newCampaignPage(c *fiber.Ctx, form templates.CampaignForm) (*templates.TeamCampaignForm, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	if len(poles) == 1 {
		form.Pole = poles[0].Slug
	}
	page := &templates.TeamCampaignForm{TeamFrame: teamFrame(c, "campaigns"), Form: form}
	for _, p := range poles {
		page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Name, Chosen: p.Slug == form.Pole})
	}
	return page, nil
}

// addCampaign makes the campaign.
func (s *Server) addCampaign(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.newCampaignPage(c, typedCampaign(f))
	if err != nil {
		return err
	}
	if page.Form.Pole == "" {
		return s.again(c, "", page, invalid("pole", "pole.choose"))
	}
	made, err := s.Service.AddCampaign(c.UserContext(), actor(c), page.Form.Pole, campaignRequest(page.Form))
	if err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(campaignPath(made.PoleSlug, made.Slug)+"?fait=creee", fiber.StatusSeeOther)
}

// showChangeCampaign shows the form with what the campaign is now.
func (s *Server) showChangeCampaign(c *fiber.Ctx) error {
	found, err := s.Service.Campaign(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	ceremony, embargo := workflow.LocalTimeOf(found.CeremonyAt), workflow.LocalTimeOf(found.EmbargoUntil)
	form := templates.CampaignForm{Name: found.Name, Place: found.Place, Day: ceremony.Day, Hour: ceremony.Hour,
		EmbargoDay: embargo.Day, EmbargoHour: embargo.Hour, Closed: found.Closed, Announce: found.Announced,
		Reminders: found.Reminders.Form()}
	return s.show(c, &templates.TeamCampaignForm{TeamFrame: teamFrame(c, "campaigns"), Form: form, Change: &found.Campaign})
}

// changeCampaign keeps what was typed.
func (s *Server) changeCampaign(c *fiber.Ctx) error {
	found, err := s.Service.Campaign(c.UserContext(), actor(c), c.Params("pole"), c.Params("campaign"))
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page := &templates.TeamCampaignForm{TeamFrame: teamFrame(c, "campaigns"), Form: typedCampaign(f), Change: &found.Campaign}
	if _, err := s.Service.ChangeCampaign(c.UserContext(), actor(c), found.PoleSlug, found.Slug, campaignRequest(page.Form)); err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(campaignPath(found.PoleSlug, found.Slug)+"?fait=modifiee", fiber.StatusSeeOther)
}

// typedCampaign keeps what was typed, and nothing the form does not have.
func typedCampaign(f form) templates.CampaignForm {
	return templates.CampaignForm{Pole: f["pole"], Name: f["name"], Place: f["place"], Day: f["day"], Hour: f["hour"],
		EmbargoDay: f["embargoday"], EmbargoHour: f["embargohour"], Closed: f["closed"] == ticked, Announce: f["announce"] == ticked,
		Reminders: readReminders(f)}
}

func campaignRequest(f templates.CampaignForm) workflow.CampaignRequest {
	return workflow.CampaignRequest{Name: f.Name, Place: f.Place, Closed: f.Closed, Announce: f.Announce, Reminders: f.Reminders,
		Ceremony: workflow.LocalTime{Day: f.Day, Hour: f.Hour}, Embargo: workflow.LocalTime{Day: f.EmbargoDay, Hour: f.EmbargoHour}}
}
