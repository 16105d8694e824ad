package web

import (
	"mime"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
)

// maxFields is more than any form of ours has.
const maxFields = 64

// form is what a page posted. Unknown names are in it and nobody reads them.
type form map[string]string

// readForm reads the body and only the body: what stands in the address is
// not what the person typed. Each name may come once.
func readForm(c *fiber.Ctx) (form, error) {
	body := string(c.Request().Body())
	kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if body == "" && c.Get(fiber.HeaderContentType) == "" {
		return form{}, nil
	}
	if err != nil || kind != fiber.MIMEApplicationForm {
		return nil, fiber.ErrUnsupportedMediaType
	}
	if strings.Count(body, "&") >= maxFields {
		return nil, fiber.ErrRequestEntityTooLarge
	}
	return parsePairs(body)
}

// readQuery reads the address under the same rules.
func readQuery(c *fiber.Ctx) (form, error) {
	query := string(c.Request().URI().QueryString())
	if strings.Count(query, "&") >= maxFields {
		return nil, fiber.ErrBadRequest
	}
	return parsePairs(query)
}

func parsePairs(s string) (form, error) {
	f := form{}
	for pair := range strings.SplitSeq(s, "&") {
		if pair == "" {
			continue
		}
		rawName, rawValue, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(rawName)
		if err != nil {
			return nil, fiber.ErrBadRequest
		}
		value, err := url.QueryUnescape(rawValue)
		if err != nil || !utf8.ValidString(name) || !utf8.ValidString(value) {
			return nil, fiber.ErrBadRequest
		}
		if _, twice := f[name]; twice {
			return nil, fiber.ErrBadRequest
		}
		f[name] = value
	}
	return f, nil
}
