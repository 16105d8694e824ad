package web

import (
	"errors"
	"regexp"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/territory"
)

// invite makes the invitation and queues its mail.
func (s *Server) invite(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	page, err := s.invitePage(c, typedInvite(f))
	if err != nil {
		return err
	}
	request := s.inviteRequest(page.Form)
	inv, err := s.Service.Invite(c.UserContext(), actor(c), request)
	if err == nil {
		return c.Redirect(invitationPath(inv.ID)+"?fait=creee", fiber.StatusSeeOther)
	}
	return s.inviteAgain(c, page, err)
}

// inviteAgain shows the form as it was filled in, with what is wrong with it
// or what stands in the way, and the way to an invitation already open.
func (s *Server) inviteAgain(c *fiber.Ctx, page *templates.TeamInvite, err error) error {
	var refused *workflow.Error
	if !errors.As(err, &refused) {
		return err
	}
	if refused.Kind == workflow.Conflict {
		if id, open := refused.Args["id"]; open {
			page.Open = invitationPath(id)
		}
		page.Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, nil)}}
		s.noteError(c, refused, fiber.StatusConflict)
		c.Status(fiber.StatusConflict)
		return s.show(c, page)
	}
	return s.again(c, "", page, wordedForThePage(refused, page.Form))
}

// wordedForThePage says of the page's own fields what the use case says of a
// command's options.
func wordedForThePage(refused *workflow.Error, form templates.InviteForm) error {
	worded := *refused
	worded.Fields = slices.Clone(refused.Fields)
	for i, f := range worded.Fields {
		if f.Key == "duration.invalid" {
			worded.Fields[i] = workflow.FieldError{Field: f.Field, Key: "deadline.invalid"}
		}
	}
	if form.Pole == "" && len(worded.Fields) > 0 {
		worded.Fields = slices.DeleteFunc(worded.Fields, func(f workflow.FieldError) bool { return f.Field == "pole" })
		worded.Fields = slices.Insert(worded.Fields, 0, workflow.FieldError{Field: "pole", Key: "pole.choose"})
	}
	return &worded
}

// invitePage fills what there is to choose from. With one pôle, there is no
// choice to make.
func (s *Server) invitePage(c *fiber.Ctx, form templates.InviteForm) (*templates.TeamInvite, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	if len(poles) == 1 {
		form.Pole = poles[0].Slug
	}
	page := &templates.TeamInvite{TeamFrame: teamFrame(c, "new"), Form: form, NoAddress: withoutAddress(poles)}
	for _, p := range poles {
		page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Name, Chosen: p.Slug == form.Pole})
	}
	page.Past = page.TeamFrame.Past(workflow.OrganisationPast{})
	page.Places, page.MRCs, page.Regions = s.placeChoices(poles, form.MRC, form.Region)
	lang := s.language(c, "")
	page.Civilities = civilities(lang, workflow.Civility(form.Civility))
	if page.Campaigns, err = s.campaignOptions(c, poles, form.Campaign); err != nil {
		return nil, err
	}
	for _, k := range workflow.OrganisationKinds {
		page.Kinds = append(page.Kinds, templates.Option{Value: string(k), Chosen: string(k) == form.Kind,
			Label: templates.Sentence(lang, "kind."+string(k), nil)})
	}
	return page, nil
}

// placeChoices proposes the municipalities of the person's territory; any other
// may be typed all the same.
func (s *Server) placeChoices(poles []workflow.Pole, mrc, region string) (places []string, mrcs, regions []templates.Option) {
	atlas := s.Service.Atlas
	for _, m := range atlas.Municipalities(territory.Set{}) {
		if slices.ContainsFunc(poles, func(p workflow.Pole) bool { return p.Territory.Covers(m.Place()) }) {
			places = append(places, atlas.Label(m)+" — "+m.Code)
		}
	}
	for _, m := range atlas.MRCs() {
		mrcs = append(mrcs, templates.Option{Value: m.Code, Label: m.Name, Chosen: m.Code == mrc})
	}
	for _, r := range atlas.Regions() {
		regions = append(regions, templates.Option{Value: r.Code, Label: r.Name, Chosen: r.Code == region})
	}
	return places, mrcs, regions
}

// typedInvite keeps what was typed, and nothing the form does not have.
func typedInvite(f form) templates.InviteForm {
	return templates.InviteForm{Pole: f["pole"], Organisation: f["organisation"], Kind: f["kind"], Municipality: f["municipality"],
		MRC: f["mrc"], Region: f["region"], NEQ: f["neq"], Name: f["name"], Function: f["function"], Email: f["email"],
		Civility: f["civility"], Lang: f["lang"], Source: f["source"], Message: f["message"], Deadline: f["expires"], Campaign: f["campaign"], Request: f["demande"]}
}

func (s *Server) inviteRequest(f templates.InviteForm) workflow.InviteRequest {
	now := s.Service.Clock.Now()
	life := time.Duration(-1) // refused by the use case
	if until, ok := deadlineOf(f.Deadline, now); ok {
		life = max(until.Sub(now), -1)
	}
	return workflow.InviteRequest{Pole: f.Pole, Organisation: f.Organisation, Kind: workflow.OrganisationKind(f.Kind),
		Place: territory.Place{RegionCode: f.Region, MRCCode: f.MRC, MunicipalityCode: s.municipalityCode(f.Municipality)}, NEQ: f.NEQ,
		Contact:  workflow.Contact{Name: f.Name, Function: f.Function, Email: f.Email, Civility: workflow.Civility(f.Civility)},
		Language: workflow.Language(f.Lang), Source: f.Source, Message: f.Message, Life: life, Campaign: campaignIn(f.Pole, f.Campaign), Request: f.Request}
}

var codeAtEnd = regexp.MustCompile(`(?:^|\s)(\d{5})\s*$`)

// municipalityCode reads « Nom (MRC) — code », a code, or a name that only one
// municipality bears. Anything else comes back for the use case to refuse.
func (s *Server) municipalityCode(typed string) string {
	if m := codeAtEnd.FindStringSubmatch(typed); m != nil {
		return m[1]
	}
	code, name := typed, workflow.Fold(typed)
	if name == "" {
		return typed
	}
	for _, m := range s.Service.Atlas.Municipalities(territory.Set{}) {
		if workflow.Fold(s.Service.Atlas.Label(m)) == name {
			code = m.Code
		}
	}
	return code
}
