package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
)

// declarations lists the texts: published, and in preparation.
func (s *Server) declarations(c *fiber.Ctx) error {
	page, err := s.declarationsPage(c)
	if err != nil {
		return err
	}
	page.Done = doneOf(c, map[string]string{"publiee": "published", "supprime": "dropped"})
	return s.show(c, page)
}

func (s *Server) declarationsPage(c *fiber.Ctx) (*templates.TeamDeclarations, error) {
	shelf, err := s.Service.DeclarationShelf(c.UserContext(), actor(c))
	if err != nil {
		return nil, err
	}
	names, err := s.poleNames(c)
	if err != nil {
		return nil, err
	}
	mine, err := s.myPoles(c)
	page := &templates.TeamDeclarations{TeamFrame: teamFrame(c, "declarations"), Shelf: shelf, Poles: names, Older: mine}
	if manages(c) {
		page.Scope = append(page.Scope, templates.Option{Value: everybody, Label: page.Whose("")})
	}
	for _, p := range mine {
		if page.Writer {
			page.Scope = append(page.Scope, templates.Option{Value: p.Slug, Label: p.Name})
		}
	}
	return page, err
}

// everybody stands in forms for the text of all pôles; no slug holds a star.
const everybody = "*"

// startDraft begins a version.
func (s *Server) startDraft(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	pole := f["pole"]
	if pole == "" {
		page, err := s.declarationsPage(c)
		if err != nil {
			return err
		}
		return s.again(c, "", page, invalid("pole", "pole.choose"))
	}
	id, err := s.Service.StartDraft(c.UserContext(), actor(c), strings.TrimSuffix(pole, everybody))
	if err != nil {
		return err
	}
	return c.Redirect(draftPath(id), fiber.StatusSeeOther)
}

// compareTexts shows what changed from one text to another. The address names
// them by version, or by id for a draft.
func (s *Server) compareTexts(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	list, err := s.declarationsPage(c)
	if err != nil {
		return err
	}
	page := &templates.TeamComparison{TeamFrame: list.TeamFrame, Others: textChoices(list, q["de"]), Choices: textChoices(list, q["a"])}
	if q["de"] == "" || q["a"] == "" {
		return s.show(c, page)
	}
	if page.From, err = s.Service.ComparedText(c.UserContext(), actor(c), q["de"]); err != nil {
		return err
	}
	if page.To, err = s.Service.ComparedText(c.UserContext(), actor(c), q["a"]); err != nil {
		return err
	}
	page.FromName, page.ToName = page.From.Version, page.To.Version
	return s.show(c, page)
}

// textChoices lists what may be compared.
func textChoices(list *templates.TeamDeclarations, chosen string) (options []templates.Option) {
	for _, d := range list.Shelf.Drafts {
		options = append(options, templates.Option{Value: d.ID, Label: list.Name(d), Chosen: d.ID == chosen})
	}
	for _, d := range list.Shelf.Published {
		options = append(options, templates.Option{Value: d.Version, Label: d.Version, Chosen: d.Version == chosen})
	}
	return options
}
