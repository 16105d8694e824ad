package web

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

const invitePath = "/equipe/invitations/nouvelle"

// showInvite is the way to the form: first whom to invite, then, once that is
// chosen, the form filled in with it; at once for who asked for it.
func (s *Server) showInvite(c *fiber.Ctx) error {
	f, err := readQuery(c)
	if err != nil {
		return err
	}
	if id := f["demande"]; id != "" {
		return s.showInviteFromRequest(c, id)
	}
	switch choice := f["choix"]; choice {
	case "":
		return s.findFor(c, invitePath, f["q"])
	case "autre":
		return s.showInviteForm(c, workflow.Organisation{Name: f["nom"]}, workflow.OrganisationPast{}, false)
	default:
		org, past, err := s.Service.ChooseOrganisation(c.UserContext(), actor(c), choice)
		if err != nil {
			return err
		}
		return s.showInviteForm(c, org, past, true)
	}
}

// findFor proposes organisations whose choice leads to the form at path.
func (s *Server) findFor(c *fiber.Ctx, path, query string) error {
	if utf8.RuneCountInString(query) > maxQuery {
		return errFilter
	}
	page := &templates.TeamFindOrganisation{TeamFrame: teamFrame(c, "new"), Script: scriptAddress, Query: strings.TrimSpace(query), Path: path}
	if path == paperPath {
		page.Paper, page.Here = true, "signatories"
	}
	found, more, err := s.Service.FindOrganisations(c.UserContext(), actor(c), query)
	if err != nil {
		return err
	}
	page.Matches, page.More = s.organisationLines(c, path, found), more
	other := url.Values{"choix": {"autre"}}
	if page.Query != "" {
		other.Set("nom", page.Query)
	}
	page.Unlisted = address(path, other)
	return s.show(c, page)
}

// proposals is what the script of the page asks while a name is typed.
type proposals struct {
	Matches []templates.OrganisationLine `json:"matches"`
	More    bool                         `json:"more"`
	Said    string                       `json:"said"` // for those who do not see the list grow
}

// proposeOrganisations answers the same question for the page's script.
func (s *Server) proposeOrganisations(c *fiber.Ctx) error { return s.proposeFor(c, invitePath) }

func (s *Server) proposeFor(c *fiber.Ctx, path string) error {
	f, err := readQuery(c)
	if err != nil {
		return err
	}
	if utf8.RuneCountInString(f["q"]) > maxQuery {
		return errFilter
	}
	found, more, err := s.Service.FindOrganisations(c.UserContext(), actor(c), f["q"])
	if err != nil {
		return err
	}
	lines, lang := s.organisationLines(c, path, found), s.language(c, "")
	return c.JSON(proposals{Matches: lines, More: more, Said: templates.CountSentence(lang, "find.said", len(lines))})
}

func (s *Server) organisationLines(c *fiber.Ctx, path string, found []workflow.OrganisationMatch) []templates.OrganisationLine {
	lang := s.language(c, "")
	lines := make([]templates.OrganisationLine, 0, len(found))
	for _, m := range found {
		line := templates.OrganisationLine{Address: address(path, url.Values{"choix": {m.Key}}), Label: m.Label,
			Where: templates.Sentence(lang, "kind."+string(m.Organisation.Kind), nil)}
		if place := s.placeOf(m.Organisation); place != "" {
			line.Where += ", " + place
		}
		switch {
		case m.OnPaper:
			line.Known = templates.Sentence(lang, "register.paper", nil)
		case m.Signed:
			line.Known = templates.Sentence(lang, "find.signed", nil)
		case m.Invited:
			line.Known = templates.Sentence(lang, "find.invited", nil)
		}
		lines = append(lines, line)
	}
	return lines
}

// showInviteForm shows the form, filled in with the organisation.
func (s *Server) showInviteForm(c *fiber.Ctx, org workflow.Organisation, past workflow.OrganisationPast, known bool) error {
	form, err := s.formFor(org)
	if err != nil {
		return err
	}
	page, err := s.invitePage(c, form)
	if err != nil {
		return err
	}
	page.Past = page.TeamFrame.Past(past)
	if known {
		page.Known = org.Name
	}
	return s.show(c, page)
}

// formFor is an empty form but for the organisation. An address that holds a
// name too long for one is refused.
func (s *Server) formFor(org workflow.Organisation) (templates.InviteForm, error) {
	if utf8.RuneCountInString(org.Name) > maxQuery {
		return templates.InviteForm{}, errFilter
	}
	form := templates.InviteForm{Lang: string(workflow.French), Deadline: usualLife, Organisation: org.Name, Kind: string(org.Kind),
		NEQ: org.NEQ, Municipality: org.MunicipalityCode, MRC: org.MRCCode, Region: org.RegionCode}
	if m, ok := s.Service.Atlas.Municipality(org.MunicipalityCode); ok {
		form.Municipality, form.MRC, form.Region = s.Service.Atlas.Label(m)+" — "+m.Code, "", "" // they follow from it
	} else if org.MRCCode != "" {
		form.Region = ""
	}
	return form, nil
}
