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
	case address == importPath || address == paperImportPath:
		return roster.MaxBytes
	case begins && ends && slugShape.MatchString(slug):
		return logo.MaxFile
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
	kind, parameters, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || parameters["boundary"] == "" {
		return sentFile{}, nil, fiber.ErrUnsupportedMediaType
	}
	parts := multipart.NewReader(bytes.NewReader(c.Request().Body()), parameters["boundary"])
	file, fields, found := sentFile{}, form{}, false
	for range maxParts {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return file, fields, nil
		case err != nil, part.FormName() == field && found:
			return sentFile{}, nil, fiber.ErrBadRequest
		case part.FormName() == field:
			file.name, found = part.FileName(), true
			file.content, err = readPart(part, len(c.Request().Body()), most)
		default:
			err = fields.readField(part)
		}
		if err != nil {
			return sentFile{}, nil, err
		}
	}
	return sentFile{}, nil, fiber.ErrBadRequest
}

// readField reads a part that is no file, under the rules of readForm.
func (f form) readField(part *multipart.Part) error {
	value, err := readPart(part, maxPartField, maxPartField)
	if err != nil {
		return err
	}
	if _, twice := f[part.FormName()]; twice || !utf8.Valid(value) {
		return fiber.ErrBadRequest
	}
	f[part.FormName()] = string(value)
	return nil
}

// readPart reads a part of at most so many bytes, from a body of that size.
func readPart(part *multipart.Part, size, most int) ([]byte, error) {
	content := bytes.NewBuffer(make([]byte, 0, min(size, most)+bytes.MinRead)) // one piece: growing would cost twice
	_, err := content.ReadFrom(io.LimitReader(part, int64(most)+1))
	switch {
	case err != nil:
		return nil, fiber.ErrBadRequest
	case content.Len() > most:
		return nil, fiber.ErrRequestEntityTooLarge
	}
	return content.Bytes(), nil
}
