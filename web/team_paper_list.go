package web

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/templates/sheet"
	"jachete/workflow"
	"jachete/workflow/roster"
)

// showPaperImport shows the form of a list of signatories on paper.
func (s *Server) showPaperImport(c *fiber.Ctx) error {
	page, err := s.paperImportPage(c, form{})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// importPaper reads a list and leads to its preview. Nothing is entered.
func (s *Server) importPaper(c *fiber.Ctx) error {
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
	page, err := s.paperImportPage(c, f)
	if err != nil {
		return err
	}
	b, err := s.previewPaper(c, page, sent)
	if err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(paperBatchPath(b.ID), fiber.StatusSeeOther)
}

// previewPaper asks for what is missing before the use case does.
func (s *Server) previewPaper(c *fiber.Ctx, page *templates.TeamPaperImport, sent sentFile) (workflow.Batch, error) {
	switch {
	case page.Pole == "":
		return workflow.Batch{}, invalid("pole", "paper.pole-choose")
	case len(sent.content) == 0 && sent.name == "":
		return workflow.Batch{}, invalid(listField, "batch.no-file")
	}
	return s.Service.PreviewPaper(c.UserContext(), actor(c), workflow.BatchRequest{Pole: page.Pole, FileName: sent.name, File: sent.content})
}

func (s *Server) paperImportPage(c *fiber.Ctx, f form) (*templates.TeamPaperImport, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	page := &templates.TeamPaperImport{TeamFrame: teamFrame(c, "signatories"), Pole: f["pole"]}
	page.Several = len(poles) > 1
	if len(poles) == 1 {
		page.Pole = poles[0].Slug
	}
	for _, p := range poles {
		page.Poles = append(page.Poles, templates.Option{Value: p.Slug, Label: p.Name, Chosen: p.Slug == page.Pole})
	}
	latest, err := s.Service.PaperBatches(c.UserContext(), actor(c), latestBatches)
	for _, b := range latest {
		page.Latest = append(page.Latest, templates.LatestBatch{Batch: b, Pole: shortName(poles, b.PoleSlug)})
	}
	return page, err
}

// paperModel gives an empty list with its columns: see importModel.
func (s *Server) paperModel(c *fiber.Ctx) error {
	return sendFile(c, "signataires-papier.csv", sheet.CSV.MediaType(), []byte("\ufeff"+strings.Join(workflow.PaperColumns, ";")+"\r\n"))
}

func paperBatchPath(id string) string {
	if !recordShape.MatchString(id) {
		return paperImportPath
	}
	return paperImportPath + "/" + id
}

// paperBatch shows a list: what would be entered, or what came of it.
func (s *Server) paperBatch(c *fiber.Ctx) error {
	page, err := s.paperBatchPage(c)
	if err != nil {
		return err
	}
	return s.show(c, page)
}

func (s *Server) paperBatchPage(c *fiber.Ctx) (*templates.TeamPaperBatch, error) {
	b, err := s.Service.PaperBatch(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	q := batchQuery{page: 1}
	if c.Method() != post {
		if q, err = readBatchQuery(c); err != nil {
			return nil, err
		}
	}
	page := &templates.TeamPaperBatch{TeamBatch: templates.TeamBatch{TeamFrame: teamFrame(c, "signatories"), Batch: b, Good: q.good, Page: q.page}}
	if page.Pole, err = s.Service.Pole(c.UserContext(), b.PoleSlug); err != nil {
		return nil, err
	}
	rows, err := s.Service.PaperRows(c.UserContext(), actor(c), workflow.BatchRowFilter{Batch: b.ID, Good: q.good, Refused: !q.good,
		Limit: batchPageSize, Offset: (q.page - 1) * batchPageSize})
	for _, row := range rows {
		page.Lines = append(page.Lines, s.lineOf(c, row))
		page.Dates = append(page.Dates, cmp.Or(row.Cells["date_signature"], row.Cells["date_annonce"]))
	}
	page.Turn(paperBatchPath(b.ID), batchPageSize)
	return page, err
}

// confirmPaper enters a list, as the person saw it.
func (s *Server) confirmPaper(c *fiber.Ctx) error {
	seen, err := readSeen(c)
	if err != nil {
		return err
	}
	_, err = s.Service.ConfirmPaper(c.UserContext(), actor(c), c.Params("id"), seen)
	return s.afterPaperBatch(c, err)
}

// cancelPaper gives a list up.
func (s *Server) cancelPaper(c *fiber.Ctx) error {
	return s.afterPaperBatch(c, s.Service.CancelPaper(c.UserContext(), actor(c), c.Params("id")))
}

// afterPaperBatch leads back to the list, or says there what stood in the way.
func (s *Server) afterPaperBatch(c *fiber.Ctx, err error) error {
	refused, worded := refusedWithWords(err)
	switch {
	case err == nil:
		return c.Redirect(paperBatchPath(c.Params("id")), fiber.StatusSeeOther)
	case !worded:
		return err
	}
	page, pageErr := s.paperBatchPage(c)
	if pageErr != nil {
		return pageErr
	}
	s.refuseBatch(c, &page.TeamBatch, refused)
	return s.show(c, page)
}

// paperRefused gives the lines that were left out, with the reason, to correct
// and send again.
func (s *Server) paperRefused(c *fiber.Ctx) error {
	rows, err := s.Service.PaperRows(c.UserContext(), actor(c), workflow.BatchRowFilter{Batch: c.Params("id"), Refused: true})
	if err != nil {
		return err
	}
	return s.sendRefused(c, rows, workflow.PaperColumns)
}

// sendRefused writes lines with what was said of them, for a spreadsheet.
func (s *Server) sendRefused(c *fiber.Ctx, rows []workflow.BatchRow, columns []string) error {
	var out bytes.Buffer // writes to memory cannot fail
	w, _ := sheet.Comma(&out, ';')
	lang := s.language(c, "")
	word := func(key string) string { return templates.Sentence(lang, key, nil) }
	_ = w.Write(sheet.Texts(append([]string{word("batch.line"), word("batch.reason")}, columns...)...))
	for _, row := range rows {
		line := s.lineOf(c, row)
		reason := strings.Join(append([]string{word("verdict." + string(line.Fate))}, line.Reasons...), " – ")
		cells := []string{strconv.Itoa(row.Line), reason}
		for _, column := range columns {
			cells = append(cells, row.Cells[column])
		}
		_ = w.Write(sheet.Texts(cells...))
	}
	_ = w.Close()
	return sendFile(c, "lignes-ecartees.csv", sheet.CSV.MediaType(), out.Bytes())
}
