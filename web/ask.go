package web

import (
	"errors"
	"net/url"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// askPath is where an organisation asks for an invitation.
const askPath = "/demander"

// showAsk asks who asks, or tells which pôle answers once that was sent. It
// depends on the address and the language only.
func (s *Server) showAsk(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	if slug, sent := q["envoye"]; sent {
		if !slugShape.MatchString(slug) {
			return refusal(workflow.NotFound, "request.not-found")
		}
		pole, err := s.Service.Pole(c.UserContext(), slug)
		if err != nil {
			return err
		}
		return s.show(c, &templates.Asked{Pole: pole})
	}
	within, err := s.askedFrom(c, q)
	if err != nil {
		return err
	}
	return s.show(c, s.askPage(c, workflow.RequestForm{}, within))
}

// askedFrom is the territory of the page that led here; none of a place that
// does not exist.
func (s *Server) askedFrom(c *fiber.Ctx, q form) (territory.Set, error) {
	if r, ok := s.Service.Atlas.RegionBySlug(q["region"]); ok {
		return territory.Set{Regions: []string{r.Code}}, nil
	}
	if m, ok := s.Service.Atlas.MRCBySlug(q["mrc"]); ok {
		return territory.Set{MRCs: []string{m.Code}}, nil
	}
	if !slugShape.MatchString(q["pole"]) {
		return territory.Set{}, nil
	}
	pole, err := s.Service.Pole(c.UserContext(), q["pole"])
	if workflow.IsKind(err, workflow.NotFound) {
		err = nil
	}
	return pole.Territory, err
}

// askPage is the form as it was filled in, with examples from a territory.
func (s *Server) askPage(c *fiber.Ctx, form workflow.RequestForm, within territory.Set) *templates.Ask {
	page, lang := &templates.Ask{Form: form, Town: "Magog", MRC: "MRC de Memphrémagog"}, s.language(c, "")
	for _, k := range workflow.OrganisationKinds {
		page.Kinds = append(page.Kinds, templates.Option{Value: string(k), Chosen: k == form.Kind, Label: templates.Sentence(lang, "kind."+string(k), nil)})
	}
	if !within.IsZero() {
		page.Town, page.MRC = s.examples(within)
	}
	return page
}

// examples are the largest municipality of a territory, and the first MRC that
// lies in it; empty where there is none.
func (s *Server) examples(within territory.Set) (town, mrc string) {
	most := -1
	for _, m := range s.Service.Atlas.Municipalities(within) {
		if m.Population > most {
			town, most = s.Service.Atlas.Label(m), m.Population
		}
	}
	for _, m := range s.Service.Atlas.MRCs() {
		if within.Covers(territory.Place{RegionCode: m.RegionCode, MRCCode: m.Code}) {
			return town, m.FullName()
		}
	}
	return town, ""
}

// ask sends the request to its pôle. What comes of it is the same whatever is
// known of the organisation.
func (s *Server) ask(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	asked := workflow.RequestForm{Organisation: f["organisation"], Kind: workflow.OrganisationKind(f["kind"]), Place: f["place"], Choice: f["where"],
		Contact: workflow.Contact{Name: f["name"], Function: f["function"], Email: f["email"]}, Message: f["message"],
		Language: s.language(c, ""), Trap: f["website"]}
	pole, err := s.Service.AskInvitation(c.UserContext(), asked, s.visit(c))
	if err != nil {
		return s.refuseAsk(c, s.askPage(c, asked, territory.Set{}), pole, err)
	}
	return c.Redirect(askedPath(pole.Slug), fiber.StatusSeeOther)
}

// askedPath tells that the pôle has a request.
func askedPath(slug string) string { return address(askPath, url.Values{"envoye": {slug}}) }

// refuseAsk shows the form as it was filled in, with what is wrong with it, what
// there is to choose from, or whom to write to instead.
func (s *Server) refuseAsk(c *fiber.Ctx, page *templates.Ask, pole workflow.Pole, err error) error {
	var refused *workflow.Error
	if !errors.As(err, &refused) {
		return err
	}
	if refused.Kind == workflow.Limited {
		page.Busy, page.Problems = pole, []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, nil)}}
		s.noteError(c, refused, fiber.StatusTooManyRequests)
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds(refused.RetryAfter)))
		c.Status(fiber.StatusTooManyRequests)
		return s.show(c, page)
	}
	if slices.ContainsFunc(refused.Fields, func(f workflow.FieldError) bool { return f.Field == "place" }) {
		s.proposePlaces(page)
	}
	if region := refused.Args["region"]; region != "" {
		page.NoPole, page.Choices = true, nil
		near, err := s.polesOf(c, territory.Set{Regions: []string{region}})
		if err != nil {
			return err
		}
		page.Nearby = near
	}
	return s.again(c, "", page, refused)
}

// proposePlaces lists what the typed name may mean, where it is not plain.
func (s *Server) proposePlaces(page *templates.Ask) {
	found, near := s.Service.PlacesNamed(page.Form.Place, page.Form.Kind)
	if len(found) < 2 && !near {
		return
	}
	for _, m := range found {
		page.Choices = append(page.Choices, templates.Option{Value: m.Key, Label: m.Label, Chosen: m.Key == page.Form.Choice})
	}
}
