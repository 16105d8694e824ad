package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"jachete/workflow/logo"
)

// uploadPath takes a file from anybody; logoPath, with the slug of a pôle
// between its ends, a picture from its staff.
const (
	uploadPath = "/verifier"
	logoBegin  = "/equipe/poles/"
	logoEnd    = "/logo"
)

// Bounds of an upload. A certificate weighs some tens of kilobytes; the rest
// is for whatever else people try.
const (
	maxFile     = 10 << 20 // bytes of the file
	aroundFile  = 64 << 10 // bytes of the body around the file
	uploadLimit = maxFile + aroundFile
	logoLimit   = logo.MaxFile + aroundFile
	uploadTime  = 30 * time.Second // to send it all
	maxParts    = 8                // of the envelope
)

// fileField is the name of the form's field.
const fileField = "fichier"

// uploadOf tells of the requests that may weigh more than a form, with their
// limit in bytes. An address written in any other way has the limit of forms.
func uploadOf(h *fasthttp.RequestHeader) (most int, ok bool) {
	address := string(h.RequestURI())
	slug, begins := strings.CutPrefix(address, logoBegin)
	slug, ends := strings.CutSuffix(slug, logoEnd)
	switch {
	case !h.IsPost():
		return 0, false
	case address == uploadPath:
		return uploadLimit, true
	case begins && ends && slugShape.MatchString(slug):
		return logoLimit, true
	}
	return 0, false
}

// readUpload gives the file that was sent in a field, in memory only; empty
// when none was chosen. Its name and declared type are left alone: they prove
// nothing. It refuses a file of more bytes than most with 413.
func readUpload(c *fiber.Ctx, field string, most int) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || kind != fiber.MIMEMultipartForm || parameters["boundary"] == "" {
		return nil, fiber.ErrUnsupportedMediaType
	}
	parts := multipart.NewReader(bytes.NewReader(c.Request().Body()), parameters["boundary"])
	var file []byte
	found := false
	for range maxParts {
		part, err := parts.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return file, nil
		case err != nil, part.FormName() == field && found:
			return nil, fiber.ErrBadRequest
		case part.FormName() != field:
			continue
		}
		if file, err = readPart(part, len(c.Request().Body()), most); err != nil {
			return nil, err
		}
		found = true
	}
	return nil, fiber.ErrBadRequest
}

// readPart reads a part of a body of that size.
func readPart(part *multipart.Part, size, most int) ([]byte, error) {
	file := bytes.NewBuffer(make([]byte, 0, min(size, most)+bytes.MinRead)) // one piece: growing would cost twice
	_, err := file.ReadFrom(io.LimitReader(part, int64(most)+1))
	switch {
	case err != nil:
		return nil, fiber.ErrBadRequest
	case file.Len() > most:
		return nil, fiber.ErrRequestEntityTooLarge
	}
	return file.Bytes(), nil
}
