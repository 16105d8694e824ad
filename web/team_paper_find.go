package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showPaper is the way to the form of a signatory on paper: first which
// organisation, then the form filled in with it; or with the entry that it
// corrects.
func (s *Server) showPaper(c *fiber.Ctx) error {
	f, err := readQuery(c)
	if err != nil {
		return err
	}
	if f["corrige"] != "" {
		return s.showCorrection(c, f["corrige"])
	}
	switch choice := f["choix"]; choice {
	case "":
		return s.findFor(c, paperPath, f["q"])
	case "autre":
		return s.showPaperForm(c, workflow.Organisation{Name: f["nom"]}, workflow.OrganisationPast{})
	default:
		org, past, err := s.Service.ChooseOrganisation(c.UserContext(), actor(c), choice)
		if err != nil {
			return err
		}
		return s.showPaperForm(c, org, past)
	}
}

// proposeForPaper is proposeOrganisations, whose choices lead to this form.
func (s *Server) proposeForPaper(c *fiber.Ctx) error { return s.proposeFor(c, paperPath) }

func (s *Server) showPaperForm(c *fiber.Ctx, org workflow.Organisation, past workflow.OrganisationPast) error {
	form, err := s.formFor(org)
	if err != nil {
		return err
	}
	page, err := s.paperForm(c, form, nil)
	if err != nil {
		return err
	}
	past.Invitations = nil // of no concern to who signed on paper
	page.Past = page.TeamFrame.Past(past)
	return s.show(c, page)
}

// showCorrection shows the form filled in with an entry.
func (s *Server) showCorrection(c *fiber.Ctx, id string) error {
	found, err := s.Service.Paper(c.UserContext(), actor(c), id)
	if err != nil {
		return err
	}
	if found.Commitment.Status != workflow.CommitmentActive {
		return refusal(workflow.Conflict, workflow.KeyPaperWithdrawn)
	}
	o := found.Commitment.Organisation
	form, err := s.formFor(workflow.Organisation{Name: o.Name, Kind: o.Kind, MunicipalityCode: o.MunicipalityCode, MRCCode: o.MRCCode,
		RegionCode: o.RegionCode, NEQ: o.NEQ})
	if err != nil {
		return err
	}
	form.Pole, form.Source, form.Name, form.Function = found.Commitment.PoleSlug, found.Source, found.Signatory.Name, found.Signatory.Function
	lang := s.language(c, "")
	page, err := s.paperForm(c, form, map[string]string{"signed": found.Commitment.Signed().Short(lang), "number": found.Commitment.ResolutionNumber,
		"announced": found.Commitment.AnnouncedDate().Short(lang), "corrige": id})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// paperForm fills what there is to choose from, and what was typed.
func (s *Server) paperForm(c *fiber.Ctx, form templates.InviteForm, f form) (*templates.TeamPaperForm, error) {
	invite, err := s.invitePage(c, form)
	if err != nil {
		return nil, err
	}
	invite.Here = "signatories"
	page := &templates.TeamPaperForm{TeamInvite: *invite, SignedOn: f["signed"], Announced: f["announced"], Number: f["number"],
		Scanner: f["scanner"], ScannedOn: f["scannedon"], Corrects: f["corrige"]}
	page.Past = page.TeamFrame.Past(workflow.OrganisationPast{})
	if page.Corrects != "" {
		found, err := s.Service.Paper(c.UserContext(), actor(c), page.Corrects)
		if err != nil {
			return nil, err
		}
		page.Mended = found.Paper
	}
	return page, nil
}
