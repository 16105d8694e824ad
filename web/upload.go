package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// uploadPath is the one address that takes a file.
const uploadPath = "/verifier"

// Bounds of an upload. A certificate weighs some tens of kilobytes; the rest
// is for whatever else people try.
const (
	maxFile     = 10 << 20         // bytes of the file
	uploadLimit = maxFile + 64<<10 // bytes of the body: the file in its envelope
	uploadTime  = 30 * time.Second // to send it all
	maxParts    = 8                // of the envelope
)

// fileField is the name of the form's field.
const fileField = "fichier"

// isUpload tells of the requests that may weigh more than a form. An address
// written in any other way has the limit of forms.
func isUpload(h *fasthttp.RequestHeader) bool {
	return h.IsPost() && string(h.RequestURI()) == uploadPath
}

// readUpload gives the file that was sent, in memory only; empty when none was
// chosen. Its name and declared type are left alone: they prove nothing.
func readUpload(c *fiber.Ctx) ([]byte, error) {
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
		case err != nil, part.FormName() == fileField && found:
			return nil, fiber.ErrBadRequest
		case part.FormName() != fileField:
			continue
		}
		if file, err = readPart(part, len(c.Request().Body())); err != nil {
			return nil, err
		}
		found = true
	}
	return nil, fiber.ErrBadRequest
}

// readPart reads a part of a body of that size.
func readPart(part *multipart.Part, size int) ([]byte, error) {
	file := bytes.NewBuffer(make([]byte, 0, min(size, maxFile)+bytes.MinRead)) // one piece: growing would cost twice
	_, err := file.ReadFrom(io.LimitReader(part, maxFile+1))
	switch {
	case err != nil:
		return nil, fiber.ErrBadRequest
	case file.Len() > maxFile:
		return nil, fiber.ErrRequestEntityTooLarge
	}
	return file.Bytes(), nil
}
