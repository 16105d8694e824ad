package web

import (
	"context"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jachete/templates"
	"jachete/templates/sheet"
	"jachete/workflow"
)

// The addresses of lists as files.
const (
	exportPath            = listPath + "/exporter"
	exportSignatoriesPath = signatoriesPath + "/exporter"
)

const (
	// exportTime bounds the making of a file: it reads all of a list, which no
	// page does.
	exportTime = 2 * time.Minute
	// maxExports is how many are made at once; others wait for their turn, so
	// that the site stays quick for everybody else.
	maxExports = 2
)

// exportOf is a file about to be made.
type exportOf struct {
	format sheet.Format
	words  templates.ExportWords
}

// export reads which format is wanted of a list, and refuses a pôle that the
// person does not serve exactly as one that does not exist.
func (s *Server) export(c *fiber.Ctx, formats ...sheet.Format) (x exportOf, err error) {
	q, err := readQuery(c)
	if err != nil {
		return x, err
	}
	pole := q["pole"]
	if q["campagne"] != "" {
		pole, _, _ = strings.Cut(q["campagne"], "/")
	}
	if err := s.Service.MayExport(c.UserContext(), actor(c), pole); err != nil {
		return x, err
	}
	for _, f := range formats {
		if q["format"] == string(f) {
			x.format = f
		}
	}
	if x.format == "" {
		return x, errFilter
	}
	x.words, err = s.exportWords(c)
	return x, err
}

// exportWords is what names the pôles and campaigns of the person.
func (s *Server) exportWords(c *fiber.Ctx) (templates.ExportWords, error) {
	w := templates.ExportWords{Language: s.language(c, ""), Made: s.Service.Clock.Now().In(workflow.Zone), Atlas: s.Service.Atlas,
		Poles: map[string]string{}, Campaigns: map[string]string{}, Link: s.link}
	poles, err := s.myPoles(c)
	if err != nil {
		return w, err
	}
	for _, p := range poles {
		w.Poles[p.Slug] = p.Name
	}
	campaigns, err := s.Service.CampaignChoices(c.UserContext(), actor(c), false)
	for _, campaign := range campaigns {
		w.Campaigns[campaign.PoleSlug+"/"+campaign.Slug] = campaign.Name
	}
	return w, err
}

// exportsOf lead to a list as files, under its filters.
func exportsOf(path string, filters url.Values, lang workflow.Language) (options []templates.Option) {
	as := func(format sheet.Format, words string) {
		filters.Set("format", string(format))
		options = append(options, templates.Option{Value: address(path, filters), Label: words})
	}
	as(sheet.XLSX, templates.Sentence(lang, "export.xlsx", nil))
	as(sheet.CSV, templates.Sentence(lang, "export.csv", nil))
	return options
}

// exportInvitations sends the list of invitations, under its filters.
func (s *Server) exportInvitations(c *fiber.Ctx) error {
	x, err := s.export(c, sheet.CSV, sheet.XLSX)
	if err != nil {
		return err
	}
	q, err := s.readTeamQuery(c)
	if err != nil {
		return err
	}
	if len(q.wrong) > 0 {
		return errFilter
	}
	list, by := templates.InvitationExport(x.words), actor(c)
	return s.sendExport(c, "invitations", x, list.Table, func(ctx context.Context, w sheet.Writer) error {
		return s.Service.ExportInvitations(ctx, by, q.InvitationFilter, string(x.format), func(v workflow.InvitationView) error {
			return w.Write(list.Line(v))
		})
	})
}

// exportSignatories sends the list of signatories, under its filters: also what
// is not public yet, or no more.
func (s *Server) exportSignatories(c *fiber.Ctx) error {
	x, err := s.export(c, sheet.CSV, sheet.XLSX, sheet.JSON)
	if err != nil {
		return err
	}
	q, err := readSignatoryQuery(c)
	if err != nil {
		return err
	}
	q.Hidden = true
	list, by := templates.RegisterExport(x.words), actor(c)
	return s.sendExport(c, "signataires", x, list.Table, func(ctx context.Context, w sheet.Writer) error {
		return s.Service.ExportRegister(ctx, by, q.RegisterFilter, string(x.format), func(k workflow.Commitment) error {
			return w.Write(list.Line(k))
		})
	})
}

// sendExport makes the whole file beside memory and sends it then: a fault
// becomes a page that says so, not half a list, and nothing leaves before the
// journal knows. A HEAD makes nothing.
func (s *Server) sendExport(c *fiber.Ctx, name string, x exportOf, t sheet.Table, fill func(context.Context, sheet.Writer) error) error {
	name += "-" + x.words.Made.Format(time.DateOnly) + "." + string(x.format)
	if c.Method() == fiber.MethodHead {
		return sendFile(c, name, x.format.MediaType(), nil)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), exportTime)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		defer func() { <-s.exports }()
	case <-ctx.Done():
		return errBusy
	}
	file, size, err := spooled(func(to io.Writer) error {
		w, err := sheet.New(x.format, to, t)
		if err != nil {
			return err
		}
		err = fill(ctx, w)
		if closeErr := w.Close(); err == nil {
			err = closeErr
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := sendFile(c, name, x.format.MediaType(), nil); err != nil {
		return err
	}
	c.Context().SetBodyStream(file, size) // which closes it
	return nil
}

// spooled gives what was written, to be read from its start. The file has no
// name any more: nothing is left of it once it is closed, whatever happens.
func spooled(write func(io.Writer) error) (file *os.File, size int, err error) {
	if file, err = os.CreateTemp("", "export-"); err != nil {
		return nil, 0, err
	}
	err = os.Remove(file.Name())
	if err == nil {
		err = write(file)
	}
	var end int64
	if err == nil {
		end, err = file.Seek(0, io.SeekCurrent)
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = file.Close()
		return nil, 0, err
	}
	return file, int(end), nil
}
