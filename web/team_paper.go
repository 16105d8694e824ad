package web

import (
	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// The addresses of the paper register.
const (
	paperPath       = "/equipe/signataires/papier"
	paperImportPath = paperPath + "/importer"
	scanEnd         = "/numerisation"
)

// scanField is the name of the scan's field.
const scanField = "scan"

// enterPaper puts who signed on paper into the register.
func (s *Server) enterPaper(c *fiber.Ctx) error {
	scan, f, err := readUpload(c, scanField, workflow.MaxScan)
	if err != nil {
		return err
	}
	form := typedInvite(f)
	form.Source = f["proof"]
	page, err := s.paperForm(c, form, f)
	if err != nil {
		return err
	}
	p, err := s.Service.EnterPaper(c.UserContext(), actor(c), s.paperRequest(page, scan.content))
	if err == nil {
		return c.Redirect(paperAddress(p.Commitment.ID)+"?fait=inscrite", fiber.StatusSeeOther)
	}
	return s.paperAgain(c, page, err)
}

// paperAgain shows the form as it was filled in, with what is wrong with it or
// what stands in the way.
func (s *Server) paperAgain(c *fiber.Ctx, page *templates.TeamPaperForm, err error) error {
	refused, worded := refusedWithWords(err)
	switch {
	case !worded:
		return err
	case refused.Kind == workflow.Conflict:
		page.Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, nil)}}
		s.noteError(c, refused, fiber.StatusConflict)
		c.Status(fiber.StatusConflict)
		return s.show(c, page)
	}
	return s.again(c, "", page, wordedForThePage(refused, page.Form))
}

func (s *Server) paperRequest(p *templates.TeamPaperForm, scan []byte) workflow.PaperRequest {
	r := s.inviteRequest(p.Form)
	return workflow.PaperRequest{Pole: r.Pole, Organisation: r.Organisation, Kind: r.Kind, Place: r.Place, NEQ: r.NEQ,
		Signed: p.SignedOn, Announced: p.Announced, Resolution: p.Number, Source: r.Source, Corrects: p.Corrects,
		Signatory: workflow.Signatory{Name: r.Contact.Name, Function: r.Contact.Function},
		Scan:      workflow.ScanRequest{Content: scan, By: p.Scanner, On: p.ScannedOn}}
}

// paperAddress is the page of an entry, or the list for what cannot be the id
// of one.
func paperAddress(id string) string {
	if !recordShape.MatchString(id) {
		return "/equipe/signataires"
	}
	return paperPath + "/" + id
}

// paper shows one entry and everything that happened to it.
func (s *Server) paper(c *fiber.Ctx) error {
	page, err := s.paperPage(c)
	if err != nil {
		return err
	}
	page.Done = paperDone(c.Query("fait"), page.Found.Paper)
	return s.show(c, page)
}

func (s *Server) paperPage(c *fiber.Ctx) (*templates.TeamPaper, error) {
	found, err := s.Service.Paper(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	k := found.Commitment
	page := &templates.TeamPaper{TeamFrame: teamFrame(c, "signatories"), Found: found,
		Place: s.placeOf(workflow.Organisation{MunicipalityCode: k.Organisation.MunicipalityCode, MRCCode: k.Organisation.MRCCode, RegionCode: k.Organisation.RegionCode})}
	if !k.PublishedAt.IsZero() {
		page.Public = "/signataires/" + k.Slug
	}
	if k.Replaces != "" {
		page.Before = paperAddress(k.Replaces)
	}
	w := storyteller{lang: s.language(c, ""), me: signedIn(c).Staff.ID}
	for _, e := range found.Events {
		page.Events = append(page.Events, w.event(e))
	}
	return page, nil
}

// paperDone is the key of what has just been done, if the entry bears it out.
func paperDone(what string, p workflow.Paper) string {
	switch stands := p.Commitment.Status != workflow.CommitmentWithdrawn; {
	case what == "inscrite" && stands:
		return "entered"
	case what == "jointe" && !p.Scan.IsZero():
		return "scanned"
	case what == "retiree" && !stands:
		return "withdrawn"
	}
	return ""
}

// withdrawPaper takes an entry made by mistake out of the register.
func (s *Server) withdrawPaper(c *fiber.Ctx) error {
	f, err := readForm(c)
	if err != nil {
		return err
	}
	err = s.Service.WithdrawPaper(c.UserContext(), actor(c), c.Params("id"), f["reason"])
	if err == nil {
		return c.Redirect(paperAddress(c.Params("id"))+"?fait=retiree", fiber.StatusSeeOther)
	}
	return s.paperRefusal(c, err, func(page *templates.TeamPaper) { page.Reason = f["reason"] })
}

// attachScan adds the scan of the original.
func (s *Server) attachScan(c *fiber.Ctx) error {
	scan, f, err := readUpload(c, scanField, workflow.MaxScan)
	if err != nil {
		return err
	}
	err = s.Service.AttachScan(c.UserContext(), actor(c), c.Params("id"),
		workflow.ScanRequest{Content: scan.content, By: f["scanner"], On: f["scannedon"]})
	if err == nil {
		return c.Redirect(paperAddress(c.Params("id"))+"?fait=jointe", fiber.StatusSeeOther)
	}
	return s.paperRefusal(c, err, func(page *templates.TeamPaper) { page.Scanner, page.ScannedOn = f["scanner"], f["scannedon"] })
}

// paperRefusal shows the entry with what stood in the way, and what was typed.
func (s *Server) paperRefusal(c *fiber.Ctx, err error, typed func(*templates.TeamPaper)) error {
	refused, worded := refusedWithWords(err)
	if !worded {
		return err
	}
	page, pageErr := s.paperPage(c)
	if pageErr != nil {
		return pageErr
	}
	typed(page)
	if len(refused.Fields) > 0 {
		return s.again(c, "", page, err)
	}
	page.Problems = []templates.Problem{{Text: templates.Sentence(s.language(c, ""), refused.Key, nil)}}
	s.noteError(c, refused, fiber.StatusConflict)
	c.Status(fiber.StatusConflict)
	return s.show(c, page)
}

// scanEndings are the endings of the files, by type.
var scanEndings = map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

// scan gives the exact bytes, to be kept: nothing here or in the browser opens
// them as a page.
func (s *Server) scan(c *fiber.Ctx) error {
	found, err := s.Service.Scan(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	name := "papier-" + found.Commitment.Slug + scanEndings[found.Scan.MediaType]
	return sendFile(c, name, found.Scan.MediaType, found.Scan.Content)
}
