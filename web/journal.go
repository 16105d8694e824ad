package web

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/workflow"
	"jachete/workflow/journal"
)

// journal shows the latest public statement about the journal, how to hold the
// service to it, and where a number stands in it.
func (s *Server) journal(c *fiber.Ctx) error {
	q, err := readQuery(c)
	if err != nil {
		return err
	}
	page := &templates.Journal{Number: q["numero"], Site: s.link("")}
	page.Checkpoint, page.Keys, err = s.Service.LatestCheckpoint(c.UserContext())
	if err != nil && !workflow.IsKind(err, workflow.NotFound) {
		return err
	}
	if page.Number == "" {
		return s.show(c, page)
	}
	found, err := s.inclusion(c, page.Number)
	switch {
	case err == nil:
		page.Inclusion = &found
	case workflow.IsKind(err, workflow.NotFound), workflow.IsKind(err, workflow.Conflict):
		page.Problems = []templates.Problem{{Field: "numero", Text: templates.Sentence(s.language(c, ""), workflow.KeyOf(err), nil)}}
		_, status := statusOf(err)
		c.Status(status)
	default:
		return err
	}
	return s.show(c, page)
}

// inclusion reads a number of a request, and proves where it is in the journal.
func (s *Server) inclusion(c *fiber.Ctx, number string) (workflow.Inclusion, error) {
	if len(number) > maxNumberText {
		number = "" // no number: unknown
	}
	return s.Service.JournalInclusion(c.UserContext(), number, s.visit(c))
}

// checkpoint gives the latest signed statement alone, for people and programs
// to keep.
func (s *Server) checkpoint(c *fiber.Ctx) error {
	latest, _, err := s.Service.LatestCheckpoint(c.UserContext())
	if err != nil {
		return err
	}
	return sendData(c, fiber.MIMETextPlainCharsetUTF8, []byte(latest.Note))
}

// checkpointKeys gives the public keys of checkpoints, one a line, the one in
// use first.
func (s *Server) checkpointKeys(c *fiber.Ctx) error {
	_, keys, err := s.Service.LatestCheckpoint(c.UserContext())
	if err != nil {
		return err
	}
	return sendData(c, fiber.MIMETextPlainCharsetUTF8, []byte(strings.Join(keys, "\n")+"\n"))
}

// growth proves that the journal continues the one of an older checkpoint.
func (s *Server) growth(c *fiber.Ctx) error {
	var from int
	if size := c.Params("size"); !readNumber(size, 1, 1<<50, &from) || size == "" || size != strconv.Itoa(from) {
		return refusal(workflow.NotFound, "journal.no-such-size")
	}
	g, err := s.Service.JournalGrowth(c.UserContext(), int64(from))
	if err != nil {
		return err
	}
	return sendJSON(c, journal.GrowthFile{From: g.From, Checkpoint: g.Latest.Note, Proof: g.Proof})
}

// journalProof proves where a number stands in the journal.
func (s *Server) journalProof(c *fiber.Ctx) error {
	i, err := s.inclusion(c, c.Params("number"))
	if err != nil {
		return err
	}
	return sendJSON(c, journal.InclusionFile{Number: i.Number, Checkpoint: i.Latest.Note, Path: i.Proof.Hex(),
		Entry: journal.EntryFile{Seq: i.Entry.Seq, Body: i.Entry.Body, Prev: i.Entry.Prev, RecordPrev: i.Entry.RecordPrev, Hash: i.Entry.Hash}})
}
