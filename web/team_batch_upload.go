package web

import (
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/templates/sheet"
	"jachete/workflow"
	"jachete/workflow/roster"
)

// listField is the name of the file's field in the form of a list.
const listField = "file"

// latestBatches is how many lists the form shows below itself.
const latestBatches = 10

// showImport shows the form of a list of invitations.
func (s *Server) showImport(c *fiber.Ctx) error {
	page, err := s.importPage(c, form{})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// importList reads a list and leads to its preview. Nothing is sent.
func (s *Server) importList(c *fiber.Ctx) error {
	select {
	case s.checks <- struct{}{}:
		defer func() { <-s.checks }()
	default:
		return errBusy
	}
	sent, f, err := readUpload(c, listField, roster.MaxBytes)
	if err != nil {
		return err
	}
	page, err := s.importPage(c, f)
	if err != nil {
		return err
	}
	b, err := s.previewList(c, page, sent)
	if err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(batchPath(b.ID), fiber.StatusSeeOther)
}

// previewList asks for what is missing before the use case does.
func (s *Server) previewList(c *fiber.Ctx, page *templates.TeamImport, sent sentFile) (workflow.Batch, error) {
	switch {
	case page.Pole == "":
		return workflow.Batch{}, invalid("pole", "pole.choose")
	case len(sent.content) == 0 && sent.name == "":
		return workflow.Batch{}, invalid(listField, "batch.no-file")
	}
	return s.Service.PreviewBatch(c.UserContext(), actor(c), workflow.BatchRequest{Pole: page.Pole, Campaign: page.Campaign,
		FileName: sent.name, File: sent.content})
}

// importPage fills what there is to choose from. With one pôle, there is no
// choice to make.
func (s *Server) importPage(c *fiber.Ctx, f form) (*templates.TeamImport, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	page := &templates.TeamImport{TeamFrame: teamFrame(c, "import"), Pole: f["pole"], Campaign: f["campaign"], NoAddress: withoutAddress(poles)}
	page.Several = len(poles) > 1
	if len(poles) == 1 {
		page.Pole = poles[0].Slug
	}
	for _, p := range poles {
		page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Name, Chosen: p.Slug == page.Pole})
	}
	if err := s.offerCampaigns(c, page, poles); err != nil {
		return nil, err
	}
	latest, err := s.Service.Batches(c.UserContext(), actor(c), latestBatches)
	for _, b := range latest {
		page.Latest = append(page.Latest, templates.LatestBatch{Batch: b, Pole: shortName(poles, b.PoleSlug)})
	}
	return page, err
}

// shortName is that of a pôle among several, or nothing.
func shortName(poles []workflow.Pole, slug string) string {
	if i := slices.IndexFunc(poles, func(p workflow.Pole) bool { return p.Slug == slug }); i >= 0 {
		return poles[i].Short
	}
	return ""
}

// offerCampaigns proposes the campaigns that take invitations.
func (s *Server) offerCampaigns(c *fiber.Ctx, page *templates.TeamImport, poles []workflow.Pole) error {
	campaigns, err := s.Service.Store.Campaigns(c.UserContext(), workflow.CampaignFilter{Poles: actor(c).Poles()})
	for _, k := range campaigns {
		if k.Closed {
			continue
		}
		label := k.Name
		if page.Several {
			label += " – " + shortName(poles, k.PoleSlug)
		}
		page.Campaigns = append(page.Campaigns, templates.Option{Value: k.Slug, Label: label, Chosen: k.Slug == page.Campaign})
	}
	return err
}

// importModel gives an empty list with its columns, which Excel in French opens
// as a table: it wants semicolons and a byte order mark.
func (s *Server) importModel(c *fiber.Ctx) error {
	model := "\ufeff" + strings.Join(workflow.InvitationColumns, ";") + "\r\n"
	return sendFile(c, "invitations.csv", sheet.CSV.MediaType(), []byte(model))
}

// batchPath is the page of a list, or the form for what cannot be the id of
// one.
func batchPath(id string) string {
	if !recordShape.MatchString(id) {
		return importPath
	}
	return importPath + "/" + id
}

// refusedWithWords tells of a refusal that a page can say beside its form.
func refusedWithWords(err error) (*workflow.Error, bool) {
	var refused *workflow.Error
	ok := errors.As(err, &refused) && (refused.Kind == workflow.Conflict || len(refused.Fields) > 0)
	return refused, ok
}
