package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
)

// batchPageSize is how many lines one page shows.
const batchPageSize = 50

// refreshAfter is when a browser asks again how far the work has come, in
// seconds.
const refreshAfter = "4"

// batch shows a list: what would be sent, how far it is, or what came of it.
func (s *Server) batch(c *fiber.Ctx) error {
	page, err := s.batchPage(c)
	if err != nil {
		return err
	}
	if page.Batch.State == workflow.BatchConfirmed {
		c.Set("Refresh", refreshAfter)
	}
	return s.show(c, page)
}

// batchQuery is which lines to show.
type batchQuery struct {
	good bool
	page int // from 1
}

func readBatchQuery(c *fiber.Ctx) (batchQuery, error) {
	f, err := readQuery(c)
	q := batchQuery{good: f["voir"] == "bonnes", page: 1}
	if err != nil || f["voir"] != "" && !q.good || !readNumber(f["page"], 1, maxPage, &q.page) {
		return q, errFilter
	}
	return q, nil
}

func (s *Server) batchPage(c *fiber.Ctx) (*templates.TeamBatch, error) {
	b, err := s.Service.Batch(c.UserContext(), actor(c), c.Params("id"))
	if err != nil {
		return nil, err
	}
	q := batchQuery{page: 1}
	if c.Method() != post {
		if q, err = readBatchQuery(c); err != nil {
			return nil, err
		}
	}
	page := &templates.TeamBatch{TeamFrame: teamFrame(c, "import"), Batch: b, Good: q.good, Page: q.page}
	if page.Pole, err = s.Service.Pole(c.UserContext(), b.PoleSlug); err != nil {
		return nil, err
	}
	if campaign, err := s.Service.Store.Campaign(c.UserContext(), b.PoleSlug, b.Campaign); err == nil {
		page.Campaign = campaign.Name
	}
	return page, s.fillLines(c, page, q)
}

// fillLines puts one page of the lines that were asked for.
func (s *Server) fillLines(c *fiber.Ctx, page *templates.TeamBatch, q batchQuery) error {
	f := workflow.BatchRowFilter{Batch: page.Batch.ID, Good: q.good, Refused: !q.good, Limit: batchPageSize, Offset: (q.page - 1) * batchPageSize}
	rows, err := s.Service.BatchRows(c.UserContext(), actor(c), f)
	for _, row := range rows {
		page.Lines = append(page.Lines, s.lineOf(c, row))
	}
	page.Turn(batchPath(page.Batch.ID), batchPageSize)
	return err
}

func (s *Server) lineOf(c *fiber.Ctx, row workflow.BatchRow) templates.BatchLine {
	line := templates.BatchLine{Line: row.Line, Fate: row.Fate(), InvitationID: row.InvitationID,
		Organisation: row.Cells["organisation"], Name: strings.TrimSpace(row.Cells["prenom"] + " " + row.Cells["nom"]), Email: row.Cells["courriel"]}
	for _, p := range problems(s.language(c, ""), row.Reasons) {
		line.Reasons = append(line.Reasons, p.Text)
	}
	return line
}

// confirmBatch lets a list go, as the person saw it.
func (s *Server) confirmBatch(c *fiber.Ctx) error {
	seen, err := readSeen(c)
	if err != nil {
		return err
	}
	return s.afterBatch(c, s.Service.ConfirmBatch(c.UserContext(), actor(c), c.Params("id"), seen))
}

// readSeen reads which list the person saw when she confirmed it.
func readSeen(c *fiber.Ctx) (workflow.Seen, error) {
	f, err := readForm(c)
	if err != nil {
		return workflow.Seen{}, err
	}
	good, err := strconv.Atoi(f["lines"])
	if err != nil {
		good = -1 // never what was shown
	}
	return workflow.Seen{Good: good, SHA256: f["sha256"]}, nil
}

// cancelBatch stops a list, or gives it up.
func (s *Server) cancelBatch(c *fiber.Ctx) error {
	return s.afterBatch(c, s.Service.CancelBatch(c.UserContext(), actor(c), c.Params("id")))
}

// afterBatch leads back to the list, or says there what stood in the way.
func (s *Server) afterBatch(c *fiber.Ctx, err error) error {
	refused, worded := refusedWithWords(err)
	switch {
	case err == nil:
		return c.Redirect(batchPath(c.Params("id")), fiber.StatusSeeOther)
	case !worded:
		return err
	}
	page, pageErr := s.batchPage(c)
	if pageErr != nil {
		return pageErr
	}
	s.refuseBatch(c, page, refused)
	return s.show(c, page)
}

// refuseBatch says on the page of a list what stood in the way.
func (s *Server) refuseBatch(c *fiber.Ctx, page *templates.TeamBatch, refused *workflow.Error) {
	lang := s.language(c, "")
	if page.Problems = problems(lang, refused.Fields); len(page.Problems) == 0 {
		page.Problems = []templates.Problem{{Text: templates.Sentence(lang, refused.Key, refused.Args)}}
	}
	for i := range page.Problems {
		page.Problems[i].Field = "" // the page has no such fields
	}
	s.noteError(c, refused, statuses[refused.Kind])
	c.Status(statuses[refused.Kind])
}

// batchRefused gives the lines that were left out, with the reason, to correct
// in a spreadsheet and send again.
func (s *Server) batchRefused(c *fiber.Ctx) error {
	rows, err := s.Service.BatchRows(c.UserContext(), actor(c), workflow.BatchRowFilter{Batch: c.Params("id"), Refused: true})
	if err != nil {
		return err
	}
	return s.sendRefused(c, rows, workflow.InvitationColumns)
}
