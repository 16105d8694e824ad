package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow"
	"jachete/workflow/logo"
	"jachete/workflow/roster"
)

// The addresses that take a file; that of a picture has the slug of its pôle
// between its ends.
const (
	uploadPath = "/verifier"
	importPath = "/equipe/invitations/importer"
	logoBegin  = "/equipe/poles/"
	logoEnd    = "/logo"
)

// Bounds of an upload. A certificate weighs some tens of kilobytes; the rest
// is for whatever else people try.
const (
	maxFile      = 10 << 20 // bytes of a file to verify
	maxEnvelope  = 64 << 10 // bytes around the file
	uploadLimit  = maxFile + maxEnvelope
	uploadTime   = 30 * time.Second // to send it all
	maxParts     = 24               // of the envelope
	maxPartField = 4 << 10          // bytes of a field beside the file
)

// fileField is the name of the field in the form of a file to verify.
const fileField = "fichier"

// uploadOf is the most that the file of a request may weigh, in bytes; 0 for a
// request that carries none. An address written in any other way has the limit
// of forms.
func uploadOf(h *fasthttp.RequestHeader) int {
	address := string(h.RequestURI())
	slug, begins := strings.CutPrefix(address, logoBegin)
	slug, ends := strings.CutSuffix(slug, logoEnd)
	switch {
	case !h.IsPost():
		return 0
	case address == uploadPath:
		return maxFile
	case address == importPath || address == paperImportPath || address == supplierImportPath:
		return roster.MaxBytes
	case begins && ends && slugShape.MatchString(slug):
		return logo.MaxFile
	case address == resolutionPath:
		return workflow.MaxExtract + extractSlack
	case address == signPath:
		return maxAct
	case address == paperPath || takesScan(address):
		return workflow.MaxScan
	}
	return 0
}

// takesScan tells the address of the scan of an entry.
func takesScan(at string) bool {
	id, begins := strings.CutPrefix(at, paperPath+"/")
	id, ends := strings.CutSuffix(id, scanEnd)
	return begins && ends && recordShape.MatchString(id)
}

// sentFile is a file as it was sent, in memory only. Its name proves nothing.
type sentFile struct {
	name    string
	content []byte // empty when none was chosen
}

// readUpload gives the file in the field of that name, of at most so many
// bytes, else 413, and the fields beside it. The file's declared type is left
// alone.
func readUpload(c *fiber.Ctx, field string, most int) (sentFile, form, error) {
	files, fields, err := readParts(c, map[string]int{field: most}, nil)
	if err == nil && len(files[field].content) > most {
		err = fiber.ErrRequestEntityTooLarge
	}
	return files[field], fields, err
}

// readParts gives the files in the fields of these names, of at most so many
// bytes each, and the fields beside them, of which some may hold more than
// others. What is left of a file that weighs more has a byte too many, so that
// whoever judges it sees that, and the rest of the form is not lost.
func readParts(c *fiber.Ctx, most, longer map[string]int) (map[string]sentFile, form, error) {
	kind, parameters, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || parameters["boundary"] == "" {
		return nil, nil, fiber.ErrUnsupportedMediaType
	}
	parts := multipart.NewReader(bytes.NewReader(c.Request().Body()), parameters["boundary"])
	files, fields := map[string]sentFile{}, form{}
	for range maxParts {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return files, fields, nil
		} else if err != nil {
			return nil, nil, fiber.ErrBadRequest
		}
		name := part.FormName()
		bound, isFile := most[name]
		if _, twice := files[name]; twice {
			return nil, nil, fiber.ErrBadRequest
		}
		if isFile {
			var content []byte
			content, err = readPart(part, len(c.Request().Body()), bound)
			files[name] = sentFile{name: part.FileName(), content: content}
		} else {
			err = fields.readField(part, max(longer[name], maxPartField))
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, fiber.ErrBadRequest
}

// readField reads a part that is no file, under the rules of readForm.
func (f form) readField(part *multipart.Part, most int) error {
	value, err := readPart(part, most, most)
	if err != nil {
		return err
	}
	if len(value) > most {
		return fiber.ErrRequestEntityTooLarge
	}
	if _, twice := f[part.FormName()]; twice || !utf8.Valid(value) {
		return fiber.ErrBadRequest
	}
	f[part.FormName()] = string(value)
	return nil
}

// readPart reads a part of at most so many bytes, and one more if there are
// more, from a body of that size.
func readPart(part *multipart.Part, size, most int) ([]byte, error) {
	content := bytes.NewBuffer(make([]byte, 0, min(size, most)+bytes.MinRead)) // one piece: growing would cost twice
	if _, err := content.ReadFrom(io.LimitReader(part, int64(most)+1)); err != nil {
		return nil, fiber.ErrBadRequest
	}
	return content.Bytes(), nil
}
