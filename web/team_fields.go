package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// usualLife is the number of days an invitation lives when nothing else is
// asked, as the form proposes it.
var usualLife = strconv.Itoa(int(workflow.InvitationLife / (24 * time.Hour)))

// deadlineOf reads a date, whose day is included, or a number of days from now.
func deadlineOf(typed string, now time.Time) (time.Time, bool) {
	typed = strings.TrimSpace(typed)
	if day, err := time.ParseInLocation(time.DateOnly, typed, workflow.Zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Second), true
	}
	var days int
	if typed == "" || !readNumber(typed, 1, maxPage, &days) {
		return time.Time{}, false
	}
	return now.Add(time.Duration(days) * 24 * time.Hour), true
}

// civilities are the choices of how to address somebody; none is proposed.
func civilities(lang workflow.Language, chosen workflow.Civility) (options []templates.Option) {
	for _, c := range workflow.Civilities {
		key := "civility.none"
		if c != workflow.NoCivility {
			key = "civility." + string(c)
		}
		options = append(options, templates.Option{Value: string(c), Label: templates.Sentence(lang, key, nil), Chosen: c == chosen})
	}
	return options
}

// campaignOptions are the campaigns that take invitations. Their slugs are
// unique within a pôle only, so whoever serves several chooses « pôle/slug ».
func (s *Server) campaignOptions(c *fiber.Ctx, poles []workflow.Pole, chosen string) (options []templates.Option, err error) {
	list, err := s.Service.CampaignChoices(c.UserContext(), actor(c), true)
	for _, campaign := range list {
		o := campaignOption(campaign, poles)
		o.Chosen = o.Value == chosen
		options = append(options, o)
	}
	return options, err
}

func campaignOption(campaign workflow.Campaign, poles []workflow.Pole) templates.Option {
	o := templates.Option{Value: campaign.PoleSlug + "/" + campaign.Slug, Label: campaign.Name}
	for _, p := range poles {
		if len(poles) > 1 && p.Slug == campaign.PoleSlug {
			o.Label += " (" + p.Short + ")"
		}
	}
	return o
}

// campaignIn gives the slug of a choice that belongs to the pôle. Another comes
// back whole, for the use case to refuse.
func campaignIn(pole, choice string) string {
	slug, _ := strings.CutPrefix(choice, pole+"/")
	return slug
}
