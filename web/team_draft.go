package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// showTextDraft shows a text in preparation.
func (s *Server) showTextDraft(c *fiber.Ctx) error {
	page, err := s.draftPage(c)
	if err != nil {
		return err
	}
	page.Saved = c.Query("fait") == "enregistre"
	return s.show(c, page)
}

func (s *Server) draftPage(c *fiber.Ctx) (*templates.TeamDraft, error) {
	d, err := s.Service.DeclarationDraft(c.UserContext(), actor(c), c.Params("draft"))
	if err != nil {
		return nil, err
	}
	list, err := s.declarationsPage(c)
	if err != nil {
		return nil, err
	}
	return &templates.TeamDraft{TeamFrame: list.TeamFrame, Draft: d, Whose: list.Whose(d.PoleSlug), Before: versionBefore(list.Shelf, d)}, nil
}

// versionBefore is the version a draft follows: the pôle's own, if it has one.
func versionBefore(shelf workflow.DeclarationShelf, d workflow.DeclarationDraft) (version string) {
	for _, p := range shelf.Published {
		if p.PoleSlug == d.PoleSlug {
			return p.Version
		}
		if p.PoleSlug == "" && version == "" {
			version = p.Version
		}
	}
	return version
}

// saveTextDraft keeps what was typed, finished or not.
func (s *Server) saveTextDraft(c *fiber.Ctx) error {
	page, err := s.draftPage(c)
	if err != nil {
		return err
	}
	f, err := readForm(c)
	if err != nil {
		return err
	}
	typed := workflow.DraftForm{Number: f["version"], TitleFR: f["titlefr"], TitleEN: f["titleen"], BodyFR: f["textfr"], BodyEN: f["texten"],
		Revision: revisionOf(f)}
	if err := s.Service.SaveDraft(c.UserContext(), actor(c), page.Draft.ID, typed); err != nil {
		page.Draft.Number, page.Draft.TitleFR, page.Draft.TitleEN = typed.Number, typed.TitleFR, typed.TitleEN
		page.Draft.BodyFR, page.Draft.BodyEN = typed.BodyFR, typed.BodyEN
		return s.overtaken(c, page, err)
	}
	return c.Redirect(draftPath(page.Draft.ID)+"?fait=enregistre", fiber.StatusSeeOther)
}

// revisionOf reads the revision that a form was made from; 0, which no draft
// has, for anything else.
func revisionOf(f form) int {
	n, err := strconv.Atoi(f["revision"])
	if err != nil {
		return 0
	}
	return n
}

// previewTextDraft shows the saved text as its readers would see it.
func (s *Server) previewTextDraft(c *fiber.Ctx) error {
	d, err := s.Service.DeclarationDraft(c.UserContext(), actor(c), c.Params("draft"))
	if err != nil {
		return err
	}
	return s.show(c, &templates.TeamPreview{TeamFrame: teamFrame(c, "declarations"), Draft: d})
}

// textDraftFile draws it as a council would get it.
func (s *Server) textDraftFile(c *fiber.Ctx) error {
	file, err := s.Service.DraftPDF(c.UserContext(), actor(c), c.Params("draft"))
	if err != nil {
		return s.draftRefused(c, err)
	}
	return sendFile(c, "apercu-de-declaration.pdf", "application/pdf", file)
}

// draftRefused shows the text's page with what is wrong with it.
func (s *Server) draftRefused(c *fiber.Ctx, refused error) error {
	page, err := s.draftPage(c)
	if err != nil {
		return err
	}
	return s.overtaken(c, page, refused)
}

// withdrawTextDraft takes the date of publication back.
func (s *Server) withdrawTextDraft(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.WithdrawDraft(c.UserContext(), actor(c), c.Params("draft"), revisionOf(f)); err != nil {
		return s.draftRefused(c, err)
	}
	return c.Redirect(draftPath(c.Params("draft"))+"?fait=enregistre", fiber.StatusSeeOther)
}

// dropTextDraft throws it away.
func (s *Server) dropTextDraft(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	if err := s.Service.DropDraft(c.UserContext(), actor(c), c.Params("draft"), revisionOf(f)); err != nil {
		return s.draftRefused(c, err)
	}
	return c.Redirect("/equipe/declarations?fait=supprime", fiber.StatusSeeOther)
}
