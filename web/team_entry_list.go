package web

import (
	"bytes"
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/templates/sheet"
	"jachete/workflow"
	"jachete/workflow/roster"
)

// entryLists is a sort of list whose lines are entered when it is confirmed: its
// pages, and the use cases behind them.
type entryLists struct {
	templates.EntryList
	here    string // entry of the menu
	model   string // name of the model file
	beside  func(workflow.Language, map[string]string) string
	preview func(*workflow.Service, context.Context, workflow.Actor, workflow.BatchRequest) (workflow.Batch, error)
	latest  func(*workflow.Service, context.Context, workflow.Actor, int) ([]workflow.Batch, error)
	batch   func(*workflow.Service, context.Context, workflow.Actor, string) (workflow.Batch, error)
	rows    func(*workflow.Service, context.Context, workflow.Actor, workflow.BatchRowFilter) ([]workflow.BatchRow, error)
	enter   func(*workflow.Service, context.Context, workflow.Actor, string, workflow.Seen) (workflow.Batch, error)
	giveUp  func(*workflow.Service, context.Context, workflow.Actor, string) error
}

var paperLists = entryLists{EntryList: templates.PaperList, here: "signatories", model: "signataires-papier.csv",
	beside: func(_ workflow.Language, cells map[string]string) string {
		return cmp.Or(cells["date_signature"], cells["date_annonce"])
	},
	preview: (*workflow.Service).PreviewPaper, latest: (*workflow.Service).PaperBatches, batch: (*workflow.Service).PaperBatch,
	rows: (*workflow.Service).PaperRows, enter: (*workflow.Service).ConfirmPaper, giveUp: (*workflow.Service).CancelPaper}

// show shows the form of a list.
func (l entryLists) show(s *Server, c *fiber.Ctx) error {
	page, err := l.importPage(s, c, form{})
	if err != nil {
		return err
	}
	return s.show(c, page)
}

// read reads a list and leads to its preview. Nothing is entered.
func (l entryLists) read(s *Server, c *fiber.Ctx) error {
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
	page, err := l.importPage(s, c, f)
	if err != nil {
		return err
	}
	b, err := l.previewOf(s, c, page, sent)
	if err != nil {
		return s.again(c, "", page, err)
	}
	return c.Redirect(entryListPath(l.EntryList, b.ID), fiber.StatusSeeOther)
}

// previewOf asks for what is missing before the use case does.
func (l entryLists) previewOf(s *Server, c *fiber.Ctx, page *templates.TeamEntryImport, sent sentFile) (workflow.Batch, error) {
	switch {
	case page.Pole == "":
		return workflow.Batch{}, invalid("pole", l.Words+"-list.pole-choose")
	case len(sent.content) == 0 && sent.name == "":
		return workflow.Batch{}, invalid(listField, "batch.no-file")
	}
	return l.preview(s.Service, c.UserContext(), actor(c), workflow.BatchRequest{Pole: page.Pole, FileName: sent.name, File: sent.content})
}

func (l entryLists) importPage(s *Server, c *fiber.Ctx, f form) (*templates.TeamEntryImport, error) {
	poles, err := s.myPoles(c)
	if err != nil {
		return nil, err
	}
	page := &templates.TeamEntryImport{TeamFrame: teamFrame(c, l.here), List: l.EntryList, Pole: f["pole"]}
	page.Several = len(poles) > 1
	if len(poles) == 1 {
		page.Pole = poles[0].Slug
	}
	page.Poles = poleOptions(poles, page.Pole)
	latest, err := l.latest(s.Service, c.UserContext(), actor(c), latestBatches)
	for _, b := range latest {
		page.Latest = append(page.Latest, templates.LatestBatch{Batch: b, Pole: shortName(poles, b.PoleSlug)})
	}
	return page, err
}

// poleOptions are the choices of a pôle, by their full names.
func poleOptions(poles []workflow.Pole, chosen string) (options []templates.Option) {
	for _, p := range poles {
		options = append(options, templates.Option{Value: p.Slug, Label: p.Name, Chosen: p.Slug == chosen})
	}
	return options
}

// modelFile gives an empty list with its columns: see importModel.
func (l entryLists) modelFile(_ *Server, c *fiber.Ctx) error {
	return sendFile(c, l.model, sheet.CSV.MediaType(), []byte("\ufeff"+strings.Join(l.Columns, ";")+"\r\n"))
}

// entryListPath is the page of a list, or the form for what cannot be the id of
// one.
func entryListPath(l templates.EntryList, id string) string {
	if !recordShape.MatchString(id) {
		return l.Path
	}
	return l.Path + "/" + id
}

// list shows a list: what would be entered, or what came of it.
func (l entryLists) list(s *Server, c *fiber.Ctx) error {
	page, err := l.listPage(s, c)
	if err != nil {
		return err
	}
	return s.show(c, page)
}

func (l entryLists) listPage(s *Server, c *fiber.Ctx) (*templates.TeamEntryList, error) {
	b, err := l.batch(s.Service, c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	q := batchQuery{page: 1}
	if c.Method() != post {
		if q, err = readBatchQuery(c); err != nil {
			return nil, err
		}
	}
	page := &templates.TeamEntryList{List: l.EntryList,
		TeamBatch: templates.TeamBatch{TeamFrame: teamFrame(c, l.here), Batch: b, Good: q.good, Page: q.page}}
	if page.Pole, err = s.Service.Pole(c.UserContext(), b.PoleSlug); err != nil {
		return nil, err
	}
	rows, err := l.rows(s.Service, c.UserContext(), actor(c), workflow.BatchRowFilter{Batch: b.ID, Good: q.good, Refused: !q.good,
		Limit: batchPageSize, Offset: (q.page - 1) * batchPageSize})
	for _, row := range rows {
		line := s.lineOf(c, row)
		line.Organisation = cmp.Or(line.Organisation, line.Name) // of a supplier, the name is its own
		page.Lines = append(page.Lines, line)
		page.Beside = append(page.Beside, l.beside(s.language(c, ""), row.Cells))
	}
	page.Turn(entryListPath(l.EntryList, b.ID), batchPageSize)
	return page, err
}

// confirm enters a list, as the person saw it.
func (l entryLists) confirm(s *Server, c *fiber.Ctx) error {
	seen, err := readSeen(c)
	if err != nil {
		return err
	}
	_, err = l.enter(s.Service, c.UserContext(), actor(c), c.Params("id"), seen)
	return l.after(s, c, err)
}

// cancel gives a list up.
func (l entryLists) cancel(s *Server, c *fiber.Ctx) error {
	return l.after(s, c, l.giveUp(s.Service, c.UserContext(), actor(c), c.Params("id")))
}

// after leads back to the list, or says there what stood in the way.
func (l entryLists) after(s *Server, c *fiber.Ctx, err error) error {
	refused, worded := refusedWithWords(err)
	switch {
	case err == nil:
		return c.Redirect(entryListPath(l.EntryList, c.Params("id")), fiber.StatusSeeOther)
	case !worded:
		return err
	}
	page, pageErr := l.listPage(s, c)
	if pageErr != nil {
		return pageErr
	}
	s.refuseBatch(c, &page.TeamBatch, refused)
	return s.show(c, page)
}

// refused gives the lines that were left out, with the reason, to correct and
// send again.
func (l entryLists) refused(s *Server, c *fiber.Ctx) error {
	rows, err := l.rows(s.Service, c.UserContext(), actor(c), workflow.BatchRowFilter{Batch: c.Params("id"), Refused: true})
	if err != nil {
		return err
	}
	return s.sendRefused(c, rows, l.Columns)
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
